import type { Grants } from '../db/index.ts'
import type { Purpose, RetentionClass } from '../policy/index.ts'
import type { PersonId, Ref } from '../vault/index.ts'
import type { MailKind } from './kinds.ts'

/** A way to reach a person. */
export type Channel = 'mail' | 'post' | 'telephone'

/** How a contact ended. None yet: it waits. `unknown`: it may have arrived, and nobody can tell. */
export type MailOutcome = 'handed-over' | 'dropped' | 'refused' | 'given-up' | 'unknown'

/** What a mail host told about a mail after it had taken it: the address is dead, it is full or slow, or something else. */
export type BounceKind = 'lasting' | 'passing' | 'other'

/** Why somebody is not reached any more. */
export type StopReason =
  'said-no' | 'bounced' | 'bounced-often' | 'complained' | 'returned' | 'wrong-number' | 'deceased'

/** The tables of the contact ledger: ids and words, never an address or a text. */
export type ContactTables = {
  contact_ledger: {
    mail_id: string
    channel: Channel
    kind: MailKind
    person_id: PersonId
    purpose: Purpose
    ref: Ref
    made_at: Date
    message_id: string
    handed_over_at: Date | null
    outcome: MailOutcome | null
    because: string | null
    kept_class: RetentionClass | null
    tried_at: Date | null
    bounced_at: Date | null
    bounce: BounceKind | null
  }
  contact_key: { key: string; mail_id: string }
  contact_stop: { channel: Channel | 'all'; mark: Buffer; because: StopReason; since: Date; lifted_at: Date | null }
}

/** The rights of the app on these tables: what was sent stays written, and a stop is lifted but never removed. */
export const contactGrants: Grants = {
  contact_ledger: ['select', 'insert', 'update'],
  contact_key: ['select', 'insert'],
  contact_stop: ['select', 'insert', 'update'],
}
