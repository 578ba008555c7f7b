import type { Grants } from '../../db/index.ts'

/** Where a copy was sold that this shop did not sell. */
export type Source = 'box' | 'reseller' | 'swreg' | 'regnow' | 'elsewhere'

/** The tables of licences. Shape: a licence of a copy that was sold elsewhere has no order and no unit. */
export type LicenceTables = {
  licence: {
    licence_id: string
    order_id: string | null
    unit: number | null
    product_id: string | null
    product_name: string
    key_hash: Buffer
    key_tail: string
    issued_at: Date
    revoked_at: Date | null
  }
  licence_unit: { order_id: string; unit: number; licence_id: string }
  licence_owner: { licence_id: string; person_id: string; since: Date }
  serial: { key_hash: Buffer; licence_id: string; source: Source; loaded_at: Date }
  registration: { registration_id: string; licence_id: string; person_id: string; asked_at: Date; ends_at: Date }
}

/** A licence is revoked, never deleted. */
export const licenceGrants: Grants = {
  licence: ['select', 'insert', 'update'],
  licence_unit: ['select', 'insert'],
  licence_owner: ['select', 'insert', 'delete'],
  serial: ['select', 'insert'],
  registration: ['select', 'insert', 'update', 'delete'],
}
