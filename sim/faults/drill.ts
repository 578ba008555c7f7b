/** What a processor's own books say of one order of the shop. Shape: minor units; what was paid back and arrived. */
export type Booked = {
  readonly order: string
  readonly captured: number
  readonly refunded: number
  readonly dispute: 'none' | 'open' | 'won' | 'lost'
}

/** What may befall a payment after it was made. */
export type Misfortune = 'refund' | 'refundPart' | 'disputeOpen' | 'disputeWon' | 'disputeLost'

/** For drills: the processor's books, and what may befall an order there. */
export type Drill = {
  readonly books: () => readonly Booked[]
  /** Shape: which misfortunes this processor knows. */
  readonly knows: readonly Misfortune[]
  /** Lets something befall the newest payment of an order; false when there is none. */
  readonly befall: (order: string, what: Misfortune) => boolean
}
