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

/** The day of a moment. Shape: `YYYY-MM-DD` in UTC. */
export function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10)
}

/** A moment as text. Shape: ISO 8601 in UTC. */
export function isoOf(ms: number): string {
  return new Date(ms).toISOString()
}

const LONGEST_TIMER = 2 ** 31 - 1

/** A moment as most protocols write it. Shape: ISO 8601 in UTC with milliseconds. */
export function isoTime(ms: number): string {
  return new Date(ms).toISOString()
}

/** The machine's time, ahead of it by as much as a drill moved it. */
export function realClock(): Clock {
  let ahead = 0
  const waiting = lineUp()
  const now = (): number => Date.now() + ahead
  const arm = (due: Due): void => {
    const rings = (): void => {
      if (due.at > now()) arm(due)
      else if (waiting.drop(due)) due.work()
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
      for (let next = waiting.take(now()); next; next = waiting.take(now())) await next.work()
    },
  }
}

/** A time that stands still until it is moved, so that three days pass in milliseconds. Work that waits is not waited for. */
export function virtualClock(start = Date.UTC(2026, 0, 5, 9)): Clock {
  let time = start
  const waiting = lineUp()
  const parked = new AsyncLocalStorage<() => void>()
  const after = (ms: number, work: Work): void => waiting.add({ at: time + Math.max(ms, 0), work })
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
      for (let next = waiting.take(end); next; next = waiting.take(end)) {
        time = Math.max(time, next.at)
        await run(next.work)
      }
      time = Math.max(time, end)
    },
  }
}

/** What waits, by its time, and by the order in which it was asked for when two are due at once. */
type Line = {
  readonly add: (due: Due) => void
  /** Takes out what is due first, if it is due by then. */
  readonly take: (until: number) => Due | undefined
  /** Takes one out; false when it is not there (any more). */
  readonly drop: (due: Due) => boolean
}

/** The next stands last, where taking it moves nothing. */
function lineUp(): Line {
  const waiting: Due[] = []
  const placeOf = (at: number): number => {
    let [low, high] = [0, waiting.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((waiting[middle]?.at ?? 0) > at) low = middle + 1
      else high = middle
    }
    return low
  }
  return {
    add: (due) => void waiting.splice(placeOf(due.at), 0, due),
    take: (until) => ((waiting.at(-1)?.at ?? Infinity) <= until ? waiting.pop() : undefined),
    drop: (due) => {
      const at = waiting.indexOf(due, placeOf(due.at))
      if (at >= 0) waiting.splice(at, 1)
      return at >= 0
    },
  }
}
