import { z } from 'zod'
import { instantFromSeconds, isId } from '../../../lib/index.ts'
import type { FactKind } from '../../orders/index.ts'
import type { PaymentEvent } from '../adapter.ts'
import { ourAmount } from './amounts.ts'
import { aboutPayment, refundsOfCharge, refundTold } from './moneyBack.ts'
import { payoutTold } from './payouts.ts'
import { currency, id, idOf, type When } from './shapes.ts'

const session = z.object({
  id,
  client_reference_id: id.nullish(),
  payment_intent: idOf,
  payment_status: z.enum(['paid', 'unpaid', 'no_payment_required']),
  status: z.enum(['open', 'complete', 'expired']).nullish(),
  amount_total: z.int().nonnegative(),
  total_details: z.object({ amount_tax: z.int().nonnegative() }).nullish(),
  currency,
})
const event = z.object({ id, type: z.string().max(100), created: z.int(), data: z.object({ object: z.unknown() }) })

type Session = z.infer<typeof session>
type Reader = (object: unknown, when: When) => PaymentEvent[]

const readers: Readonly<Record<string, Reader>> = {
  'checkout.session.completed': aboutSession(({ payment_status }) =>
    payment_status === 'unpaid' ? 'pay.pending' : 'pay.captured',
  ),
  'checkout.session.expired': aboutSession(() => 'order.expired'),
  'checkout.session.async_payment_succeeded': aboutSession(() => 'pay.captured'),
  'checkout.session.async_payment_failed': aboutSession(() => 'pay.failed'),
  'charge.refunded': refundsOfCharge,
  'refund.created': refundTold,
  'refund.updated': refundTold,
  'refund.failed': refundTold,
  'charge.dispute.created': aboutPayment,
  'charge.dispute.updated': aboutPayment,
  'charge.dispute.closed': aboutPayment,
  'radar.early_fraud_warning.created': aboutPayment,
  'payout.created': payoutTold('expected'),
  'payout.reconciliation_completed': payoutTold('expected'),
  'payout.paid': payoutTold('paid'),
  'payout.failed': payoutTold('failed'),
  'payout.canceled': payoutTold('failed'),
}

/** The kinds of message that say something of orders or of money. Shape: no more than the processor lets be asked for at once, which is 20. */
export const eventTypes: readonly string[] = Object.keys(readers)

/** What a verified message says of orders. Shape: no personal value; unknown kinds of message give nothing. */
export function parseEvent(text: string): PaymentEvent[] {
  return readEvent(json(text))
}

/** What a message says that is text no more. */
export function readEvent(message: unknown): PaymentEvent[] {
  const read = event.safeParse(message)
  if (!read.success) return []
  const { type, created, data } = read.data
  const reader = Object.hasOwn(readers, type) ? readers[type] : undefined
  return reader?.(data.object, { ext: read.data.id, at: instantFromSeconds(created) }) ?? []
}

function json(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function aboutSession(kindOf: (about: Session) => FactKind): Reader {
  return (object, when) => {
    const read = session.safeParse(object)
    return read.success ? sessionFacts(read.data, kindOf(read.data), when) : unreadable(object, when)
  }
}

const naming = z.object({ client_reference_id: z.string().refine(isId) })

/** What names an order of ours and cannot be read may be money all the same, so somebody has to look. */
function unreadable(object: unknown, { ext }: When): PaymentEvent[] {
  return naming.safeParse(object).success ? [{ unclear: ext }] : []
}

function sessionFacts(about: Session, kind: FactKind, { ext, at }: When): PaymentEvent[] {
  const orderRef = about.client_reference_id
  if (!orderRef) return []
  if (kind === 'order.expired') return [{ orderRef, fact: { source: 'stripe', ext, kind, at } }]
  const { amount_total: total, currency: of } = about
  const ref = about.payment_intent ?? about.id
  const money = { source: 'stripe', at, ref, currency: of }
  const tax = about.total_details?.amount_tax ?? 0
  const told: PaymentEvent = { orderRef, fact: { ...money, ext, kind, amountMinor: ourAmount(total, of) } }
  if (kind !== 'pay.captured' || tax === 0) return [told]
  const taxed = { ...money, ext: `${ref}:tax`, kind: 'money.tax', amountMinor: ourAmount(tax, of) } as const
  return [told, { orderRef, fact: taxed }]
}

const outcomes = { paid: 'pay.captured', pending: 'pay.pending', failed: 'pay.failed' } as const

/** A session that was asked for, with what became of its payment: its facts have names made from its state, so asking twice adds nothing. */
export function parseSession(found: unknown, now: Date, outcome: keyof typeof outcomes): PaymentEvent[] {
  const parsed = session.safeParse(found)
  if (!parsed.success) return []
  const about = parsed.data
  const when = { ext: `asked:${about.id}:${about.status ?? ''}:${outcome}`, at: now }
  if (about.status === 'expired') return sessionFacts(about, 'order.expired', when)
  if (about.status !== 'complete') return []
  return sessionFacts(about, outcomes[outcome], when)
}
