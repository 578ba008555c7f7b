import type { Context } from 'hono'
import type { Channel, Contact } from '../../contact/index.ts'
import type { Database } from '../../db/index.ts'
import type { Now } from '../../lib/index.ts'
import type { Policy, Purpose } from '../../policy/index.ts'
import type { PersonId, Vault } from '../../vault/index.ts'
import type { Country, DeskFrame, Web, WebTables } from '../../web/index.ts'
import type { CampaignTables } from './tables.ts'

/** A product whose owners can be chosen. */
export type Product = { readonly id: string; readonly name: string }

/** What campaigns use. */
export type CampaignContext = {
  readonly db: Database<CampaignTables>
  readonly links: Database<WebTables>
  readonly web: Web
  readonly desk: DeskFrame
  readonly now: Now
  readonly policy: Policy
  readonly vault: Pick<
    Vault,
    | 'newPerson'
    | 'collect'
    | 'alike'
    | 'may'
    | 'personsOf'
    | 'mark'
    | 'reveal'
    | 'revealMany'
    | 'withdraw'
    | 'stopMarks'
    | 'stopMarkOf'
    | 'erase'
  >
  readonly contact: Pick<Contact, 'send' | 'record' | 'mayContact' | 'stop' | 'lift' | 'many'>
  readonly products: readonly Product[]
  readonly countries: readonly Country[]
  /** The owners of a product's copies. */
  readonly owners: (product: Product) => Promise<readonly PersonId[]>
  /** Counts mails to an address, so that nobody can flood a mailbox. Shape: true when one more may be sent. */
  readonly mayMail: (email: string) => boolean
  /** Counts what a sender asks by the forms. Shape: true when one more may be taken. */
  readonly mayAsk: (c: Context) => boolean
  /** Has waiting work done soon. */
  readonly kick: () => void
}

/** The purpose of news on a channel. */
export const purposeOf = {
  mail: 'campaignMail',
  post: 'campaignPost',
  telephone: 'campaignTelephone',
} as const satisfies Record<Channel, Purpose>

/** The ways on which news can be asked for, in the order of the page. */
export const channels: readonly Channel[] = ['mail', 'post', 'telephone']
