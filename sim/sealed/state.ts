import type { CardKey } from './seal.ts'

/** How an order stands here. */
export type OrderStatus = 'open' | 'received' | 'completed' | 'failed' | 'cancelled' | 'expired'

/** One order. Shape: amount in minor units, times in milliseconds. */
export type SealedOrder = {
  readonly id: string
  readonly payment: string
  readonly order: string
  readonly number: string
  readonly amount: number
  readonly currency: string
  readonly description: string
  readonly returnUrl: string
  readonly expires: number
  status: OrderStatus
  changed: number
  refunded: number
}

/** The card part of one order, and the key to it; gone when the order is over. Shape: `card` is sealed. */
export type CardPart = { readonly card: string; readonly key: CardKey }

/** What shows that a card is gone. */
export type Gone = { readonly order: string; readonly kid: string; readonly because: OrderStatus; readonly at: number }

/** One refund. */
export type SealedRefund = {
  readonly id: string
  readonly payment: string
  readonly refund: string
  readonly amount: number
  readonly time: number
  status: 'requested' | 'succeeded' | 'failed'
}

/** All that the processor knows. No card number is in it, and no key outlives its order. */
export type SealedState = {
  readonly orders: Map<string, SealedOrder>
  readonly cards: Map<string, CardPart>
  readonly gone: Gone[]
  readonly refunds: Map<string, SealedRefund>
  readonly replies: Map<string, { readonly request: string; readonly body: object }>
}

/** A processor at which nothing has happened. */
export function noSealed(): SealedState {
  return { orders: new Map(), cards: new Map(), gone: [], refunds: new Map(), replies: new Map() }
}
