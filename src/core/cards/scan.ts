import { closeSync, constants, fstatSync, lstatSync, openSync, readdirSync, readSync, realpathSync } from 'node:fs'
import { join, sep } from 'node:path'
import { cutCards, errorCode } from '../../lib/index.ts'
import { readerOf } from './packed.ts'
import { noteCard, noteUnseen, openReport, type CardReport, type Unseen } from './report.ts'
import { cardsIn } from './look/spellings.ts'

/** How a search goes about. Shape: `unpacked` is how many bytes may come out of the archives of one file, `within` how many of those may be within another; `rest` is waited for after every quarter of a megabyte, and lets others work; `stopped` ends it early; `progress` is told after every file. */
export type ScanOptions = {
  readonly unpacked?: number
  readonly within?: number
  readonly depth?: number
  readonly rest?: () => Promise<unknown>
  readonly stopped?: () => boolean
  readonly progress?: (report: Readonly<CardReport>) => void
}

const UNPACKED = 2 ** 31
const WITHIN = 4096
const DEPTH = 4
const PIECE = 256 * 1024

/**
 * Looks for card numbers in files and folders, whatever their kind. Nothing that leads out of them is followed, and what
 * vanishes meanwhile is no fault. Between two rests it waits for nobody: a database has very many small files, and waiting for
 * each costs more than reading it.
 *
 * Errors: throws only when a path that was named is not there.
 */
export async function scanPaths(paths: readonly string[], options: ScanOptions = {}): Promise<CardReport> {
  const named = [...new Set(paths.map((path) => realpathSync(path)))]
  const roots = named.filter((path) => !named.some((other) => other !== path && isWithin(path, other)))
  const search: Search = { roots, report: openReport(), options, unrested: 0 }
  for (const root of roots) await scanEntry(search, root)
  return search.report
}

type Search = {
  readonly roots: readonly string[]
  readonly report: CardReport
  readonly options: ScanOptions
  unrested: number
}

async function scanEntry(search: Search, path: string): Promise<void> {
  if (search.options.stopped?.()) return
  try {
    const entry = lstatSync(path)
    if (entry.isDirectory()) await scanFolder(search, path)
    else if (entry.isSymbolicLink()) scanLink(search, path)
    else if (entry.isFile()) await scanFile(search, path)
  } catch (error) {
    if (!['ENOENT', 'ESTALE'].includes(errorCode(error))) miss(search, path, 'unreadable')
  }
}

async function scanFolder(search: Search, path: string): Promise<void> {
  for (const name of readdirSync(path)) {
    scanName(search, path, name)
    await scanEntry(search, join(path, name))
  }
}

/** A link to something that is searched anyway hides nothing. */
function scanLink(search: Search, path: string): void {
  const target = realpathSync(path)
  if (!search.roots.some((root) => isWithin(target, root))) miss(search, path, 'leadsOut')
}

function isWithin(path: string, root: string): boolean {
  return path === root || path.startsWith(root.endsWith(sep) ? root : root + sep)
}

function scanName(search: Search, folder: string, name: string): void {
  for (const { brand } of cardsIn(Buffer.from(name)))
    noteCard(search.report, { file: shown(join(folder, name)), at: -1, brand, isPacked: false })
}

/** Reads a file as long as it was when it was opened: one that grows without end has an end. */
async function scanFile(search: Search, path: string): Promise<void> {
  const { report, options } = search
  const file = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW)
  try {
    const name = shown(path)
    const card = (at: number, brand: string, isPacked: boolean): void =>
      noteCard(report, { file: name, at, brand, isPacked })
    const { unpacked = UNPACKED, within = WITHIN, depth = DEPTH } = options
    const bounds = { unpacked, within, depth }
    const { size } = fstatSync(file)
    const reader = readerOf({ card, unseen: (because) => miss(search, path, because) }, bounds, size)
    const piece = new Uint8Array(Math.min(PIECE, size))
    let left = size
    while (left > 0 && !options.stopped?.()) {
      const bytesRead = readSync(file, piece, 0, Math.min(piece.length, left), null)
      if (bytesRead === 0) break
      left -= bytesRead
      report.bytes += bytesRead
      await reader.push(piece.subarray(0, bytesRead))
      await rested(search, bytesRead)
    }
    await reader.end()
    report.files += 1
    options.progress?.(report)
  } finally {
    closeSync(file)
  }
}

/** Many small files are one piece. */
async function rested(search: Search, read: number): Promise<void> {
  search.unrested += read
  if (search.unrested < PIECE) return
  search.unrested = 0
  await (search.options.rest ?? turn)()
}

/** Whoever asked for no rest still lets the terminal be written to. */
const turn = (): Promise<unknown> => new Promise((done) => setImmediate(done))

function miss({ report }: Search, path: string, because: Unseen): void {
  noteUnseen(report, shown(path), because)
}

/** A path as it may be told: its name could be a card number too, and no sign in it moves a terminal. */
function shown(path: string): string {
  return cutCards(path).text.replace(/\p{Cc}/gu, '?')
}
