import type { Grants } from '../../db/index.ts'

/** The tables of payments. `bigint` columns arrive as text. */
export type PaymentTables = {
  checkout_session: {
    order_id: string
    attempt: number
    processor: string
    ref: string
    started_at: Date
    expires_at: Date
  }
  checkout_choice: { order_id: string; attempt: number; processor: string }
  processor_event: {
    event_id: string
    processor: string
    endpoint: string
    digest: Buffer
    order_ref: string | null
    person_id: string
    text_id: string
    received_at: Date
  }
  processor_state: {
    processor: string
    heard_at: Date | null
    answered_at: Date | null
    failed_at: Date | null
    refused_at: Date | null
    refused_because: string | null
    read_until: Date | null
  }
  envelope_receipt: {
    digest: Buffer
    order_ref: string
    kid: string
    received_at: Date
    destroyed_at: Date | null
    how: 'completed' | 'cancelled' | 'failed' | 'timed-out' | 'restart' | null
    code_version: string | null
  }
  payout: {
    processor: string
    payout_id: string
    state: 'expected' | 'paid' | 'failed'
    amount_minor: string | number
    currency: string
    at: Date
    agrees: boolean | null
  }
}

/** A hosted page is noted once; a message goes when its time is over; a receipt stays. */
export const paymentGrants: Grants = {
  checkout_session: ['select', 'insert'],
  checkout_choice: ['select', 'insert'],
  processor_event: ['select', 'insert', 'update', 'delete'],
  processor_state: ['select', 'insert', 'update'],
  envelope_receipt: ['select', 'insert', 'update'],
  payout: ['select', 'insert', 'update'],
}
