import { AsyncLocalStorage } from 'node:async_hooks'

/** Something done later. */
export type Work = () => unknown

/** The simulator's own time. Shape: milliseconds since 1970 in UTC. */
export type Clock = {
  readonly now: () => number
  /** Does something after a while. Work due at one moment is done in the order in which it was asked for. */
  readonly after: (ms: number, work: Work) => void
  /** Comes back after a while. */
  readonly wait: (ms: number) => Promise<void>
  /** Moves the time ahead, and does in order what comes due on the way. */
  readonly advance: (ms: number) => Promise<void>
}

type Due = { readonly at: number; readonly work: Work }

const LONGEST_TIMER = 2 ** 31 - 1

/** A moment as most protocols write it. Shape: ISO 8601 in UTC with milliseconds. */
export function isoTime(ms: number): string {
  return new Date(ms).toISOString()
}

/** The machine's time, ahead of it by as much as a drill moved it. */
export function realClock(): Clock {
  let ahead = 0
  const waiting = new Set<Due>()
  const now = (): number => Date.now() + ahead
  const run = async (due: Due): Promise<void> => {
    if (waiting.delete(due)) await due.work()
  }
  const arm = (due: Due): void => {
    const rings = (): void => {
      if (due.at <= now()) void run(due)
      else if (waiting.has(due)) arm(due)
    }
    setTimeout(rings, Math.min(Math.max(due.at - now(), 0), LONGEST_TIMER)).unref()
  }
  const after = (ms: number, work: Work): void => {
    const due = { at: now() + ms, work }
    waiting.add(due)
    arm(due)
  }
  return {
    now,
    after,
    wait: (ms) => new Promise((wake) => after(ms, wake)),
    advance: async (ms) => {
      ahead += ms
      for (let next = first(waiting, now()); next; next = first(waiting, now())) await run(next)
    },
  }
}

/** A time that stands still until it is moved, so that three days pass in milliseconds. Work that waits is not waited for. */
export function virtualClock(start = Date.UTC(2026, 0, 5, 9)): Clock {
  let time = start
  const waiting = new Set<Due>()
  const parked = new AsyncLocalStorage<() => void>()
  const after = (ms: number, work: Work): void => void waiting.add({ at: time + Math.max(ms, 0), work })
  const run = (work: Work): Promise<void> =>
    new Promise((done, failed) => {
      void parked.run(done, async () => {
        try {
          await work()
          done()
        } catch (error) {
          failed(error as Error)
        }
      })
    })
  return {
    now: () => time,
    after,
    wait: (ms) => {
      const woken = new Promise<void>((wake) => after(ms, wake))
      parked.getStore()?.()
      return woken
    },
    advance: async (ms) => {
      const end = time + ms
      for (let next = first(waiting, end); next; next = first(waiting, end)) {
        waiting.delete(next)
        time = Math.max(time, next.at)
        await run(next.work)
      }
      time = Math.max(time, end)
    },
  }
}

/** What is due first until a moment; what was asked for first when two are due at once. */
function first(waiting: Iterable<Due>, until: number): Due | undefined {
  let found: Due | undefined
  for (const due of waiting) if (due.at <= until && (!found || due.at < found.at)) found = due
  return found
}
