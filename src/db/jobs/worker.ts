import { errorCode, later, word, type Log, type Now } from '../../lib/index.ts'
import type { Database } from '../database.ts'
import { markDone, putBack, takeDue, type Taken } from './queries.ts'
import type { JobIds, JobTables } from './tables.ts'

/** How a piece of work ended. `later` is tried again; `because` is a word, never a value. */
export type JobResult =
  { readonly outcome: 'done' } | { readonly outcome: 'later'; readonly because: string; readonly runAt?: Date }

/** Does one kind of work. It runs with no transaction open and may run twice, so it must be safe to repeat. */
export type JobHandler = (ids: JobIds) => Promise<JobResult>

/** What the worker needs. */
export type JobContext = {
  readonly db: Database<JobTables>
  readonly now: Now
  readonly log: Log
  readonly handlers: Readonly<Record<string, JobHandler>>
}

/** A worker that runs until it is stopped. */
export type JobWorker = {
  /** Looks for work now instead of at the next round. */
  readonly kick: () => void
  /** Resolves when nothing is due and nothing runs. */
  readonly idle: () => Promise<void>
  readonly stop: () => Promise<void>
}

const LEASE_MS = 60_000
const ROUND_MS = 1_000
const LONGEST_WAIT_MS = 3_600_000

/** Runs what is due once; answers how many ran. */
export async function runJobs(ctx: JobContext, most = 8): Promise<number> {
  const taken = await takeDue(ctx.db.query, ctx.now(), { most, leaseMs: LEASE_MS })
  if (taken.length === 0) return 0
  const results = await Promise.all(taken.map((job) => runOne(ctx, job)))
  const done = taken.filter((_, index) => results[index]?.outcome === 'done')
  if (done.length > 0) await markDone(ctx.db.query, ctx.now(), done)
  for (const [index, job] of taken.entries()) {
    const result = results[index]
    if (result?.outcome === 'later')
      await putBack(ctx.db.query, job, {
        runAt: result.runAt ?? nextTry(ctx.now(), job.tries),
        because: result.because,
      })
  }
  return taken.length
}

async function runOne(ctx: JobContext, job: Taken): Promise<JobResult> {
  const handler = ctx.handlers[job.kind]
  if (!handler) return { outcome: 'later', because: 'no-handler' }
  try {
    return await handler(job.ids)
  } catch (error) {
    const because = errorCode(error)
    ctx.log('job.failed', { kind: word(job.kind), because: word(because), tries: job.tries })
    return { outcome: 'later', because }
  }
}

function nextTry(at: Date, tries: number): Date {
  return later(at, Math.min(1_000 * 2 ** Math.min(tries, 12), LONGEST_WAIT_MS))
}

/** Starts a worker of its own round; `most` is how many jobs run side by side. */
export function startWorker(ctx: JobContext, most: number): JobWorker {
  let stopped = false
  let kicked = false
  let wake = (): void => {}
  let waiting: (() => void)[] = []

  const pause = (): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, ROUND_MS)
      wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  const round = async (): Promise<void> => {
    kicked = false
    const ran = await runJobs(ctx, most).catch((error: unknown) => {
      ctx.log('jobs.broken', { because: word(errorCode(error)) })
      return 0
    })
    if (ran > 0 || kicked || stopped) return
    for (const resolve of waiting.splice(0)) resolve()
    await pause()
  }
  const running = (async () => {
    while (!stopped) await round()
  })()
  const kick = (): void => {
    kicked = true
    wake()
  }
  return {
    kick,
    idle: () =>
      new Promise((resolve) => {
        waiting = [...waiting, resolve]
        kick()
      }),
    stop: async () => {
      stopped = true
      wake()
      await running
      for (const resolve of waiting.splice(0)) resolve()
    },
  }
}
