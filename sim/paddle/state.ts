/** One thing that is bought. Shape: amounts in minor units, `total` with tax. */
export type Line = {
  readonly id: string
  readonly priceId: string
  readonly productId: string
  readonly name: string
  readonly description: string
  readonly taxMode: string
  readonly unit: number
  readonly quantity: number
  readonly tax: number
  readonly total: number
}

/** One try to pay. */
export type Attempt = {
  readonly id: string
  readonly amount: number
  readonly created: number
  status: 'captured' | 'pending_no_action_required' | 'error'
  error: string | null
  captured: number | null
}

/** One transaction. Shape: times in milliseconds. */
export type Transaction = {
  readonly id: string
  readonly created: number
  readonly currency: string
  readonly lines: readonly Line[]
  readonly origin: 'api' | 'web'
  /** Where the browser goes when it is done. */
  readonly returnUrl: string
  readonly attempts: Attempt[]
  customData: Record<string, unknown> | null
  status: 'draft' | 'paid' | 'completed' | 'canceled'
  customerId: string | null
  updated: number
}

/** What one adjustment does to one line. */
export type AdjustedLine = {
  readonly id: string
  readonly lineId: string
  readonly type: 'full' | 'partial'
  readonly amount: number
  readonly tax: number
}

/** Money that goes back, or comes again. */
export type Adjustment = {
  readonly id: string
  readonly action: 'refund' | 'chargeback' | 'chargeback_reverse' | 'chargeback_warning' | 'chargeback_warning_reverse'
  readonly type: 'full' | 'partial'
  readonly transaction: string
  readonly reason: string
  readonly lines: readonly AdjustedLine[]
  readonly created: number
  status: 'pending_approval' | 'approved' | 'rejected' | 'reversed'
  updated: number
}

/** One transfer to the vendor's bank. */
export type Payout = {
  readonly id: string
  readonly amount: number
  readonly currency: string
  status: 'unpaid' | 'paid'
}

/** One event, which may be told more than once. */
export type PaddleEvent = { readonly id: string; readonly type: string; readonly body: Record<string, unknown> }

/** All that Paddle knows. */
export type PaddleState = {
  readonly transactions: Map<string, Transaction>
  readonly adjustments: Map<string, Adjustment>
  readonly payouts: Map<string, Payout>
  readonly events: Map<string, PaddleEvent>
  /** The ids of what has been paid out. */
  readonly paidOut: Set<string>
}

/** A Paddle at which nothing has happened. */
export function noPaddle(): PaddleState {
  return {
    transactions: new Map(),
    adjustments: new Map(),
    payouts: new Map(),
    events: new Map(),
    paidOut: new Set(),
  }
}
