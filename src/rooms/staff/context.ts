import type { OrderContext, OrderId } from '../../core/orders/index.ts'
import type { Database } from '../../db/index.ts'
import type { Now } from '../../lib/index.ts'
import type { Partners } from '../../partners/index.ts'
import type { Policy } from '../../policy/index.ts'
import type { PersonId, Vault } from '../../vault/index.ts'
import type { DeskFrame, Web, WebTables } from '../../web/index.ts'

/** What the staff's desk uses. */
export type StaffContext = {
  readonly db: Database<WebTables>
  readonly web: Web
  readonly desk: DeskFrame
  readonly now: Now
  readonly policy: Policy
  readonly vault: Vault
  readonly partners: Partners
  readonly orders: OrderContext
  /** Whether an order is paid by bank transfer or cheque, so that staff note what comes. */
  readonly isPaidByHand: (orderId: OrderId) => Promise<boolean>
  /** The references of the mails that a person was sent: what a mail host needs to find its own records. */
  readonly mailReferences: (person: PersonId) => Promise<readonly string[]>
  /** Work that keeps failing. */
  readonly stuck: () => Promise<readonly { kind: string; because: string | null; tries: number }[]>
  /** How many promises are kept in full, of how many. */
  readonly promises: () => { kept: number; all: number }
}
