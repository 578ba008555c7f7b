import type { LicenceContext } from '../../core/licences/index.ts'
import type { OrderContext, OrderId } from '../../core/orders/index.ts'
import type { PaymentContext } from '../../core/payments/index.ts'
import type { BankTransfer } from '../../policy/index.ts'
import type { PersonId } from '../../vault/index.ts'
import type { Database, Tx } from '../../db/index.ts'
import type { Now } from '../../lib/index.ts'
import type { Web, WebTables } from '../../web/index.ts'

/** What the shop uses. Shape: `cartKey` 32 bytes; `files` reads a file that may be downloaded, by its plain name. */
export type StoreContext = {
  readonly db: Database<WebTables>
  readonly web: Web
  readonly now: Now
  readonly orders: OrderContext
  readonly payments: PaymentContext
  readonly licences: LicenceContext
  readonly cartKey: Uint8Array
  readonly tagline: string
  /** Where to pay without a processor, if the vendor takes that. */
  readonly bank: BankTransfer | undefined
  /** Asks for the mail that says how to pay. */
  readonly mailHowToPay: <T>(tx: Tx<T>, of: ToPayByHand) => Promise<void>
  readonly returnToken: (orderId: string, attempt: number) => string
  /** The codes of campaigns: asked for only where news was ever sent, the same for everybody, and counted with the order. */
  readonly codes?: {
    readonly asked: () => Promise<boolean>
    readonly note: <T>(tx: Tx<T>, of: { orderId: string; code: string }) => Promise<void>
  }
  readonly files: (name: string) => Promise<Uint8Array<ArrayBuffer> | undefined>
}

/** One try of an order that is paid by hand. */
export type ToPayByHand = { readonly orderId: OrderId; readonly attempt: number; readonly person: PersonId }
