import { lstat, open, opendir, realpath } from 'node:fs/promises'
import { join, sep } from 'node:path'
import { cutCards, errorCode } from '../../lib/index.ts'
import { readerOf } from './packed.ts'
import { noteCard, noteUnseen, openReport, type CardReport, type Unseen } from './report.ts'
import { cardsIn } from './look/spellings.ts'

/** How a search goes about. Shape: `unpacked` is how many bytes may come out of the archives of one file; `rest` is waited for after every quarter of a megabyte; `stopped` ends it early; `progress` is told after every file. */
export type ScanOptions = {
  readonly unpacked?: number
  readonly depth?: number
  readonly rest?: () => Promise<unknown>
  readonly stopped?: () => boolean
  readonly progress?: (report: Readonly<CardReport>) => void
}

const UNPACKED = 2 ** 31
const DEPTH = 4
const PIECE = 256 * 1024

/**
 * Looks for card numbers in files and folders, whatever their kind. Nothing that leads out of them is followed, and what
 * vanishes meanwhile is no fault.
 *
 * Errors: throws only when a path that was named is not there.
 */
export async function scanPaths(paths: readonly string[], options: ScanOptions = {}): Promise<CardReport> {
  const roots = await Promise.all(paths.map((path) => realpath(path)))
  const search: Search = { roots, report: openReport(), options, seen: new Set(), unrested: 0 }
  for (const root of roots) await scanEntry(search, root)
  return search.report
}

type Search = {
  readonly roots: readonly string[]
  readonly report: CardReport
  readonly options: ScanOptions
  readonly seen: Set<string>
  unrested: number
}

async function scanEntry(search: Search, path: string): Promise<void> {
  if (search.seen.has(path) || search.options.stopped?.()) return
  search.seen.add(path)
  try {
    const entry = await lstat(path)
    if (entry.isDirectory()) await scanFolder(search, path)
    else if (entry.isSymbolicLink()) await scanLink(search, path)
    else if (entry.isFile()) await scanFile(search, path)
  } catch (error) {
    if (!['ENOENT', 'ESTALE'].includes(errorCode(error))) miss(search, path, 'unreadable')
  }
}

async function scanFolder(search: Search, path: string): Promise<void> {
  for await (const entry of await opendir(path)) {
    scanName(search, path, entry.name)
    await scanEntry(search, join(path, entry.name))
  }
}

/** A link to something that is searched anyway hides nothing. */
async function scanLink(search: Search, path: string): Promise<void> {
  const target = await realpath(path)
  const isWithin = search.roots.some(
    (root) => target === root || target.startsWith(root.endsWith(sep) ? root : root + sep),
  )
  if (!isWithin) miss(search, path, 'leadsOut')
}

function scanName(search: Search, folder: string, name: string): void {
  for (const { brand } of cardsIn(Buffer.from(name)))
    noteCard(search.report, { file: shown(join(folder, name)), at: -1, brand, isPacked: false })
}

/** Reads a file as long as it was when it was opened: one that grows without end has an end. */
async function scanFile(search: Search, path: string): Promise<void> {
  const { report, options } = search
  const file = await open(path, 'r')
  try {
    const name = shown(path)
    const card = (at: number, brand: string, isPacked: boolean): void =>
      noteCard(report, { file: name, at, brand, isPacked })
    const bounds = { unpacked: options.unpacked ?? UNPACKED, depth: options.depth ?? DEPTH }
    const { size } = await file.stat()
    const reader = readerOf({ card, unseen: (because) => miss(search, path, because) }, bounds, size)
    const piece = new Uint8Array(Math.min(PIECE, size))
    let left = size
    while (left > 0 && !options.stopped?.()) {
      const { bytesRead } = await file.read(piece, 0, Math.min(piece.length, left))
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
    await file.close()
  }
}

/** Many small files are one piece. */
async function rested(search: Search, read: number): Promise<void> {
  search.unrested += read
  if (search.unrested < PIECE) return
  search.unrested = 0
  await search.options.rest?.()
}

function miss({ report }: Search, path: string, because: Unseen): void {
  noteUnseen(report, shown(path), because)
}

/** A path as it may be told: its name could be a card number too, and no sign in it moves a terminal. */
function shown(path: string): string {
  return cutCards(path).text.replace(/\p{Cc}/gu, '?')
}
