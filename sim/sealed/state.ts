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
  dispute: 'none' | 'open' | 'won' | 'lost'
}

/** What the processor once told of an order, without a person and without a card. Shape: `time` as told. */
export type Happened = {
  readonly event: string
  readonly kind: string
  readonly time: string
  readonly order: string
  readonly payment: string
  readonly amount: number
  readonly currency: string
} & Readonly<Record<string, string | number | object>>

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
  readonly happened: Happened[]
  readonly replies: Map<string, { readonly request: string; readonly body: object }>
}

/** A processor at which nothing has happened. */
export function noSealed(): SealedState {
  return { orders: new Map(), cards: new Map(), gone: [], refunds: new Map(), happened: [], replies: new Map() }
}
