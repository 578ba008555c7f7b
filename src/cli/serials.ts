import { parse } from 'csv-parse/sync'
import { readFileSync } from 'node:fs'
import { callControl } from '../db/index.ts'
import { errorCode } from '../lib/index.ts'
import type { BadSerial, Loaded } from '../core/licences/index.ts'

type Row = readonly [product: string, serial: string, source: string]

const COLUMNS = ['product', 'serial', 'source']
// One question to the running program holds at most ten thousand characters.
const AT_ONCE = 50

const because: Readonly<Record<BadSerial, string>> = {
  product: 'the catalogue has no such product',
  source: 'the source must be box, reseller, swreg or regnow',
  length: 'a serial number has between 8 and 64 letters and digits',
  likeOurs: 'it has the form of a key of this shop',
}

/** What is said at the end. Shape: `refused` names lines of the file and repeats no number. */
export type LoadedFile = { readonly say: string; readonly refused: readonly string[] }

/** Reads a list of serial numbers and hands it to the running program, piece by piece. Errors: throws a RangeError with a sentence for a file that cannot be read. */
export async function loadFile(data: string, file: string, progress: (done: string) => void): Promise<LoadedFile> {
  const rows = readRows(file)
  const refused: string[] = []
  let [loaded, known] = [0, 0]
  for (let from = 0; from < rows.length; from += AT_ONCE) {
    const piece = rows.slice(from, from + AT_ONCE)
    const done = (await callControl(data, { ask: 'serials', rows: piece })) as Loaded
    loaded += done.loaded
    known += done.known
    refused.push(...done.refused.map((one) => `line ${from + one.row + 2}: ${because[one.because]}`))
    if (from + AT_ONCE < rows.length) progress(`${from + piece.length} of ${rows.length}`)
  }
  return { say: `${loaded} taken in, ${known} known already, ${refused.length} refused.`, refused }
}

function readRows(file: string): Row[] {
  const read = readList(file)
  const [head = [], ...rows] = read
  if (COLUMNS.some((name, column) => head[column]?.toLowerCase() !== name))
    throw new RangeError(`The first line of the file must be: ${COLUMNS.join(',')}`)
  return rows.map(([product = '', serial = '', source = '']) => [product, serial, source.toLowerCase()])
}

function readList(file: string): string[][] {
  try {
    return parse(readFileSync(file), { bom: true, trim: true, skipEmptyLines: true, relaxColumnCount: true })
  } catch (error) {
    throw new RangeError(`${file} cannot be read as a CSV file (${errorCode(error)}).`)
  }
}
