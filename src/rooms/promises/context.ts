import type { LicenceContext } from '../../core/licences/index.ts'
import type { OrderContext } from '../../core/orders/index.ts'
import type { Now } from '../../lib/index.ts'
import type { Partners } from '../../partners/index.ts'
import type { Policy } from '../../policy/index.ts'
import type { Vault } from '../../vault/index.ts'
import type { Web } from '../../web/index.ts'

/** What the promises page uses. `tables` are the columns of every table of the program, read from the live database. */
export type PromisesContext = {
  readonly web: Web
  readonly now: Now
  readonly policy: Policy
  readonly vault: Vault
  readonly partners: Partners
  readonly orders: OrderContext
  readonly licences: Pick<LicenceContext, 'db'>
  readonly columns: () => Promise<readonly { table: string; column: string }[]>
  readonly versions: () => Promise<readonly { version: number; publishedAt: Date }[]>
}
