import { z } from 'zod'
import { instantFromSeconds } from '../../../lib/index.ts'
import type { HeldPayment, Holds, PaymentEvent, Payout } from '../adapter.ts'
import { ourAmount } from './amounts.ts'
import { currency, id, idOf, type When } from './shapes.ts'

const payout = z.object({ id, amount: z.int(), currency })
const entry = z.object({
  id,
  type: z.string().max(60),
  net: z.int(),
  fee: z.int(),
  currency,
  created: z.int(),
  source: z.unknown(),
})
const charge = z.object({
  payment_intent: idOf,
  amount: z.int().nonnegative(),
  currency,
  metadata: z.object({ order: id.optional() }).nullish(),
})

/** The kinds of line by which money came in. One of a refund names its payment and its order too. */
const PAYMENTS = new Set(['charge', 'payment'])

/** A payout as it is told. */
export function payoutTold(state: Payout['state']): (object: unknown, when: When) => PaymentEvent[] {
  return (object, { at }) => {
    const read = payout.safeParse(object)
    if (!read.success) return []
    const { amount, currency: held, id: name } = read.data
    return [{ payout: { id: name, state, amountMinor: ourAmount(amount, held), currency: held, at } }]
  }
}

/** The payment of an order of ours that a line of the book is about. */
function paymentIn({ type, source }: z.infer<typeof entry>): HeldPayment | undefined {
  const read = PAYMENTS.has(type) ? charge.safeParse(source) : undefined
  if (!read?.success) return undefined
  const { payment_intent: ref, amount, currency: of, metadata } = read.data
  if (!metadata?.order || !ref) return undefined
  return { orderRef: metadata.order, ref, amountMinor: ourAmount(amount, of), currency: of }
}

/**
 * What the processor kept of a payment, as its book says once the money is paid out. Shape: in the currency of the
 * payout, which need not be the order's.
 */
export function feeFact(line: unknown): PaymentEvent[] {
  const read = entry.safeParse(line)
  const payment = read.success ? paymentIn(read.data) : undefined
  if (!read.success || !payment) return []
  const { fee, currency: held, created } = read.data
  const { orderRef, ref } = payment
  const at = instantFromSeconds(created)
  const ext = `${read.data.id}:fee`
  return [
    {
      orderRef,
      fact: { source: 'stripe', ext, kind: 'money.fee', at, ref, amountMinor: ourAmount(fee, held), currency: held },
    },
  ]
}

/** What a payout is made of. Shape: `lines` are all that the book has of it, its own too; undefined when one of them cannot be read, for then nobody knows. */
export function holdsOf(lines: readonly unknown[], { currency: of }: Pick<Payout, 'currency'>): Holds | undefined {
  const all = lines.flatMap((line) => entry.safeParse(line).data ?? [])
  if (all.length < lines.length) return undefined
  const parts = all.filter(({ type }) => type !== 'payout')
  const payments = parts.flatMap((part) => paymentIn(part) ?? [])
  if (parts.some(({ currency: held }) => held !== of)) return { payments }
  const net = parts.reduce((sum, part) => sum + part.net, 0)
  return { netMinor: ourAmount(net, of), payments }
}
