import { resolve } from 'node:path'
import { callControl } from '../db/index.ts'
import type { ControlAnswer } from './answers.ts'
import { scan } from './scan.ts'
import { importFile, readImport } from './imports.ts'
import { loadFile } from './serials.ts'

const usage = `avow staff [label] [owner|desk]  prints a sign-in link for the desk (15 minutes, once)
avow leave <label>               signs a member of staff out for good
avow serials <file.csv>          takes in serial numbers of copies sold elsewhere (product,serial,source)
avow scan [path…]                looks for card numbers in the data and key folders, or in what is named (1: found or not all seen)
avow import <file> --as <name>   takes in a report of sales made elsewhere; add --dry-run to try it and write nothing
                                 (swreg, regnow, stripe, paddle, gumroad, lemonsqueezy, or a mapping of yours: name.json)
avow new-key                     makes a new key for the notices that a processor seals to you
avow ping                        says whether the shop runs on this data folder`

const [ask = '', label, role] = process.argv.slice(2)
const data = resolve(process.env['AVOW_DATA'] ?? './data')
const paths = process.argv.slice(3)
const report = ask === 'import' ? readImport(paths) : undefined
const isKnown =
  ['staff', 'new-key', 'ping'].includes(ask) ||
  (ask === 'scan' && !paths.some((path) => path.startsWith('-'))) ||
  (['leave', 'serials'].includes(ask) && label !== undefined) ||
  report !== undefined

process.exitCode = isKnown ? await main() : help()

function help(): number {
  process.stdout.write(`${usage}\n`)
  return ask === '' || ask === 'help' ? 0 : 2
}

async function main(): Promise<number> {
  try {
    if (ask === 'scan') return await search()
    if (ask === 'serials') return await serials(label ?? '')
    if (report) return await takeIn(report)
    const answer = (await callControl(data, { ask, ...(label && { label }), ...(role && { role }) })) as ControlAnswer
    return tell(answer)
  } catch (error) {
    if (error instanceof RangeError) return tell({ say: error.message, failed: true })
    process.stderr.write(`Avow does not run on ${data}. Start it with npm start, or set AVOW_DATA.\n`)
    return 1
  }
}

function search(): Promise<number> {
  const own = [data, resolve(process.env['AVOW_KEYS'] ?? './keys')]
  const say = (line: string): unknown => process.stdout.write(`${line}\n`)
  const tell = (line: string): unknown => process.stderr.write(`${line}\n`)
  return scan(paths, own, { env: process.env, say, tell })
}

async function serials(file: string): Promise<number> {
  const { say, refused } = await loadFile(data, file, (done) => process.stderr.write(`${done}\n`))
  for (const line of refused) process.stderr.write(`${line}\n`)
  process.stdout.write(`${say}\n`)
  return refused.length > 0 ? 1 : 0
}

async function takeIn(asked: NonNullable<typeof report>): Promise<number> {
  const { say, refused, columns, readAs } = await importFile(data, asked, (done) => process.stderr.write(`${done}\n`))
  for (const line of refused) process.stderr.write(`${line}\n`)
  process.stdout.write(`${[`Read as: ${readAs}.`, ...columns.map((line) => `Columns ${line}.`), say].join('\n')}\n`)
  return refused.length > 0 ? 1 : 0
}

function tell({ say, failed }: ControlAnswer): number {
  if (failed) process.stderr.write(`${say}\n`)
  else process.stdout.write(`${ask === 'ping' ? `Avow runs on ${data}.` : say}\n`)
  return failed ? 1 : 0
}
