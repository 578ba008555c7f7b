import type { Id } from './ids.ts'

/** What a log line may hold: numbers, truths, opaque ids and words from the program's own closed lists. */
export type LogValue = number | boolean | Id<string> | { readonly word: string }

/** Writes one line about the program itself. Anything a person typed has no way in: see `LogValue`. */
export type Log = (event: string, values?: Readonly<Record<string, LogValue>>) => void

/** A word from the program's own vocabulary (a route pattern, an error code), marked as fit for a log. */
export function word(text: string): { readonly word: string } {
  return { word: /^[\w./:*-]{1,80}$/.test(text) ? text : 'unprintable' }
}

/** The log of the running program: one line of `event name=value …` on standard error. */
export const stderrLog: Log = (event, values = {}) => {
  const pairs = Object.entries(values).map(
    ([name, value]) => `${name}=${typeof value === 'object' ? value.word : String(value)}`,
  )
  process.stderr.write(`${[event, ...pairs].join(' ')}\n`)
}
