import type { Grants } from '../../db/index.ts'

/** The tables of payments. */
export type PaymentTables = {
  checkout_session: {
    order_id: string
    attempt: number
    processor: string
    ref: string
    started_at: Date
    expires_at: Date
  }
}

/** A hosted page is noted once. */
export const paymentGrants: Grants = { checkout_session: ['select', 'insert'] }
