import type { Contact } from '../../contact/index.ts'
import type { OrderContext } from '../../core/orders/index.ts'
import type { Database } from '../../db/index.ts'
import type { Now } from '../../lib/index.ts'
import type { Partners } from '../../partners/index.ts'
import type { Policy } from '../../policy/index.ts'
import type { PersonId, Vault } from '../../vault/index.ts'
import type { Web, WebTables } from '../../web/index.ts'
import type { PrivacyTables } from './tables.ts'

/** What one room keeps with a person, in words. */
export type AlsoHeld = { readonly title: string; readonly lines: readonly string[] }

/** What the privacy pages use. */
export type PrivacyContext = {
  readonly db: Database<PrivacyTables>
  readonly links: Database<WebTables>
  readonly web: Web
  readonly now: Now
  readonly policy: Policy
  readonly vault: Vault
  readonly partners: Partners
  readonly contact: Contact
  readonly orders: OrderContext
  /** What other rooms keep with a person beside the values: copies, questions, requests. */
  readonly also: (person: PersonId) => Promise<readonly AlsoHeld[]>
  /** Ends the registration of a person as an owner, or one that waits; the key in their hands goes on working. */
  readonly leaveCopies: (person: PersonId) => Promise<'left' | 'notOwner'>
  /** Counts link mails by address, so that nobody can flood a mailbox. Shape: true when one more may be sent. */
  readonly mayMail: (email: string) => boolean
}
