import { z } from 'zod'
import { isId } from '../../../lib/index.ts'
import type { FactKind } from '../../orders/index.ts'
import type { PaymentEvent, Payout } from '../adapter.ts'
import { kindOf, minor, moment, readTransaction, transactionEvents } from './transaction.ts'

const shape = z.object({
  event_id: z.string().max(80),
  event_type: z.string().max(80),
  occurred_at: moment,
  data: z.unknown(),
})
const adjusted = z.object({ transaction_id: z.string().max(80) })
const payout = z.object({ id: z.string().max(80), amount: minor, currency_code: z.string().length(3) })

type When = { readonly ext: string; readonly at: Date }
type Reader = (data: unknown, when: When) => PaymentEvent[]

const readers: Readonly<Record<string, Reader>> = {
  'transaction.updated': onItsWay,
  'transaction.paid': aboutTransaction('pay.pending'),
  'transaction.completed': aboutTransaction('pay.captured'),
  'transaction.payment_failed': aboutTransaction('pay.failed'),
  'transaction.canceled': aboutTransaction('order.expired'),
  'adjustment.created': aboutAdjustment,
  'adjustment.updated': aboutAdjustment,
  'payout.created': aboutPayout('expected'),
  'payout.paid': aboutPayout('paid'),
}

/** The kinds of message that say something of orders or of money. */
export const eventTypes: readonly string[] = Object.keys(readers)

/** What a verified message says of orders. Shape: no personal value; unknown kinds of message give nothing. */
export function parseEvent(text: string): PaymentEvent[] {
  try {
    return readEvent(JSON.parse(text)).events
  } catch {
    return []
  }
}

/** What a message says that is text no more, and when it happened. Shape: the same event has one `event_id`, however often and to whichever target it is sent. */
export function readEvent(message: unknown): { events: PaymentEvent[]; at: Date | undefined } {
  const read = shape.safeParse(message)
  if (!read.success) return { events: [], at: undefined }
  const { event_id: ext, event_type: type, occurred_at: at, data } = read.data
  const reader = Object.hasOwn(readers, type) ? readers[type] : undefined
  return { events: reader?.(data, { ext, at }) ?? [], at }
}

function aboutTransaction(kind: FactKind): Reader {
  return (data, when) => {
    const read = readTransaction(data)
    return read ? transactionEvents(read, kind, when) : unreadable(data, when)
  }
}

const naming = z.object({ custom_data: z.object({ order: z.string().refine(isId) }) })

/** What names an order of ours and cannot be read may be money all the same, so somebody has to look. */
function unreadable(data: unknown, { ext }: When): PaymentEvent[] {
  return naming.safeParse(data).success ? [{ unclear: ext }] : []
}

/** Of all changes only that a payment is on its way is news: the others have messages of their own. */
function onItsWay(data: unknown, when: When): PaymentEvent[] {
  const read = readTransaction(data)
  return read && kindOf(read) === 'pay.pending' ? transactionEvents(read, 'pay.pending', when) : []
}

/** An adjustment names no order, and its taking back not even what it takes back: the transaction is asked for all of it. */
function aboutAdjustment(data: unknown): PaymentEvent[] {
  const read = adjusted.safeParse(data)
  return read.success ? [{ askAbout: read.data.transaction_id }] : []
}

function aboutPayout(state: Payout['state']): Reader {
  return (data, { at }) => {
    const read = payout.safeParse(data)
    if (!read.success) return []
    const { id, amount, currency_code: currency } = read.data
    return [{ payout: { id, state, amountMinor: amount, currency, at } }]
  }
}
