import type { Contact } from '../../contact/index.ts'
import type { Database } from '../../db/index.ts'
import type { Now } from '../../lib/index.ts'
import type { Policy } from '../../policy/index.ts'
import type { PersonId, Vault } from '../../vault/index.ts'
import type { DeskFrame, Web, WebTables } from '../../web/index.ts'
import type { Draw } from './box/box.ts'
import type { SurveyTables } from './tables.ts'

/** What taking anonymous answers uses. Shape: `boxKey` gives 32 bytes for each survey, and they are not in the database. */
export type BoxContext = {
  readonly db: Database<SurveyTables>
  readonly now: Now
  readonly boxKey: (surveyId: string) => Uint8Array
  readonly draw: Draw
}

/** A product whose owners can be invited. */
export type Product = { readonly id: string; readonly name: string }

/** What surveys use. */
export type SurveysContext = BoxContext & {
  readonly links: Database<WebTables>
  readonly web: Web
  readonly desk: DeskFrame
  readonly policy: Policy
  readonly vault: Pick<
    Vault,
    | 'newPerson'
    | 'collect'
    | 'add'
    | 'grant'
    | 'mark'
    | 'held'
    | 'reveal'
    | 'revealMany'
    | 'alike'
    | 'erase'
    | 'evidence'
  >
  readonly contact: Pick<Contact, 'send' | 'many'>
  /** Has waiting work done soon. */
  readonly kick: () => void
  readonly products: readonly Product[]
  /** The owners of a product's copies. Shape: somebody with two copies may be two persons. */
  readonly owners: (product: Product) => Promise<readonly PersonId[]>
}
