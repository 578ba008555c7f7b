import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { callControl } from '../db/index.ts'
import { errorCode } from '../lib/index.ts'
import {
  chooseMapping,
  columnTexts,
  countText,
  fileText,
  mappingText,
  piecesOf,
  planText,
  readTable,
  rowText,
  shipped,
  type AskedImport,
  type ImportAnswer,
  type RefusedRow,
} from '../rooms/imports/index.ts'

/** What the command was given. Shape: `as` the name of a mapping, or a JSON file with one. */
export type ImportAsked = { readonly file: string; readonly as: string; readonly dry: boolean }

/** What is said at the end. Shape: `refused` names lines and columns and repeats nothing of the file. */
export type ImportedFile = {
  readonly say: string
  readonly refused: readonly string[]
  readonly columns: readonly string[]
  readonly readAs: string
}

/** Reads what stands behind `import`; undefined when that is no command of ours. */
export function readImport(words: readonly string[]): ImportAsked | undefined {
  const [file, ...rest] = words.filter((word) => word !== '--dry-run')
  const [flag, as, ...more] = rest
  if (!file || flag !== '--as' || !as || more.length > 0) return undefined
  return { file, as, dry: words.includes('--dry-run') }
}

/** Reads a report of sales and hands it to the running program, piece by piece. Errors: throws a RangeError with a sentence for what cannot be read. */
export async function importFile(
  data: string,
  asked: ImportAsked,
  progress: (done: string) => void,
): Promise<ImportedFile> {
  const mapping = mappingOf(asked.as)
  const chosen = chooseMapping(mapping)
  if (!chosen.ok) throw new RangeError(`The mapping has faults: ${chosen.faults.join('; ')}`)
  const bytes = bytesOf(asked.file)
  const read = readTable(bytes)
  if (!read.ok) throw new RangeError(fileText(read))
  const { head, rows } = read.table
  const about = {
    mapping,
    dry: asked.dry,
    fileHash: createHash('sha256').update(bytes).digest('hex'),
    lines: rows.length,
    head: [...head],
  }
  const begun = await question(data, about)
  if (begun.say !== 'begun') throw new RangeError('The program did not understand.')
  const counts = { done: 0, taken: 0, known: 0, unpaid: 0, refused: 0 }
  const refused: RefusedRow[] = []
  const pieces = piecesOf(chosen.mapping, read.table)
  for (const [at, piece] of pieces.entries()) {
    const sent = piece.map(({ line, cells }) => ({ line, cells: [...cells] }))
    const done = await question(data, { ...about, run: begun.run, rows: sent, isLast: at === pieces.length - 1 })
    if (done.say !== 'done') throw new RangeError('The program did not understand.')
    for (const name of Object.keys(counts) as (keyof typeof counts)[]) counts[name] += done.counts[name]
    refused.push(...done.refused)
    if (at < pieces.length - 1) progress(`${counts.done} of ${rows.length}`)
  }
  const said = countText(counts)
  return {
    say: asked.dry ? `Nothing was written. It would be: ${said}` : said,
    refused: refused.toSorted((a, b) => a.line - b.line).map(rowText),
    columns: columnTexts(begun.columns),
    readAs: mappingText(chosen.mapping),
  }
}

function mappingOf(as: string): string {
  if (as.endsWith('.json')) return bytesOf(as).toString('utf8')
  const names = shipped.map(({ id }) => id)
  if (!names.includes(as))
    throw new RangeError(`--as takes ${names.join(', ')}, or a file with a mapping that ends in .json`)
  return as
}

function bytesOf(file: string): Buffer {
  try {
    return readFileSync(file)
  } catch (error) {
    throw new RangeError(`${file} cannot be read (${errorCode(error)}).`)
  }
}

async function question(data: string, report: AskedImport): Promise<ImportAnswer> {
  const answer = (await callControl(data, { ask: 'import', report })) as ImportAnswer
  if (answer.say === 'no') throw new RangeError(answer.plan ? planText(answer.plan) : (answer.faults ?? []).join('; '))
  return answer
}
