import { existsSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import type { Database } from '../../db/index.ts'
import { dayIn, type Now } from '../../lib/index.ts'
import { cardsIn } from './look/spellings.ts'
import { addScan, lastScan, textsIn, textTables, type CardScan } from './queries.ts'
import { scanPaths } from './scan.ts'
import type { CardTables } from './tables.ts'
import { en } from './words.ts'

/** What a search of the whole installation needs. Shape: `folders` are those of the program; `tellStaff` is called for each place, which holds no digit of a card. */
export type SearchContext = {
  readonly db: Database<CardTables>
  readonly now: Now
  readonly timeZone: string
  readonly folders: readonly string[]
  readonly stopped: () => boolean
  readonly tellStaff: (kind: 'cardFound' | 'cardUnseen', place: string) => Promise<void>
}

/** Pieces are as long as this between two rests, so that whoever waits for a page does not wait for the search. */
const REST_MS = 1
const BLOCKS = 32
/** Staff are told of so many places at once; the rest stands behind them. */
const MOST_TOLD = 20

/**
 * Looks for card numbers in the program's folders and in every text that it can read in the database, writes down what it saw,
 * and tells staff of each place. A search that is stopped writes nothing.
 *
 * Source: promise card-deleted.
 */
export async function searchForCards(ctx: SearchContext): Promise<CardScan | undefined> {
  const at = ctx.now()
  const rest = (): Promise<unknown> => wait(REST_MS)
  const paths = ctx.folders.filter((path) => existsSync(path))
  const report = await scanPaths(paths, { rest, stopped: ctx.stopped })
  const inTables = await searchTables(ctx)
  if (ctx.stopped()) return undefined
  const findings = [...report.findings.map(en.found), ...inTables.findings]
  const unseen = report.unseen.map(en.unseen)
  const { files, bytes, missed } = report
  const found = report.found + inTables.findings.length
  const lists = { findings: findings.join('\n'), unseen: unseen.join('\n') }
  const scan = { at, files, bytes, tables: inTables.tables, found, missed, ...lists }
  await addScan(ctx.db.query, scan)
  for (const place of findings.slice(0, MOST_TOLD)) await ctx.tellStaff('cardFound', place)
  for (const place of unseen.slice(0, MOST_TOLD)) await ctx.tellStaff('cardUnseen', place)
  return scan
}

/** Whether this day, as the vendor counts days, has had no search yet. */
export async function isSearchDue(ctx: Pick<SearchContext, 'db' | 'now' | 'timeZone'>): Promise<boolean> {
  const last = await lastScan(ctx.db.query)
  return !last || dayIn(ctx.timeZone, last.at) !== dayIn(ctx.timeZone, ctx.now())
}

/** Reads texts as the app's login does: what the database packs in its files is seen, and a server's files need not be. */
async function searchTables(ctx: SearchContext): Promise<{ tables: number; findings: string[] }> {
  const findings = new Set<string>()
  const tables = await textTables(ctx.db.query)
  for (const table of tables)
    for (let from = 0; from < table.blocks && !ctx.stopped(); from += BLOCKS) {
      const texts = await textsIn(ctx.db.query, table, [from, from + BLOCKS])
      for (const place of texts.flatMap((row) => inRow(table.name, row))) findings.add(place)
      await wait(REST_MS)
    }
  return { tables: tables.length, findings: [...findings] }
}

function inRow(table: string, { at, text }: { at: string; text: string }): string[] {
  return cardsIn(Buffer.from(text)).map(({ brand }) => en.foundInTable(table, at, brand))
}
