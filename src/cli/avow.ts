import { resolve } from 'node:path'
import { callControl } from '../db/index.ts'
import type { ControlAnswer } from './answers.ts'

const usage = `avow staff [label] [owner|desk]  prints a sign-in link for the desk (15 minutes, once)
avow leave <label>               signs a member of staff out for good
avow ping                        says whether the shop runs on this data folder`

const [ask = '', label, role] = process.argv.slice(2)
const data = resolve(process.env['AVOW_DATA'] ?? './data')

async function main(): Promise<number> {
  if (!['staff', 'leave', 'ping'].includes(ask) || (ask === 'leave' && !label)) {
    process.stdout.write(`${usage}\n`)
    return ask === '' || ask === 'help' ? 0 : 2
  }
  try {
    const answer = (await callControl(data, { ask, ...(label && { label }), ...(role && { role }) })) as ControlAnswer
    if (answer.failed) process.stderr.write(`${answer.say}\n`)
    else process.stdout.write(`${ask === 'ping' ? `Avow runs on ${data}.` : answer.say}\n`)
    return answer.failed ? 1 : 0
  } catch {
    process.stderr.write(`Avow does not run on ${data}. Start it with npm start, or set AVOW_DATA.\n`)
    return 1
  }
}

process.exitCode = await main()
