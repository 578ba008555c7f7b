import { resolve } from 'node:path'
import { callControl } from '../db/index.ts'

const usage = `avow staff   prints a sign-in link for the desk (15 minutes, once)
avow ping    says whether the shop runs on this data folder`

const command = process.argv[2] ?? ''
const data = resolve(process.env['AVOW_DATA'] ?? './data')

async function main(): Promise<number> {
  if (command !== 'staff' && command !== 'ping') {
    process.stdout.write(`${usage}\n`)
    return command === '' || command === 'help' ? 0 : 2
  }
  try {
    const answer = (await callControl(data, { ask: command })) as { link?: string }
    process.stdout.write(`${answer.link ?? `Avow runs on ${data}.`}\n`)
    return 0
  } catch {
    process.stderr.write(`Avow does not run on ${data}. Start it with npm start, or set AVOW_DATA.\n`)
    return 1
  }
}

process.exitCode = await main()
