import { setTimeout as wait } from 'node:timers/promises'
import { errorCode, word, type Log } from '../lib/index.ts'

/** What is opened anew when the day of an announced policy has come. */
type Turning = { readonly policyIsDue: () => Promise<boolean>; readonly stop: () => Promise<void> }

/** How it is opened, and how often it is looked at or tried again. */
type Opening<D extends Turning> = {
  readonly open: () => Promise<D>
  readonly log: Log
  readonly lookMs?: number
  readonly retryMs?: number
}

/** What stays open. Shape: `now` waits while it is being opened anew. */
type KeptOpen<D> = { readonly now: () => Promise<D>; readonly stop: () => Promise<void> }

/**
 * Opens the desk, and opens it anew when the day of an announced policy has come; what comes in meanwhile waits. When it cannot be opened
 * that is logged and tried again within seconds. Errors: throws when it cannot be opened the first time.
 */
export async function keepOpen<D extends Turning>(opening: Opening<D>): Promise<KeptOpen<D>> {
  const { open, log, lookMs = 10 * 60_000 } = opening
  const first = await open()
  let desk: Promise<D | undefined> = Promise.resolve(first)
  const end = new AbortController()
  let looking = Promise.resolve()
  const failed = failure(log)
  const look = async (): Promise<void> => {
    const old = await desk
    if (end.signal.aborted || !(await old?.policyIsDue())) return
    desk = (old?.stop() ?? Promise.resolve()).catch(failed).then(() => reopen(opening, end.signal))
    await desk
  }
  const timer = setInterval(() => {
    looking = looking.then(look).catch(failed)
  }, lookMs)
  timer.unref()
  return {
    now: async () => (await desk) ?? first, // it is missing only when the program stops
    stop: async () => {
      clearInterval(timer)
      end.abort()
      await looking
      await (await desk)?.stop()
    },
  }
}

/** Tries until it opens, or until the program stops. */
async function reopen<D extends Turning>(opening: Opening<D>, end: AbortSignal): Promise<D | undefined> {
  while (!end.aborted) {
    const desk = await opening.open().catch(failure(opening.log))
    if (desk) return desk
    await wait(opening.retryMs ?? 3000, undefined, { signal: end }).catch(() => {})
  }
  return undefined
}

function failure(log: Log): (error: unknown) => undefined {
  return (error) => {
    log('policy.failed', { because: word(errorCode(error)) })
    return undefined
  }
}
