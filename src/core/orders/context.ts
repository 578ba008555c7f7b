import type { Database, Tx } from '../../db/index.ts'
import type { Now } from '../../lib/index.ts'
import type { Policy } from '../../policy/index.ts'
import type { Vault } from '../../vault/index.ts'
import type { Catalogue } from './catalogue.ts'
import type { Fact, OrderId } from './facts.ts'
import type { OrderState } from './fold/state.ts'
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
  /** What has to happen in the very step in which an order comes to a new state. */
  readonly alsoSettled?: AlsoSettled
}

/** Told of an order's new state in the transaction that makes it. Shape: `facts` are those that were added. */
export type AlsoSettled = (
  tx: Tx<OrderTables>,
  settled: { readonly id: OrderId; readonly state: OrderState; readonly facts: readonly Fact[] },
) => Promise<void>
