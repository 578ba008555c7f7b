import type { Hono } from 'hono'
import type { ImapServer, SmtpServer } from '../contact/index.ts'
import type { CardEnvelopes, Processors, ProcessorSettings } from '../core/payments/index.ts'
import type { Engine, JobWorker } from '../db/index.ts'
import type { Log, Now } from '../lib/index.ts'
import type { Partners } from '../partners/index.ts'
import type { BankTransfer, Policy } from '../policy/index.ts'
import type { LicenceContext, Loaded, SoldElsewhere } from '../core/licences/index.ts'
import type { OrderContext } from '../core/orders/index.ts'
import type { ImportAnswer } from '../rooms/imports/index.ts'
import type { KeyStore, Vault } from '../vault/index.ts'
import type { Rates, Web, PublicPage } from '../web/index.ts'

/** What the program is started with. Shape: `config` is the vendor's own data, unchecked; urls are origins. */
export type DeskSettings = {
  readonly config: unknown
  readonly engine: Engine
  readonly keys: KeyStore
  readonly migrations: string
  readonly assets: string
  readonly baseUrl: string
  readonly outboxUrl: string
  readonly processors: ProcessorSettings
  readonly smtp?: SmtpServer
  /** Where mails to the vendor come in. Without it none is fetched. */
  readonly imap?: ImapServer
  readonly files: (name: string) => Promise<Uint8Array<ArrayBuffer> | undefined>
  readonly now: Now
  readonly log: Log
  readonly rates?: Rates
  readonly trustedProxies?: number
  /** The program's own folders, in which card numbers are searched for. Without any there is no search. */
  readonly folders?: readonly string[]
}

/** The running program, ready to be served. */
export type Desk = {
  readonly app: Hono
  readonly outbox: Hono
  readonly worker: JobWorker
  readonly vault: Vault
  readonly policy: Policy
  readonly staffLink: (staff: { label: string; role: 'owner' | 'desk' }) => Promise<string | undefined>
  readonly staffGoes: (label: string) => Promise<boolean>
  /** Takes in serial numbers of copies that were sold elsewhere. */
  readonly loadSerials: (rows: readonly SoldElsewhere[]) => Promise<Loaded>
  /** Answers the command line about a report of sales that were made elsewhere, piece by piece. */
  readonly answerImport: (question: unknown) => Promise<ImportAnswer>
  /** Makes a new key for sealed notices and answers its name; undefined where no processor seals any. */
  readonly rotateNoticeKey: () => Promise<string | undefined>
  /** Whether the announced policy's day has come, so that the program has to be opened anew. */
  readonly policyIsDue: () => Promise<boolean>
  /** Waits for the hourly work of the rooms that is under way. */
  readonly caughtUp: () => Promise<void>
  /** Looks for new mail now; answers how many were filed. */
  readonly poll: () => Promise<number>
  readonly stop: () => Promise<void>
}

/** What every room is built from: the settings, the three doors, and the rooms that the others stand on. */
export type Core = Omit<DeskSettings, 'processors'> & {
  readonly processors: Processors
  readonly envelopes: CardEnvelopes
  readonly vault: Vault
  readonly partners: Partners
  readonly policy: Policy
  readonly web: Web
  readonly orders: OrderContext
  readonly licences: LicenceContext
  readonly live: boolean
  readonly tagline: string
  readonly bankTransfer: BankTransfer | undefined
  /** The public pages of rooms, for the foot of every page; filled when the rooms are joined. */
  readonly pages: PublicPage[]
  /** The policy that was announced and is not in force yet. */
  readonly next: Policy | undefined
}
