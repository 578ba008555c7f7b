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
  | 'dispute.opened'
  | 'dispute.won'
  | 'dispute.lost'
  | 'ship.handedOver'
  | 'ship.delivered'
  | 'ship.returned'
  | 'order.fulfilledElsewhere'
  | 'erase.afterDelivery'

/**
 * A dated statement about an order, without a personal value.
 * Shape: unique by (source, ext); `at` is the time its source gives it; `ref` is the source's name for one payment,
 * refund or dispute; amounts in minor units.
 */
export type Fact = {
  readonly source: string
  readonly ext: string
  readonly kind: FactKind
  readonly at: Date
  readonly ref?: string
  /** For a refund: the payment that it gives back. */
  readonly of?: string
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
  'dispute.opened': 0,
  'dispute.lost': 1,
  'dispute.won': 2,
}
