import { errorCode, later, word, type Log, type Now } from '../../lib/index.ts'
import type { Database } from '../database.ts'
import { markDone, putBack, takeDue, type Lane, type Taken } from './queries.ts'
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
  /** The kinds of work that this worker does; all when it does not say. */
  readonly lane?: Lane
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
  await settle(ctx, await Promise.all(taken.map(async (job) => ({ job, result: await runOne(ctx, job) }))))
  return taken.length
}

type Ended = { readonly job: Taken; readonly result: JobResult }

async function settle(ctx: JobContext, ended: readonly Ended[]): Promise<void> {
  const done = ended.flatMap(({ job, result }) => (result.outcome === 'done' ? [job] : []))
  if (done.length > 0) await markDone(ctx.db.query, ctx.now(), done)
  for (const { job, result } of ended)
    if (result.outcome === 'later')
      await putBack(ctx.db.query, job, {
        runAt: result.runAt ?? nextTry(ctx.now(), job.tries),
        because: result.because,
      })
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

/** Lets a loop sleep until somebody calls, or a round is over. A call while it is awake is not lost. */
function bell() {
  let rang = false
  let wake = (): void => {}
  return {
    ring: () => {
      rang = true
      wake()
    },
    hush: () => void (rang = false),
    rang: () => rang,
    rung: () =>
      rang
        ? Promise.resolve()
        : new Promise<void>((resolve) => {
            const timer = setTimeout(resolve, ROUND_MS)
            wake = () => {
              clearTimeout(timer)
              resolve()
            }
          }),
  }
}

/**
 * Starts a worker of its own round; `most` is how many jobs run side by side. Each is marked when it ends and its place goes
 * to the next, so that one that hangs holds up nobody. What ends while the database is busy is marked together.
 */
export function startWorker(ctx: JobContext, most: number): JobWorker {
  const { ring, hush, rang, rung } = bell()
  const runs = new Map<string, Promise<void>>()
  let ended: Ended[] = []
  let stopped = false
  let waiting: (() => void)[] = []

  const run = async (job: Taken): Promise<void> => {
    const result = await runOne(ctx, job)
    ended = [...ended, { job, result }]
    ring()
  }
  const markEnded = async (): Promise<void> => {
    const marked = ended.splice(0)
    await settle(ctx, marked).finally(() => marked.forEach(({ job }) => runs.delete(job.id)))
  }
  const round = async (): Promise<void> => {
    hush()
    await markEnded()
    if (runs.size >= most || stopped) return
    const options = { most: most - runs.size, leaseMs: LEASE_MS, except: [...runs.keys()], lane: ctx.lane }
    const taken = await takeDue(ctx.db.query, ctx.now(), options)
    for (const job of taken) runs.set(job.id, run(job))
    if (taken.length > 0 && runs.size < most) ring()
    if (runs.size === 0 && !rang()) for (const resolve of waiting.splice(0)) resolve()
  }
  const broken = (error: unknown): void => ctx.log('jobs.broken', { because: word(errorCode(error)) })
  const running = (async () => {
    while (!stopped) {
      await round().catch(broken)
      await rung()
    }
    await Promise.all(runs.values())
    await markEnded().catch(broken)
  })()
  return {
    kick: ring,
    idle: () =>
      new Promise((resolve) => {
        waiting = [...waiting, resolve]
        ring()
      }),
    stop: async () => {
      stopped = true
      ring()
      await running
      for (const resolve of waiting.splice(0)) resolve()
    },
  }
}
