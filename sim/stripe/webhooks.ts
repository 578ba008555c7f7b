import { createHmac } from 'node:crypto'
import { secondsAt } from '../faults/rules.ts'
import { backOff, emit as send, type Message, type Plan } from '../outgoing.ts'
import type { SimState } from '../state.ts'

/** The processor tries for three days, ever more seldom. Source: its documentation; the single waits are ours. */
const plan: Plan = { timeoutMs: 10_000, waitMs: backOff(20, 3 * 86_400_000, 500) }

/** The version of the API whose shapes are played. */
export const API_VERSION = '2026-10-28.endive'

/** The header that proves where an event comes from. Shape: `t=<seconds>,v1=<hex of HMAC-SHA-256 over t.body>`. */
export function signature(secret: string, body: string, at: number): string {
  return `t=${at},v1=${createHmac('sha256', secret).update(`${at}.${body}`).digest('hex')}`
}

/** Makes an event and sends it until it is answered with 2xx. Shape: `object` is what it is about, `data.object` in the event. */
export function emit(state: SimState, type: string, object: Record<string, unknown>): Message {
  const id = state.random.id('evt')
  const body = JSON.stringify({
    id,
    object: 'event',
    api_version: API_VERSION,
    created: secondsAt(state, 'stripe'),
    livemode: false,
    type,
    data: { object },
  })
  return send(state, {
    id,
    face: 'stripe',
    kind: type,
    order: orderIn(state, object),
    method: 'POST',
    url: `${state.settings.shop}/in/stripe`,
    body,
    secret: state.settings.stripe?.webhookSecret ?? '',
    headers: (at, secret) => ({
      'content-type': 'application/json',
      'stripe-signature': signature(secret, body, Math.floor(at / 1000)),
    }),
    plan,
  })
}

/** The shop's order, if the thing names it, or else its payment does. */
function orderIn(state: SimState, object: Record<string, unknown>): string {
  const { client_reference_id: ref, metadata, payment_intent: payment } = object
  const order = (metadata as Record<string, unknown> | undefined)?.['order']
  const paid = typeof payment === 'string' ? state.stripe.intents.get(payment)?.metadata['order'] : undefined
  return [ref, order, paid].find((one) => typeof one === 'string') ?? ''
}
