import { createHmac } from 'node:crypto'
import { afterMs, seconds } from '../clock.ts'
import { simId, type SimEvent, type SimState } from '../state.ts'

/** The header that proves where an event comes from. Shape: `t=<seconds>,v1=<hex of HMAC-SHA-256 over t.body>`. */
export function signature(secret: string, body: string, at: number): string {
  return `t=${at},v1=${createHmac('sha256', secret).update(`${at}.${body}`).digest('hex')}`
}

/** Makes an event and sends it until it is answered with 2xx. */
export function emit(state: SimState, type: string, object: Record<string, unknown>): SimEvent {
  const id = simId('evt')
  const body = JSON.stringify({
    id,
    object: 'event',
    api_version: '2026-10-28.endive',
    created: seconds(state),
    livemode: false,
    type,
    data: { object },
  })
  const event: SimEvent = { id, type, body, tries: 0, delivered: false }
  state.events.set(id, event)
  if (!state.held) void send(state, event)
  return event
}

/** Sends one event once more; tries again later when the shop does not answer 2xx. */
export async function send(state: SimState, event: SimEvent): Promise<number> {
  event.tries += 1
  const status = await post(state, event)
  if (status >= 200 && status < 300) event.delivered = true
  else if (event.tries < 12)
    afterMs(Math.min(250 * 2 ** event.tries, 10_000), () => !event.delivered && void send(state, event))
  return status
}

async function post(state: SimState, event: SimEvent): Promise<number> {
  const { webhookUrl, webhookSecret } = state.settings
  try {
    const headers = {
      'content-type': 'application/json',
      'stripe-signature': signature(webhookSecret, event.body, seconds(state)),
    }
    return (await fetch(webhookUrl, { method: 'POST', body: event.body, headers, signal: AbortSignal.timeout(10_000) }))
      .status
  } catch {
    return 0
  }
}

/** Sends everything that was held back. */
export async function release(state: SimState): Promise<void> {
  state.held = false
  for (const event of state.events.values()) if (!event.delivered) await send(state, event)
}
