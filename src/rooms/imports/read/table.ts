import { parse } from 'csv-parse/sync'
import { cutCards, errorCode } from '../../../lib/index.ts'
import { decode } from './decode.ts'

/** One row of a file. Shape: `line` is where it begins, the first line of the file being 1. */
export type RawRow = { readonly line: number; readonly cells: readonly string[] }

/** A file as rows under its head. */
export type RawTable = { readonly head: readonly string[]; readonly rows: readonly RawRow[] }

/** Why a file as a whole cannot be read. Shape: `line` where it is known. */
export type NoTable = {
  readonly ok: false
  readonly because: 'empty' | 'quote' | 'unreadable' | 'card'
  readonly line?: number
}

const DELIMITERS = ['\t', ',', ';', '|']

/** Reads a file of comma- or tab-separated values in any of the usual encodings. Errors: the line and never a word of the file. */
export function readTable(bytes: Uint8Array): { ok: true; table: RawTable } | NoTable {
  const text = decode(bytes).replace(/\r\n?/g, '\n')
  const read = recordsOf(text, delimiterOf(text))
  if (!read.ok) return read
  const [head, ...rows] = read.rows
  if (!head || rows.length === 0) return { ok: false, because: 'empty' }
  if (head.cells.some((name) => cutCards(name).cards > 0)) return { ok: false, because: 'card', line: head.line }
  return { ok: true, table: { head: head.cells, rows } }
}

/** The sign that the head is divided by: the one that stands in it most often, outside quotation marks. */
function delimiterOf(text: string): string {
  const head =
    text
      .replace(/"[^"]*"/g, '')
      .split('\n')
      .find((line) => line.trim() !== '') ?? ''
  const counts = DELIMITERS.map((sign) => ({ sign, count: head.split(sign).length }))
  return counts.reduce((best, one) => (one.count > best.count ? one : best)).sign
}

type WithInfo = { readonly record: string[]; readonly info: { readonly lines: number } }

function recordsOf(text: string, delimiter: string): { ok: true; rows: RawRow[] } | NoTable {
  const options = { delimiter, info: true, skipEmptyLines: true, relaxColumnCount: true, relaxQuotes: true }
  try {
    const read = parse(text, options) as unknown as WithInfo[]
    return { ok: true, rows: read.map(rowOf).filter(({ cells }) => cells.some((cell) => cell !== '')) }
  } catch (error) {
    const { lines } = error as { lines?: number }
    const isQuote = errorCode(error) === 'CSV_QUOTE_NOT_CLOSED'
    return { ok: false, because: isQuote ? 'quote' : 'unreadable', ...(lines !== undefined && { line: lines }) }
  }
}

/** The reader tells the line on which a row ends. */
function rowOf({ record, info }: WithInfo): RawRow {
  const broken = record.reduce((sum, cell) => sum + cell.split('\n').length - 1, 0)
  return { line: info.lines - broken, cells: record.map((cell) => cell.trim()) }
}
