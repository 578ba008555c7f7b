import type { Contact } from '../../contact/index.ts'
import type { Database } from '../../db/index.ts'
import type { Id, Now } from '../../lib/index.ts'
import type { Policy } from '../../policy/index.ts'
import type { PersonId, Vault } from '../../vault/index.ts'
import type { DeskFrame, Web } from '../../web/index.ts'
import type { CameBy, LetterTables } from './tables.ts'

/** The id of one letter. */
export type LetterId = Id<'letter'>

/** What somebody can ask for by right. Source: GDPR articles 15, 16, 17, 20 and 21. */
export type RequestKind = 'access' | 'correction' | 'erasure' | 'export' | 'objection'

/** A right that a letter asks for. Shape: `receivedOn` as `YYYY-MM-DD`, the day from which the month counts. */
export type AskedRight = {
  readonly persons: readonly PersonId[]
  readonly kind: RequestKind
  readonly cameBy: CameBy
  readonly receivedOn: string
  readonly staff: string
}

/** What the tray of letters uses. */
export type LettersContext = {
  readonly db: Database<LetterTables>
  readonly vault: Vault
  readonly contact: Contact
  readonly policy: Policy
  readonly web: Web
  readonly desk: DeskFrame
  readonly now: Now
  /** The day in the vendor's time zone. Shape: `YYYY-MM-DD`. */
  readonly dayOf: (at: Date) => string
  /** Begins the work that was asked for. */
  readonly kick: () => void
  /** Opens a request for a right, with its clock. */
  readonly openRequest: (asked: AskedRight) => Promise<void>
}
