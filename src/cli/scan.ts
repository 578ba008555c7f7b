import { existsSync } from 'node:fs'
import { cardWords, isClean, scanPaths, type CardReport } from '../core/cards/index.ts'
import { errorCode } from '../lib/index.ts'

type Env = Readonly<Record<string, string | undefined>>
/** The terminal. Shape: `say` is for what was asked, `tell` for what goes beside it. */
type Terminal = { readonly env: Env; readonly say: (line: string) => void; readonly tell: (line: string) => void }

const PROGRESS_MS = 2000

/**
 * Looks for card numbers in the paths that were named, or else in the folders of this installation. Says what was found and
 * what was not looked at, and on the side how far it is. It needs no running program and disturbs none.
 *
 * Shape: the exit code: 0 when everything was looked at and nothing found, 1 when something was found or not looked at, 2 for wrong use.
 */
export async function scan(named: readonly string[], own: readonly string[], out: Terminal): Promise<number> {
  const paths = named.length > 0 ? named : own
  const missing = paths.filter((path) => !existsSync(path))
  for (const path of missing)
    out.tell(`There is nothing at ${path}. Name what shall be searched, or set AVOW_DATA and AVOW_KEYS.`)
  if (missing.length > 0) return 2
  if (named.length === 0 && out.env['DATABASE_URL'])
    out.tell('DATABASE_URL is set: the folder of the database server is searched only when you name it as a path.')
  let seen: Readonly<CardReport> | undefined
  const timer = setInterval(() => seen && out.tell(`${amountOf(seen)} so far`), PROGRESS_MS)
  try {
    return conclude(await scanPaths(paths, { progress: (report) => (seen = report) }), out)
  } catch (error) {
    out.tell(`The search broke off: ${errorCode(error)}.`)
    return 1
  } finally {
    clearInterval(timer)
  }
}

function conclude(report: CardReport, out: Terminal): number {
  for (const finding of report.findings) out.say(cardWords.found(finding))
  for (const row of report.unseen) out.say(`Not looked at: ${cardWords.unseen(row)}`)
  const found = report.found === 0 ? 'no card number' : `${report.found} card numbers`
  const missed = report.missed === 0 ? '' : ` ${report.missed} were not looked at, so this shows nothing about them.`
  out.say(`${amountOf(report)}: ${found}.${missed}`)
  return isClean(report) ? 0 : 1
}

const amountOf = ({ files, bytes }: Readonly<CardReport>): string =>
  `${files} files, ${(bytes / 2 ** 20).toFixed(1)} MiB`
