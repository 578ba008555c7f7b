import { createHmac } from 'node:crypto'
import { isoTime } from '../clock.ts'
import { timeAt } from '../faults/rules.ts'
import { backOff, emit, type Message, type Plan } from '../outgoing.ts'
import type { SimState } from '../state.ts'

/** Sixty tries over three days, five seconds to answer. Source: the processor's documentation; the single waits are ours. */
const plan: Plan = { timeoutMs: 5000, waitMs: backOff(60, 3 * 86_400_000, 500) }

/** The header that proves where an event comes from. Shape: `ts=<seconds>;h1=<hex of HMAC-SHA-256 over ts:body>`. */
export function signature(secret: string, body: string, at: number): string {
  return `ts=${at};h1=${createHmac('sha256', secret).update(`${at}:${body}`).digest('hex')}`
}

/** Makes an event and tells it. Shape: each telling has a notification id of its own, and the event keeps its id. */
export function tell(state: SimState, type: string, data: Record<string, unknown>): Message {
  const id = state.random.id('evt', 26)
  const body = { event_id: id, event_type: type, occurred_at: isoTime(timeAt(state, 'paddle')), data }
  state.paddle.events.set(id, { id, type, body })
  return notify(state, id)
}

/** Tells an event, or tells it anew as the processor's desk can. */
export function notify(state: SimState, eventId: string): Message {
  const event = state.paddle.events.get(eventId)
  const id = state.random.id('ntf', 26)
  const body = JSON.stringify({ ...event?.body, notification_id: id })
  return emit(state, {
    id,
    face: 'paddle',
    kind: event?.type ?? '',
    order: orderIn(state, event?.body['data']),
    method: 'POST',
    url: `${state.settings.shop}/in/paddle`,
    body,
    secret: state.settings.paddle?.webhookSecret ?? '',
    headers: (at, secret) => ({
      'content-type': 'application/json',
      'paddle-signature': signature(secret, body, Math.floor(at / 1000)),
    }),
    plan,
  })
}

/** The shop's order, if the thing names it, or else its transaction does. */
function orderIn(state: SimState, data: unknown): string {
  const { custom_data: own, transaction_id: of } = (data ?? {}) as Record<string, unknown>
  const custom = own ?? state.paddle.transactions.get(typeof of === 'string' ? of : '')?.customData
  const order = (custom as Record<string, unknown> | null | undefined)?.['order']
  return typeof order === 'string' ? order : ''
}
