import type { Grants } from '../db/index.ts'

/** What a link may open; one kind never opens another. */
export type LinkKind =
  | 'return'
  | 'order'
  | 'privacy'
  | 'privacySession'
  | 'staff'
  | 'register'
  | 'copies'
  | 'ticket'
  | 'news'
  | 'stop'
  | 'survey'
  | 'asked'

/** What a member of staff may do. */
export type StaffRole = 'owner' | 'desk'

/** The tables of links and of the people at the desk. Hashes are SHA-256, 32 bytes; the secrets themselves are stored nowhere. */
export type WebTables = {
  link: {
    token_hash: Buffer
    kind: LinkKind
    order_id: string | null
    staff_id: string | null
    subject_id: string | null
    made_at: Date
    expires_at: Date
    spent_at: Date | null
  }
  link_person: { token_hash: Buffer; person_id: string }
  staff: { staff_id: string; label: string; role: StaffRole; made_at: Date; left_at: Date | null }
  staff_session: { session_hash: Buffer; staff_id: string; made_at: Date; expires_at: Date }
}

/** The rights of the app on these tables. */
export const webGrants: Grants = {
  link: ['select', 'insert', 'update', 'delete'],
  link_person: ['select', 'insert', 'delete'],
  staff: ['select', 'insert', 'update'],
  staff_session: ['select', 'insert', 'delete'],
}
