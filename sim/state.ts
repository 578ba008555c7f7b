import { randomBytes } from 'node:crypto'

/** What the simulator is told when it starts: addresses and secrets, nothing else. */
export type SimSettings = {
  readonly port: number
  readonly baseUrl: string
  readonly apiKey: string
  readonly webhookUrl: string
  readonly webhookSecret: string
  readonly lateMs: number
}

/** One hosted page. Shape: amounts in minor units, times in seconds. */
export type Session = {
  readonly id: string
  readonly created: number
  readonly expires_at: number
  readonly amount_total: number
  readonly currency: string
  readonly description: string
  readonly success_url: string
  readonly cancel_url: string | null
  readonly client_reference_id: string | null
  readonly metadata: Record<string, string>
  status: 'open' | 'complete' | 'expired'
  payment_status: 'unpaid' | 'paid'
  payment_intent: string | null
}

/** One payment of a session. */
export type Intent = {
  readonly id: string
  readonly session: string
  readonly charge: string
  readonly amount: number
  readonly currency: string
  readonly created: number
  readonly metadata: Record<string, string>
  status: 'processing' | 'succeeded' | 'requires_payment_method'
  refunded: number
}

/** One refund. */
export type Refund = {
  readonly id: string
  readonly payment_intent: string
  readonly charge: string
  readonly amount: number
  readonly currency: string
  readonly created: number
  readonly metadata: Record<string, string>
  readonly status: 'succeeded'
}

/** An event as it is sent, again and again until it is answered. */
export type SimEvent = {
  readonly id: string
  readonly type: string
  readonly body: string
  tries: number
  delivered: boolean
}

/** All that the simulator knows. It lives in memory and holds no card number. */
export type SimState = {
  readonly settings: SimSettings
  readonly sessions: Map<string, Session>
  readonly intents: Map<string, Intent>
  readonly refunds: Map<string, Refund>
  readonly events: Map<string, SimEvent>
  readonly replies: Map<string, { readonly request: string; readonly status: number; readonly body: string }>
  held: boolean
  /** How far a drill has moved the simulator's time, in seconds. */
  ahead: number
}

/** An empty simulator. */
export function newState(settings: SimSettings): SimState {
  return {
    settings,
    sessions: new Map(),
    intents: new Map(),
    refunds: new Map(),
    events: new Map(),
    replies: new Map(),
    held: false,
    ahead: 0,
  }
}

/** An id in the processor's manner, for instance `pi_…`. */
export function simId(prefix: string): string {
  return `${prefix}_${randomBytes(12).toString('hex')}`
}
