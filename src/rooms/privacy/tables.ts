import type { Grants } from '../../db/index.ts'
import type { Clause } from '../../policy/index.ts'

/** The published versions of the policy, and what is shown after an erasure. */
export type PrivacyTables = {
  policy_version: { version: number; hash: string; published_at: Date; clauses: Clause[] | string }
  certificate: {
    token_hash: Buffer
    erasure_ids: string[]
    later_orders: number
    tax_kept: boolean
    made_at: Date
    expires_at: Date
  }
}

/** A published version is never changed. */
export const privacyGrants: Grants = {
  policy_version: ['select', 'insert'],
  certificate: ['select', 'insert', 'delete'],
}
