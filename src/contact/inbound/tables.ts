import type { Grants } from '../../db/index.ts'

/** How a mail of the mailbox was dealt with. */
export type InboundOutcome = 'filed' | 'known' | 'bounce' | 'given-up'

/**
 * What was taken in, so that no mail becomes two things and none comes back after an erasure. Shape: `mark` is a keyed hash of
 * what the sender wrote; nothing in a row leads to a person.
 */
export type InboundTables = {
  inbound_mark: { mark: Buffer; at: Date }
  inbound_uid: { validity: string; uid: string; outcome: InboundOutcome; at: Date }
  inbound_try: { validity: string; uid: string; tries: number; because: string; next_at: Date }
}

/** A mark stays for as long as the mail may lie on the server, whoever was erased meanwhile. */
export const inboundGrants: Grants = {
  inbound_mark: ['select', 'insert'],
  inbound_uid: ['select', 'insert'],
  inbound_try: ['select', 'insert', 'update', 'delete'],
}
