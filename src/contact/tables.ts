import type { Grants } from '../db/index.ts'
import type { Purpose, RetentionClass } from '../policy/index.ts'
import type { PersonId, Ref } from '../vault/index.ts'

/** A way to reach a person. This release has built the first only. */
export type Channel = 'mail' | 'post' | 'telephone'

/** How a mail ended. None yet: it waits. */
export type MailOutcome = 'handed-over' | 'dropped' | 'refused' | 'given-up'

/** The tables of the contact ledger: ids and words, never an address or a text. */
export type ContactTables = {
  contact_ledger: {
    mail_id: string
    channel: Channel
    kind: string
    person_id: PersonId
    purpose: Purpose
    ref: Ref
    made_at: Date
    message_id: string
    handed_over_at: Date | null
    outcome: MailOutcome | null
    because: string | null
    kept_class: RetentionClass | null
  }
  contact_key: { key: string; mail_id: string }
}

/** The rights of the app on these tables: what was sent stays written. */
export const contactGrants: Grants = {
  contact_ledger: ['select', 'insert', 'update'],
  contact_key: ['select', 'insert'],
}
