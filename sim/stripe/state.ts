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

/** What a request with an idempotency key was answered. */
type Reply = { readonly request: string; readonly status: number; readonly body: string }

/** All that Stripe knows. */
export type StripeState = {
  readonly sessions: Map<string, Session>
  readonly intents: Map<string, Intent>
  readonly refunds: Map<string, Refund>
  readonly replies: Map<string, Reply>
}

/** A Stripe at which nothing has happened. */
export function noStripe(): StripeState {
  return { sessions: new Map(), intents: new Map(), refunds: new Map(), replies: new Map() }
}
