import { z } from 'zod'
import { instantFromSeconds } from '../../../lib/index.ts'
import type { PaymentEvent, Payout } from '../adapter.ts'
import { ourAmount } from './amounts.ts'
import { currency, id, idOf, type When } from './shapes.ts'

const payout = z.object({ id, amount: z.int(), currency })
const entry = z.object({
  id,
  fee: z.int(),
  currency,
  created: z.int(),
  source: z.object({ payment_intent: idOf, metadata: z.object({ order: id.optional() }).nullish() }),
})

/** A payout as it is told. */
export function payoutTold(state: Payout['state']): (object: unknown, when: When) => PaymentEvent[] {
  return (object, { at }) => {
    const read = payout.safeParse(object)
    if (!read.success) return []
    const { amount, currency: held, id: name } = read.data
    return [{ payout: { id: name, state, amountMinor: ourAmount(amount, held), currency: held, at } }]
  }
}

/**
 * What the processor kept of a payment, as its book says once the money is paid out. Shape: in the currency of the
 * payout, which need not be the order's.
 */
export function feeFact(line: unknown): PaymentEvent[] {
  const read = entry.safeParse(line)
  const orderRef = read.success ? read.data.source.metadata?.order : undefined
  const ref = read.success ? read.data.source.payment_intent : undefined
  if (!read.success || !orderRef || !ref) return []
  const { fee, currency: held, created } = read.data
  const at = instantFromSeconds(created)
  const ext = `${read.data.id}:fee`
  return [
    {
      orderRef,
      fact: { source: 'stripe', ext, kind: 'money.fee', at, ref, amountMinor: ourAmount(fee, held), currency: held },
    },
  ]
}
