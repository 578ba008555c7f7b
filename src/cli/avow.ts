import { resolve } from 'node:path'
import { callControl } from '../db/index.ts'
import type { ControlAnswer } from './answers.ts'

const usage = `avow staff [label] [owner|desk]  prints a sign-in link for the desk (15 minutes, once)
avow leave <label>               signs a member of staff out for good
avow ping                        says whether the shop runs on this data folder`

const [ask = '', label, role] = process.argv.slice(2)
const data = resolve(process.env['AVOW_DATA'] ?? './data')
const isKnown = ['staff', 'leave', 'ping'].includes(ask) && (ask !== 'leave' || label !== undefined)

process.exitCode = isKnown ? await main() : help()

function help(): number {
  process.stdout.write(`${usage}\n`)
  return ask === '' || ask === 'help' ? 0 : 2
}

async function main(): Promise<number> {
  try {
    const answer = (await callControl(data, { ask, ...(label && { label }), ...(role && { role }) })) as ControlAnswer
    return tell(answer)
  } catch {
    process.stderr.write(`Avow does not run on ${data}. Start it with npm start, or set AVOW_DATA.\n`)
    return 1
  }
}

function tell({ say, failed }: ControlAnswer): number {
  if (failed) process.stderr.write(`${say}\n`)
  else process.stdout.write(`${ask === 'ping' ? `Avow runs on ${data}.` : say}\n`)
  return failed ? 1 : 0
}
