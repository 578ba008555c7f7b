import type { Grants } from '../../db/index.ts'

/** The tables of licences. */
export type LicenceTables = {
  licence: {
    licence_id: string
    order_id: string
    unit: number
    product_name: string
    key_hash: Buffer
    key_tail: string
    issued_at: Date
    revoked_at: Date | null
  }
  licence_unit: { order_id: string; unit: number; licence_id: string }
  licence_owner: { licence_id: string; person_id: string; since: Date }
}

/** A licence is revoked, never deleted. */
export const licenceGrants: Grants = {
  licence: ['select', 'insert', 'update'],
  licence_unit: ['select', 'insert'],
  licence_owner: ['select', 'insert', 'delete'],
}
