import type { Database } from '../../db/index.ts'
import type { Log, Now } from '../../lib/index.ts'
import type { Partners } from '../../partners/index.ts'
import type { Vault } from '../../vault/index.ts'
import type { OrderContext, OrderId } from '../orders/index.ts'
import type { Processors } from './processors.ts'
import type { CardEnvelopes } from './sealed/envelopes.ts'
import type { PaymentTables } from './tables.ts'

/** What the deeds of payments use. */
export type PaymentContext = {
  readonly db: Database<PaymentTables>
  readonly orders: OrderContext
  readonly vault: Pick<
    Vault,
    | 'newPerson'
    | 'openSealer'
    | 'collect'
    | 'newText'
    | 'writeTexts'
    | 'openTexts'
    | 'shareText'
    | 'dropPassages'
    | 'erase'
  >
  readonly partners: Pick<Partners, 'disclose'>
  readonly processors: Processors
  readonly now: Now
  readonly log: Log
  /** Where the browser comes back to: derived from order and try, so that a repeat has the same bytes. */
  readonly returnUrl: (orderId: string, attempt: number) => string
  /** Issues the keys of a paid order at once and answers those of one offer, for a processor that waits for them; empty when it takes too long. */
  readonly keysNow: (orderId: OrderId, offerId: string) => Promise<readonly string[]>
  /** The version of the policy in force. */
  readonly notice: () => number
  /** Holds the card parts of sealed notices; absent where no processor sends any. */
  readonly envelopes?: CardEnvelopes
  /** Under which a message is known again. Shape: 32 bytes. */
  readonly messageKey: Uint8Array
}
