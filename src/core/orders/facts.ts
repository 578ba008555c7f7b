import type { Id } from '../../lib/index.ts'

/** The id of an order. */
export type OrderId = Id<'order'>

/**
 * What can be true of an order. Facts are added, never changed. `refund.reported` is what a report says went back of a payment in
 * all; `order.fulfilledElsewhere` is said of a sale that this shop did not make, so that nothing of it is delivered again.
 */
export type FactKind =
  | 'order.placed'
  | 'order.cancelled'
  | 'order.expired'
  | 'checkout.attempt'
  | 'pay.pending'
  | 'pay.authorised'
  | 'pay.captured'
  | 'pay.failed'
  | 'pay.voided'
  | 'refund.requested'
  | 'refund.succeeded'
  | 'refund.failed'
  | 'refund.cancelled'
  | 'refund.reported'
  | 'dispute.warned'
  | 'dispute.opened'
  | 'dispute.won'
  | 'dispute.lost'
  | 'right.withdrawn'
  | 'right.given'
  | 'money.fee'
  | 'money.tax'
  | 'ship.handedOver'
  | 'ship.delivered'
  | 'ship.returned'
  | 'order.fulfilledElsewhere'
  | 'erase.afterDelivery'

/** Why money goes back. Shape: `incident` when a processor fails its customers; `unknown` when nobody said. */
export const refundReasons = ['asked', 'duplicate', 'fraud', 'incident', 'goodwill', 'unknown'] as const

/** One of the reasons why money goes back. */
export type RefundReason = (typeof refundReasons)[number]

/**
 * A dated statement about an order, without a personal value.
 * Shape: unique by (source, ext); `at` is the time its source gives it; `ref` is the source's name for one payment,
 * refund or dispute, the payment that a fee or tax is about, or the number of the unit that staff decided about; amounts
 * in minor units.
 */
export type Fact = {
  readonly source: string
  readonly ext: string
  readonly kind: FactKind
  readonly at: Date
  readonly ref?: string
  /** For a refund or a dispute: the payment that it is about. */
  readonly of?: string
  readonly reason?: RefundReason
  readonly amountMinor?: number
  readonly currency?: string
  /** `order.placed`: how many pieces, and how many of them go by post. */
  readonly units?: number
  readonly boxes?: number
  readonly attempt?: number
}

/** Ranks within one payment, refund or dispute: what may follow outranks what came before, whenever it arrives. */
export const ranks: Readonly<Partial<Record<FactKind, number>>> = {
  'pay.pending': 0,
  'pay.failed': 1,
  'pay.authorised': 2,
  'pay.captured': 3,
  'pay.voided': 4,
  'refund.requested': 0,
  'refund.cancelled': 1,
  'refund.succeeded': 2,
  'refund.failed': 3,
  'dispute.warned': 0,
  'dispute.opened': 1,
  'dispute.lost': 2,
  'dispute.won': 3,
}
