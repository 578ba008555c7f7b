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
  readonly intent_metadata: Record<string, string>
  status: 'open' | 'complete' | 'expired'
  payment_status: 'unpaid' | 'paid' | 'no_payment_required'
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
  readonly refundIds: string[]
  readonly disputeIds: string[]
  /** Its line in the book. */
  entryId: string | null
  /** What went back or is on its way back. */
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
  readonly reason: string | null
  status: 'pending' | 'succeeded' | 'failed' | 'canceled'
  failure_reason?: string
}

/** One dispute: the bank asks for the money back. */
export type Dispute = {
  readonly id: string
  readonly payment_intent: string
  readonly charge: string
  readonly amount: number
  readonly currency: string
  readonly created: number
  readonly reason: string
  /** Its lines in the book. */
  readonly entryIds: string[]
  metadata: Record<string, string>
  status: 'needs_response' | 'under_review' | 'won' | 'lost'
}

/** One fear of fraud, before anybody disputes. */
export type Warning = {
  readonly id: string
  readonly payment_intent: string
  readonly charge: string
  readonly created: number
  readonly actionable: boolean
}

/** One line of the processor's book, by which payouts are checked. Shape: net is amount less fee; negative takes away. */
export type Entry = {
  readonly id: string
  readonly amount: number
  readonly fee: number
  readonly currency: string
  readonly created: number
  readonly source: string
  readonly type: 'charge' | 'refund' | 'refund_failure' | 'adjustment' | 'payout' | 'payout_failure'
  payout: string | null
}

/** One transfer to the vendor's bank. */
export type Payout = {
  readonly id: string
  readonly amount: number
  readonly currency: string
  readonly created: number
  readonly arrival_date: number
  readonly balance_transaction: string
  /** Whether its lines in the book are all there: complete unless something else is said. */
  reconciliation_status?: 'in_progress' | 'not_applicable'
  status: 'in_transit' | 'paid' | 'failed'
}

/** What a request with an idempotency key was answered. */
type Reply = { readonly request: string; readonly status: number; readonly body: string }

/** All that Stripe knows. */
export type StripeState = {
  readonly sessions: Map<string, Session>
  readonly intents: Map<string, Intent>
  readonly refunds: Map<string, Refund>
  readonly disputes: Map<string, Dispute>
  readonly warnings: Map<string, Warning>
  readonly entries: Map<string, Entry>
  readonly payouts: Map<string, Payout>
  readonly replies: Map<string, Reply>
}

/** A Stripe at which nothing has happened. */
export function noStripe(): StripeState {
  return {
    sessions: new Map(),
    intents: new Map(),
    refunds: new Map(),
    disputes: new Map(),
    warnings: new Map(),
    entries: new Map(),
    payouts: new Map(),
    replies: new Map(),
  }
}
