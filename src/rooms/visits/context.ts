import type { Database } from '../../db/index.ts'
import type { Log, Now } from '../../lib/index.ts'
import type { Policy } from '../../policy/index.ts'
import type { KeyStore } from '../../vault/index.ts'
import type { DeskFrame, Web } from '../../web/index.ts'
import type { Counter } from './count/counter.ts'
import type { VisitTables } from './tables.ts'

/** What counting uses. Shape: `timeZone` an IANA name; `products` the ids of the catalogue, whose pages are counted by name. */
export type CountContext = {
  readonly db: Database<VisitTables>
  readonly keys: Pick<KeyStore, 'dayKey' | 'dayKept'>
  readonly web: Pick<Web, 'baseUrl' | 'cookies'>
  readonly now: Now
  readonly log: Log
  readonly timeZone: string
  readonly products: ReadonlySet<string>
}

/** What the pages about visits use. Shape: without a counter nothing is counted, because the vendor switched that off. */
export type VisitsContext = Pick<CountContext, 'db' | 'now' | 'timeZone'> & {
  readonly web: Web
  readonly desk: DeskFrame
  readonly policy: Policy
  readonly counter: Counter | undefined
}
