import type { Money } from '../../../lib/index.ts'
import type { RefundReason } from '../facts.ts'

/** One payment that came in. */
export type Payment = {
  readonly ref: string
  readonly amountMinor: number
  /** The processor that said so. */
  readonly source: string
  readonly at: Date
  /** What the processor kept of it, and what it paid on as tax: known later, or never. */
  readonly fee: Money | undefined
  readonly tax: Money | undefined
  /** What is left for the vendor; unknown while the fee is, or where it is counted in another currency. */
  readonly netMinor: number | undefined
}

/** Money that goes back. Shape: `of` the payment, where it is known; `at` when it came to stand as it does. */
export type Refund = {
  readonly ref: string
  readonly of: string | undefined
  readonly amountMinor: number
  readonly currency: string | undefined
  readonly state: 'requested' | 'succeeded' | 'failed' | 'cancelled'
  readonly reason: RefundReason
  readonly by: 'desk' | 'processor'
  readonly at: Date
}

/** What the buyer's bank does about a payment. Shape: `amountMinor` is unknown where nobody said it. */
export type Dispute = {
  readonly ref: string
  readonly of: string | undefined
  readonly amountMinor: number | undefined
  readonly state: 'warned' | 'open' | 'won' | 'lost'
  readonly at: Date
}

/** What staff decided about one unit: it outranks all that happens to the money. */
export type Decision = { readonly unit: number; readonly give: boolean; readonly at: Date }

/** The right to use one unit, or what an order comes to. */
export type Right = 'none' | 'active' | 'suspended' | 'revoked'

/** Where an order stands, on five axes and in one headline. Shape: amounts in minor units. */
export type OrderState = {
  readonly placed:
    | {
        readonly totalMinor: number
        readonly currency: string
        readonly units: number
        readonly boxes: number
        readonly at: Date
      }
    | undefined
  readonly payment: 'awaiting' | 'pending' | 'authorised' | 'partlyPaid' | 'paid' | 'overpaid' | 'failed'
  readonly refund: 'none' | 'pending' | 'partial' | 'full'
  readonly dispute: 'none' | 'open' | 'won' | 'lost'
  readonly goods: 'nothingToDo' | 'toPack' | 'handedOver' | 'delivered' | 'returned'
  /** The best right that any unit has. */
  readonly right: Right
  /** The right of every unit about which staff decided nothing. */
  readonly rest: Right
  readonly decisions: readonly Decision[]
  readonly cancelled: boolean
  readonly expired: boolean
  readonly paidAt: Date | undefined
  /** Whether it was paid by all that was ever said to have come in, what was voided since with it. */
  readonly wasPaid: boolean
  /** Payments that came in and were voided: their money never comes. */
  readonly voided: readonly { readonly ref: string; readonly amountMinor: number }[]
  readonly handedOverAt: Date | undefined
  readonly capturedMinor: number
  readonly refundedMinor: number
  /** Asked to go back and not gone yet. */
  readonly askedBackMinor: number
  /** How many facts there are that can change a right: it only grows. */
  readonly turns: number
  /** Payments beyond the first that already covers the total: money to give back. */
  readonly surplus: readonly { readonly ref: string; readonly amountMinor: number }[]
  /** Payments in another currency than the order's; they cover nothing. */
  readonly foreign: readonly string[]
  readonly payments: readonly Payment[]
  readonly refunds: readonly Refund[]
  /** Refunds of a part after which staff decide which units the buyer keeps. */
  readonly toDecide: readonly string[]
  readonly disputes: readonly Dispute[]
  readonly attempts: number
  readonly eraseAfterDelivery: boolean
  /** Sold and delivered by somebody else, and taken in from a report. */
  readonly fulfilledElsewhere: boolean
  readonly headline: Headline
}

/** The one thing people read first about an order. */
export type Headline =
  | 'awaiting'
  | 'pending'
  | 'failed'
  | 'paid'
  | 'toPack'
  | 'onItsWay'
  | 'delivered'
  | 'refunded'
  | 'partlyRefunded'
  | 'disputed'
  | 'cancelled'
  | 'expired'

/** A payment that is neither there nor over. */
export const UNDER_WAY: ReadonlySet<OrderState['payment']> = new Set(['pending', 'authorised', 'partlyPaid'])

/** Whether nothing will be delivered any more: it was cancelled, the money went back, or the right was taken. */
export function isOver({
  cancelled,
  refund,
  rest,
  paidAt,
}: Pick<OrderState, 'cancelled' | 'refund' | 'rest' | 'paidAt'>): boolean {
  return cancelled || rest === 'revoked' || (paidAt !== undefined && refund === 'full')
}

/** Whether all the money went back or is about to. */
export function goesBack({
  capturedMinor,
  refundedMinor,
  askedBackMinor,
}: Pick<OrderState, 'capturedMinor' | 'refundedMinor' | 'askedBackMinor'>): boolean {
  return refundedMinor + askedBackMinor > 0 && refundedMinor + askedBackMinor >= capturedMinor
}

/** Whether a box waits to be sent: also one of which a part was paid back, and none whose payment a bank looks at. */
export function isToSend(state: OrderState): boolean {
  return state.goods === 'toPack' && state.dispute !== 'open' && !isOver(state) && !goesBack(state)
}

/** The right to use one unit. */
export function rightOf({ rest, decisions }: Pick<OrderState, 'rest' | 'decisions'>, unit: number): Right {
  const decided = rest === 'none' ? undefined : decisions.find((one) => one.unit === unit)
  if (!decided) return rest
  return decided.give ? 'active' : 'revoked'
}
