import { errorCode, word, type Log } from '../lib/index.ts'

const MINUTE_MS = 60_000

/** Looks for new mail every minute, one look at a time; what goes wrong is only logged, by a word. Answers how to stop, which waits for a look that runs. */
export function startPolling(ctx: {
  readonly poll: (() => Promise<number>) | undefined
  readonly log: Log
}): () => Promise<void> {
  const { poll, log } = ctx
  if (!poll) return () => Promise.resolve()
  let running: Promise<unknown> | undefined
  const look = (): void => {
    running ??= poll()
      .catch((error: unknown) => log('mail.failed', { because: word(errorCode(error)) }))
      .finally(() => (running = undefined))
  }
  look()
  const timer = setInterval(look, MINUTE_MS)
  timer.unref()
  return async () => {
    clearInterval(timer)
    await running
  }
}
