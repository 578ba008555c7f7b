import type { Contact } from '../../contact/index.ts'
import type { Database } from '../../db/index.ts'
import type { Now } from '../../lib/index.ts'
import type { Policy } from '../../policy/index.ts'
import type { PersonId, Vault } from '../../vault/index.ts'
import type { Country, DeskFrame, Web, WebTables } from '../../web/index.ts'
import type { QuestionTables } from './tables.ts'

/** What a question may be about. */
export type Kind = 'order' | 'ticket'

/** What a question is about: whose it is, what it is called, and where the desk shows it. */
export type About = { readonly person: PersonId; readonly title: string; readonly back: string }

/** What asking further uses. */
export type QuestionContext = {
  readonly db: Database<QuestionTables>
  readonly links: Database<WebTables>
  readonly web: Web
  readonly desk: DeskFrame
  readonly now: Now
  readonly policy: Policy
  readonly vault: Vault
  readonly contact: Pick<Contact, 'send'>
  readonly countries: readonly Country[]
  /** Tells the worker that there may be work. */
  readonly kick: () => void
  /** Finds what a question is about; nothing when it has no person any more. */
  readonly about: (kind: Kind, id: string) => Promise<About | undefined>
}
