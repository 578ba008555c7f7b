import type { Engine } from '../db/index.ts'
import { earlier, errorCode, word, type Log, type Now } from '../lib/index.ts'
import { dropCertificates, type PrivacyTables } from '../rooms/privacy/index.ts'
import type { Vault } from '../vault/index.ts'
import { dropEnded, type WebTables } from '../web/index.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

type UpkeepContext = {
  readonly engine: Engine
  readonly vault: Pick<Vault, 'sealDays' | 'sweepOrphans' | 'finishErasures'>
  readonly now: Now
  readonly log: Log
  /** What rooms do every hour; it logs what fails. */
  readonly hourly: () => Promise<void>
  /** Looks at every promise over live data. */
  readonly watch: () => Promise<number>
}

/** What goes on beside the shop. Shape: `caughtUp` waits for the rooms' work that is under way. */
type Upkeep = { readonly caughtUp: () => Promise<void>; readonly stop: () => Promise<void> }

/**
 * Does what has to be done again and again: closes the finished days of the access log, destroys keys that never got a
 * person, removes links that ended a day ago. Once now, which may throw, and then every hour, which is only logged.
 * What the rooms do, and then the look at every promise, takes as long as there are rows to read and so keeps nobody waiting.
 */
export async function startUpkeep(ctx: UpkeepContext): Promise<Upkeep> {
  const logged = (error: unknown): void => ctx.log('upkeep.failed', { because: word(errorCode(error)) })
  const watch = (): Promise<void> => ctx.watch().then(() => {}, logged)
  await upkeep(ctx)
  let rooms = ctx.hourly()
  let running = rooms.then(watch)
  const timer = setInterval(() => {
    rooms = upkeep(ctx).catch(logged).then(ctx.hourly)
    running = rooms.then(watch)
  }, HOUR_MS)
  timer.unref()
  return {
    caughtUp: () => rooms,
    stop: () => {
      clearInterval(timer)
      return running
    },
  }
}

async function upkeep({ engine, vault, now }: UpkeepContext): Promise<void> {
  await vault.sealDays()
  await vault.finishErasures()
  await vault.sweepOrphans()
  const before = earlier(now(), DAY_MS)
  await engine.for<WebTables>().tx((tx) => dropEnded(tx, before))
  await dropCertificates(engine.for<PrivacyTables>().query, before)
}
