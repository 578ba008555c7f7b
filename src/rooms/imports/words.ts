import type { Mapping } from './mappings/mapping.ts'
import type { Counts, PastRun } from './queries.ts'
import type { ColumnReport, NoPlan } from './read/plan.ts'
import type { Because, RefusedRow } from './read/row.ts'
import type { NoTable } from './read/table.ts'

const fidelity: Readonly<Record<Mapping['fidelity'], string>> = {
  chosen: 'column names chosen by this project: those of the real report are not known to us',
  published: 'column names as they are published; not tried with an account of ours',
  own: 'your own mapping',
}

const because: Readonly<Record<Because, string>> = {
  cells: 'it has more or fewer columns than the first line',
  sign: 'a sign stands there that cannot be read',
  card: 'a card number stands there. Take it out of the file',
  reference: 'there is no order number, or one with signs that no order number has',
  product: 'there is no product, or a text that is no product’s name',
  quantity: 'the quantity is no whole number from 1 to 9999',
  amount: 'the amount cannot be read without guessing',
  currency: 'there is no such currency',
  status: 'the mapping does not know this word',
  date: 'the date cannot be read',
  future: 'the date has not come yet',
  email: 'this is no e-mail address',
  country: 'there is no such country',
  long: 'the text is too long',
  tooMuchBack: 'more went back than was paid',
  keyLength: 'a licence key has between 8 and 64 letters and digits',
  keyLikeOurs: 'the licence key has the form of a key of this shop',
  keyTaken: 'the licence key belongs to another order',
  otherRow: 'another line of the same order cannot be read',
  mixed: 'one order has several currencies',
  differs: 'the order is known with another amount or currency',
  unknownSale: 'money went back for an order that is not known. Take in the report with its sale first',
}

const table: Readonly<Record<NoTable['because'], string>> = {
  empty: 'There is nothing in the file below its first line.',
  quote: 'A quotation mark is opened and never closed.',
  unreadable: 'This is no file of comma- or tab-separated values.',
  card: 'A card number stands in the first line. Take it out of the file.',
}

const plan: Readonly<Record<NoPlan['because'], string>> = {
  missing: 'The file does not fit. It has no column with the name',
  twice: 'The file does not fit. These columns stand there twice',
}

/** The page of imports, in English. */
export const en = {
  rail: 'Imports',
  title: 'Sales made elsewhere',
  lede: 'Take in the report of a shop or card processor through which you sold before. Each sale becomes an order here, with its payment, its licence key and its owner. No mail is sent and no key is made. Only an order of this shop itself, which a line names and of whose payment nobody told us, is paid by it as by any payment.',
  held: (fields: string) =>
    `Of each buyer only this is held: ${fields}. The country goes when the tax office no longer asks for it, all else when the sale is paid back or the buyer leaves. Every other column about a person is dropped before anything is written, and named in the report.`,
  told: 'These people gave you their data somewhere else. The law (GDPR, article 14) has you tell them within a month, and at the latest when you first write to them. The program does not write to them by itself. Their page “Your data” says where it came from.',
  ownerOnly: 'Only the owner of the business can take in reports.',
  formTitle: 'Take in a report',
  file: 'The report',
  again: 'The same report',
  fileWhy: 'A CSV or TSV file. It is read and not kept.',
  mapping: 'Who made it?',
  ownMapping: 'Another one, with the mapping below',
  own: 'Your own mapping',
  ownWhy: 'Only for another report: what each column means, as JSON. docs/imports.md shows how.',
  dry: 'Try it: read and report, and write nothing',
  take: 'Take it in',
  takeTitle: 'Take in what was tried',
  takeLede: 'The file was not kept, so choose the same one again.',
  chooseFile: 'Choose one file.',
  chooseMapping: 'Choose who made the report.',
  notTried: 'This is not the file, or not the mapping, that was tried. Try it first.',
  tooMany: (most: number) =>
    `The file has more than ${most} lines. Use the command line: npx avow import FILE --as NAME`,
  triedTitle: 'What taking it in would do',
  doneTitle: 'What was taken in',
  rows: 'Lines of the file',
  counts: {
    done: 'read',
    taken: 'taken in',
    known: 'known already',
    unpaid: 'not paid, passed over',
    refused: 'refused',
  },
  countsTable: 'What the lines came to',
  columnsTable: 'What became of the columns',
  column: 'Column',
  became: 'What became of it',
  readAs: (mapping: string) => `Read as: ${mapping}.`,
  columns: {
    dropped: 'dropped: about a person, and no purpose of your policy covers it',
    unneeded: 'dropped: nothing here needs it',
    unknown: 'dropped: the mapping does not know it',
    missing: 'named by the mapping, and not in the file',
    taken: 'read',
  } satisfies Record<keyof ColumnReport, string>,
  refusedTable: 'Lines that were refused',
  line: 'Line',
  why: 'Why',
  more: (count: number) => `And ${count} more.`,
  pastTitle: 'Past runs',
  pastTable: 'Each run, the newest first',
  pastHead: ['When', 'Report', 'By', 'Lines', 'Taken in', 'Known', 'Not paid', 'Refused'],
  pastNone: 'Nothing was taken in yet.',
  stopped: (done: number, lines: number) =>
    `stopped after ${done} of ${lines}. Send the same file again: what is there stays`,
  fidelity,
} as const

/** How a mapping is named, with what is known of its column names. */
export function mappingText({ name, fidelity: known }: Pick<Mapping, 'name' | 'fidelity'>): string {
  return `${name} (${en.fidelity[known]})`
}

/** Why a line was refused, with its number and its column and never with what stands there. */
export function rowText({ line, column, because: why }: RefusedRow): string {
  return column === undefined ? `line ${line}: ${because[why]}` : `line ${line}, ${column}: ${because[why]}`
}

/** Why a line was refused, in the cells of a table. */
export function rowCells({ line, column, because: why }: RefusedRow): string[] {
  return [String(line), column ?? '', because[why]]
}

/** Why a file cannot be read. */
export function fileText({ because: why, line }: NoTable): string {
  return line === undefined ? table[why] : `Line ${line}: ${table[why]}`
}

/** Why a file does not fit a mapping. */
export function planText({ because: why, columns }: NoPlan): string {
  return `${plan[why]}: ${columns.join(', ')}.`
}

/** What the lines came to, in one sentence. */
export function countText({ taken, known, unpaid, refused }: Counts): string {
  return `${taken} lines taken in, ${known} known already, ${unpaid} not paid, ${refused} refused.`
}

/** What became of the columns, a line for each kind. */
export function columnTexts(columns: ColumnReport): string[] {
  const kinds = Object.keys(en.columns) as (keyof ColumnReport)[]
  return kinds
    .filter((kind) => columns[kind].length > 0)
    .map((kind) => `${en.columns[kind]}: ${columns[kind].join(', ')}`)
}

/** How far a run came, where it did not come to its end. */
export function endText({ done, lines, endedAt }: PastRun): string {
  return endedAt ? String(lines) : en.stopped(done, lines)
}
