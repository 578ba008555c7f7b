import type { Database } from '../../db/index.ts'
import type { Now } from '../../lib/index.ts'
import type { Policy } from '../../policy/index.ts'
import type { Vault } from '../../vault/index.ts'
import type { Catalogue } from './catalogue.ts'
import type { OrderTables } from './tables.ts'

/** What the deeds of orders use. */
export type OrderContext = {
  readonly db: Database<OrderTables>
  readonly vault: Vault
  readonly policy: Policy
  readonly catalogue: Catalogue
  readonly now: Now
  /** Tells the worker that there may be work. */
  readonly kick: () => void
  /** The vendor's time zone, for days and years. Shape: IANA name. */
  readonly timeZone: string
  /** What order numbers begin with. */
  readonly orderPrefix: string
}
