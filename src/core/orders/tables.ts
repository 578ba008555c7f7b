import type { Grants, JobTables } from '../../db/index.ts'
import type { FactKind, RefundReason } from './facts.ts'
import type { Headline } from './fold/state.ts'

type FactRow = {
  source: string
  ext: string
  kind: FactKind
  at: Date
  ref: string | null
  of: string | null
  reason: RefundReason | null
  amount_minor: string | number | null
  currency: string | null
}

/** The tables of orders. `bigint` columns arrive as text. */
export type OrderTables = JobTables & {
  order_fact: FactRow & { order_id: string; units: number | null; boxes: number | null; attempt: number | null }
  order_line: {
    order_id: string
    line: number
    offer_id: string
    product_name: string
    label: string
    goods: 'download' | 'box'
    file: string | null
    quantity: number
    gross_minor: string | number
    tax_rate: number | null
  }
  order_person: { order_id: string; person_id: string }
  order_number: { number: string; order_id: string }
  order_view: {
    order_id: string
    number: string
    headline: Headline
    to_send: boolean
    total_minor: string | number
    currency: string
    units: number
    boxes: number
    placed_at: Date
    paid_at: Date | null
  }
  inbox: FactRow & { order_ref: string; received_at: Date }
  task: { about: string; kind: string; ref: string; made_at: Date; done_at: Date | null; done_by: string | null }
}

/** Facts and lines are added and read, never changed. */
export const orderGrants: Grants = {
  order_fact: ['select', 'insert'],
  order_line: ['select', 'insert'],
  order_person: ['select', 'insert', 'delete'],
  order_number: ['select', 'insert'],
  order_view: ['select', 'insert', 'update', 'delete'],
  inbox: ['select', 'insert'],
  task: ['select', 'insert', 'update'],
}
