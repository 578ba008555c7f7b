import { instant } from '../../../lib/index.ts'
import type { Fact, FactKind } from '../../orders/index.ts'
import type { PaymentEvent } from '../adapter.ts'
import { readNotice, type Notice } from './notice.ts'

/** What a verified notice says of orders and payouts, without anything personal. */
export function parseNotice(text: string): PaymentEvent[] {
  const read = readNotice(text)
  if (!read) return []
  if ('payout' in read) return [{ payout: payoutOf(read) }]
  return factsOf(read).map((fact) => ({ orderRef: read.order, fact }))
}

type OfOrder = Exclude<Notice, { payout: string }>

function payoutOf({ kind, payout, amount, currency, time }: Extract<Notice, { payout: string }>) {
  const states = { 'payout.expected': 'expected', 'payout.paid': 'paid', 'payout.failed': 'failed' } as const
  return { id: payout, state: states[kind], amountMinor: amount, currency, at: instant(time) }
}

/** Until it is complete a payment is on its way: an end before that ends it, and never one that is complete. */
const payments: Readonly<Record<string, FactKind>> = {
  'order.received': 'pay.pending',
  'order.completed': 'pay.captured',
  'order.failed': 'pay.failed',
  'order.cancelled': 'pay.failed',
  'order.expired': 'pay.failed',
}

/** The facts of one notice. Shape: `ext` begins with the notice's kind. */
export function factsOf(read: OfOrder): Fact[] {
  const { kind, event, payment, amount: amountMinor, currency } = read
  const base = { source: 'sealed', ext: `${kind}:${event}`, at: instant(read.time) }
  if ('refund' in read) return [{ ...base, kind: read.kind, ref: read.refund, of: payment, amountMinor, currency }]
  if ('dispute' in read) return [{ ...base, kind: read.kind, ref: read.dispute, of: payment, amountMinor, currency }]
  const pay: Fact = { ...base, kind: payments[kind] ?? 'pay.failed', ref: payment, amountMinor, currency }
  const leaves = kind === 'order.cancelled' || kind === 'order.expired'
  return leaves ? [pay, { ...base, ext: `${kind}:${event}:order`, kind: 'order.expired' }] : [pay]
}
