import type { Buyer } from '../linked/buyer.tsx'

/** The status of an order: visit, awaiting payment, left on the billing page, held for review, complete; then, by names of ours, refunded, charged back, void. */
export type Status = 'N' | 'W' | 'I' | 'L' | 'C' | 'R' | 'B' | 'V'

/** One item of an order. Shape: `price` of all pieces, in minor units. */
export type Item = {
  readonly item: string
  readonly quantity: number
  readonly price: number
  readonly number: string
  key: string
}

/** What somebody buys together. */
export type RegnowOrder = {
  readonly id: string
  readonly created: number
  readonly currency: string
  readonly items: readonly Item[]
  /** Every parameter of the order link, as it came. */
  readonly params: Readonly<Record<string, string>>
  /** Who sent the buyer, by the link or by a cookie. */
  readonly affiliate: string
  buyer: Buyer
  status: Status
}

/** All that RegNow knows. Shape: `reviews` lets the next payments be held until somebody has looked. */
export type RegnowState = { readonly orders: Map<string, RegnowOrder>; reviews: boolean; lastNumber: number }

/** A RegNow at which nothing has happened. */
export function noRegnow(): RegnowState {
  return { orders: new Map(), reviews: false, lastNumber: 7_000_100 }
}
