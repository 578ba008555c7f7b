import type { OrderContext } from '../../core/orders/index.ts'
import type { PaymentContext } from '../../core/payments/index.ts'
import type { Now } from '../../lib/index.ts'
import type { Partners } from '../../partners/index.ts'
import type { Policy } from '../../policy/index.ts'
import type { Vault } from '../../vault/index.ts'
import type { DeskFrame, Web } from '../../web/index.ts'

/** What the pages about payments use. */
export type PaymentsContext = {
  readonly web: Web
  readonly desk: DeskFrame
  readonly now: Now
  readonly policy: Policy
  readonly orders: Pick<OrderContext, 'db'>
  readonly payments: Pick<PaymentContext, 'db' | 'processors'>
  readonly partners: Pick<Partners, 'passedOn'>
  readonly vault: Pick<Vault, 'openTexts'>
}
