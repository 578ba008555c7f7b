import type { Grants } from '../db/index.ts'

/** How far a recipient knows of an erasure. */
export type ToldState = 'waiting' | 'told' | 'nothing-held' | 'by-hand'

/** The tables of the partner register and its log. */
export type PartnerTables = {
  installation: { one: boolean; first_started_at: Date }
  commitment: { recipient: string; hash: string; document: string; signed_on: string | null; expires_at: Date }
  disclosure: {
    disclosure_id: string
    recipient: string
    purpose: string
    ref: string
    fields: string[]
    value_names: string[]
    person_id: string | null
    at: Date
  }
  disclosure_withheld: { disclosure_id: string; because: string; at: Date }
  erasure_told: { told_id: string; person_id: string; recipient: string; state: ToldState; at: Date }
}

/** The rights of the app on these tables: the log of what was passed on can only grow. */
export const partnerGrants: Grants = {
  installation: ['select', 'insert'],
  commitment: ['select', 'insert', 'update'],
  disclosure: ['select', 'insert'],
  disclosure_withheld: ['select', 'insert'],
  erasure_told: ['select', 'insert', 'update'],
}
