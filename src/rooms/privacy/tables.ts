import type { Grants } from '../../db/index.ts'
import type { Id } from '../../lib/index.ts'
import type { Clause } from '../../policy/index.ts'
import type { PersonId } from '../../vault/index.ts'

/** The id of a request. */
export type RequestId = Id<'request'>

/** What somebody asks for as their right. */
export type RequestKind = 'access' | 'correction' | 'objection' | 'erasure' | 'export'

/** How it reached us, where it was not by the person's own page. */
export type RequestChannel = 'letter' | 'telephone' | 'mail'

/** Why a month is not enough. Source: GDPR article 12(3). */
export type ExtendedBecause = 'complex' | 'many'

/** What came of it. */
export type RequestOutcome = 'done' | 'nothing-held' | 'not-shown-who' | 'refused' | 'taken-back'

/** The published versions of the policy, what is shown after an erasure, and requests that came by letter or telephone. */
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
  privacy_request: {
    request_id: RequestId
    kind: RequestKind
    channel: RequestChannel
    received_at: Date
    due_at: Date
    extended_at: Date | null
    extended_because: ExtendedBecause | null
    staff_id: string | null
    outcome: RequestOutcome | null
    closed_at: Date | null
    closed_by: string | null
  }
  privacy_request_person: { request_id: RequestId; person_id: PersonId }
}

/** A published version is never changed. */
export const privacyGrants: Grants = {
  policy_version: ['select', 'insert'],
  certificate: ['select', 'insert', 'delete'],
  privacy_request: ['select', 'insert', 'update'],
  privacy_request_person: ['select', 'insert', 'delete'],
}
