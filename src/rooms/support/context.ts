import type { Context } from 'hono'
import type { Contact } from '../../contact/index.ts'
import type { Database } from '../../db/index.ts'
import type { Now } from '../../lib/index.ts'
import type { Policy } from '../../policy/index.ts'
import type { PersonId, Vault } from '../../vault/index.ts'
import type { DeskFrame, Web, WebTables } from '../../web/index.ts'
import type { SupportTables } from './tables.ts'

/** What stands beside a ticket: what the people of the same address ordered and own. */
export type Beside = {
  readonly orders: readonly { readonly number: string }[]
  readonly copies: readonly { readonly productName: string; readonly keyTail: string }[]
}

/** What the support desk uses. */
export type SupportContext = {
  readonly db: Database<SupportTables>
  readonly links: Database<WebTables>
  readonly web: Web
  readonly desk: DeskFrame
  readonly now: Now
  readonly policy: Policy
  readonly vault: Vault
  readonly contact: Contact
  readonly kick: () => void
  readonly beside: (persons: readonly PersonId[]) => Promise<Beside>
  /** The label of a member of staff. */
  readonly labelOf: (staff: string) => Promise<string | undefined>
  /** Counts mails by address, so that nobody can flood a mailbox. Shape: true when one more may be sent. */
  readonly mayMail: (email: string) => boolean
  /** Counts what one sender asks. Shape: true when one more may be asked. */
  readonly mayAsk: (c: Context) => boolean
}
