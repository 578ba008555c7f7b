import type { Contact } from '../../contact/index.ts'
import type { LicenceContext } from '../../core/licences/index.ts'
import type { OrderContext } from '../../core/orders/index.ts'
import type { Now } from '../../lib/index.ts'
import type { Partners } from '../../partners/index.ts'
import type { Clause, EvidenceId, Finding, Policy } from '../../policy/index.ts'
import type { Vault } from '../../vault/index.ts'
import type { Web } from '../../web/index.ts'

/** A version of the policy as it was published. */
export type PublishedVersion = {
  readonly version: number
  readonly publishedAt: Date
  readonly clauses: readonly Clause[]
}

/** What the promises page uses. Shape: `columns` are those of every table of the live database; `versions` the newest first. */
export type PromisesContext = {
  readonly web: Web
  readonly now: Now
  readonly policy: Policy
  readonly vault: Pick<Vault, 'evidence'>
  readonly partners: Pick<Partners, 'evidence' | 'register'>
  readonly contact: Pick<Contact, 'isRepeated'>
  readonly orders: OrderContext
  readonly licences: Pick<LicenceContext, 'db'>
  /** Whether any session of the staff lasts longer than the cookie register says. */
  readonly sessionsOutlast: () => Promise<boolean>
  readonly columns: () => Promise<readonly { table: string; column: string }[]>
  /** Whether the version in force took effect although people were held who had not been told. */
  readonly untold: () => Promise<boolean>
  /** What other rooms look at in their own tables. */
  readonly probes: Readonly<Partial<Record<EvidenceId, () => Promise<Finding>>>>
  readonly versions: () => Promise<readonly PublishedVersion[]>
  readonly newest: () => Promise<PublishedVersion | undefined>
}
