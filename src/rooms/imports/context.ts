import type { LicenceContext } from '../../core/licences/index.ts'
import type { OrderContext } from '../../core/orders/index.ts'
import type { Database } from '../../db/index.ts'
import type { Id, Now } from '../../lib/index.ts'
import type { Policy } from '../../policy/index.ts'
import type { DeskFrame, Web } from '../../web/index.ts'
import type { ImportTables } from './tables.ts'

/** The id of one run of an import. */
export type RunId = Id<'import'>

/** What taking in reports uses. Shape: `key` 32 bytes, for the ids of past sales and the marks of files. */
export type ImportsContext = {
  readonly db: Database<ImportTables>
  readonly orders: OrderContext
  readonly licences: LicenceContext
  readonly policy: Policy
  readonly web: Web
  readonly now: Now
  readonly key: Uint8Array
}

/** The same with the frame of the desk's pages. */
export type ImportsDeskContext = ImportsContext & { readonly desk: DeskFrame }
