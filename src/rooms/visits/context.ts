import type { Database } from '../../db/index.ts'
import type { Log, Now } from '../../lib/index.ts'
import type { Policy } from '../../policy/index.ts'
import type { KeyStore } from '../../vault/index.ts'
import type { DeskFrame, SeenVisit, Web } from '../../web/index.ts'
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

/** Counts visits in memory, and writes the sums down again and again. */
export type Counter = {
  /** Counts one answered request; it never waits and never throws. */
  readonly seen: (visit: SeenVisit) => void
  /** Notes that somebody chose today to be recognised, so that today they have not returned. */
  readonly chose: (value: string) => Promise<void>
  /** Turns the day if it is over, and writes down what was counted. Errors: throws when it could not be; it is kept for the next time. */
  readonly flush: () => Promise<void>
  readonly stop: () => Promise<void>
}

/** What the pages about visits use. Shape: without a counter nothing is counted, because the vendor switched that off. */
export type VisitsContext = Pick<CountContext, 'db' | 'now' | 'timeZone'> & {
  readonly web: Web
  readonly desk: DeskFrame
  readonly policy: Policy
  readonly counter: Counter | undefined
}
