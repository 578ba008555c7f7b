import type { Buyer } from '../linked/buyer.tsx'
import type { Charset } from '../linked/text.ts'

/** One product of a basket. Shape: `unit` in minor units; it has a number of its own once it is paid. */
export type Line = {
  readonly product: string
  readonly variation: string
  readonly delivery: string
  readonly quantity: number
  readonly unit: number
  number: string
  key: string
  /** The name of a key file that came along. */
  file: string
  refunded: boolean
}

/** What somebody buys together. */
export type Basket = {
  readonly id: string
  readonly created: number
  readonly currency: string
  readonly lines: Line[]
  /** Every parameter of the newest order link, as it came. */
  params: Readonly<Record<string, string>>
  buyer: Buyer
  status: 'open' | 'pending' | 'paid' | 'failed'
}

/** A mail that the processor would write to the vendor. */
export type Note = { readonly subject: string; readonly text: string }

/** What the vendor set in the control panel, and what whoever tests lets happen. */
export type Switches = {
  charset: Charset
  keyLimit: 250 | 600
  fileLimit: 250_000 | 65_535
  /** Which of the two values the refund notifier proves itself by. */
  security: 'key' | 'address'
  /** Whether a refund notice that was not heard is sent again. */
  retries: boolean
  /** The data base that receipts are looked up in is down. */
  databaseDown: boolean
  /** The result of the next payment, by its number. */
  next: number | undefined
}

/** All that SWREG knows. */
export type SwregState = {
  readonly baskets: Map<string, Basket>
  readonly notes: Note[]
  readonly switches: Switches
  lastNumber: number
}

/** A SWREG at which nothing has happened. */
export function noSwreg(): SwregState {
  return {
    baskets: new Map(),
    notes: [],
    lastNumber: 8_012_344,
    switches: {
      charset: 'utf-8',
      keyLimit: 250,
      fileLimit: 250_000,
      security: 'key',
      retries: true,
      databaseDown: false,
      next: undefined,
    },
  }
}

/** A paid line by its order number, with its basket. */
export function lineOf({ baskets }: SwregState, number: string): { basket: Basket; line: Line } | undefined {
  for (const basket of baskets.values())
    for (const line of basket.lines) if (number !== '' && line.number === number) return { basket, line }
  return undefined
}
