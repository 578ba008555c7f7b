import type { Database } from '../../db/index.ts'
import type { Log, Now } from '../../lib/index.ts'
import type { Partners } from '../../partners/index.ts'
import type { OrderContext } from '../orders/index.ts'
import type { Adapter } from './adapter.ts'
import type { PaymentTables } from './tables.ts'

/** What the deeds of payments use. */
export type PaymentContext = {
  readonly db: Database<PaymentTables>
  readonly orders: OrderContext
  readonly partners: Pick<Partners, 'disclose'>
  readonly adapter: Adapter
  readonly now: Now
  readonly log: Log
  /** Where the browser comes back to: derived from order and try, so that a repeat has the same bytes. */
  readonly returnUrl: (orderId: string, attempt: number) => string
}
