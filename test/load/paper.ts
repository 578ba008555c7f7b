import type { Readable } from 'node:stream'
import { addressLines, labelsPdf, lettersPdf } from '../../src/contact/index.ts'
import { ADDRESSES } from '../addresses.ts'

const MANY = 5000
const madeAt = new Date('2026-11-25T09:00:00Z')
const places = Array.from({ length: MANY }, (_, at) => ADDRESSES[at % ADDRESSES.length] ?? {})
const rows = places.map((place) => addressLines(place, 'BE'))
const words = 'We keep what you wrote as long as it takes to answer it, and not a day longer than our policy says. '

/** Run with `labels` or `letters` to see the memory of one alone. Prints a run as a shop would: the file is read piece by piece and not kept. */
async function print(what: string, make: () => { pdf: Readable }): Promise<void> {
  const began = process.cpuUsage()
  const started = performance.now()
  let size = 0
  for await (const part of make().pdf) size += (part as Buffer).length
  const { user, system } = process.cpuUsage(began)
  const seconds = `${((performance.now() - started) / 1000).toFixed(1)} s (${((user + system) / 1e6).toFixed(1)} s CPU)`
  const memory = Math.round(process.resourceUsage().maxRSS / 1024)
  console.log(`${what.padEnd(32)} ${seconds}   ${(size / 1e6).toFixed(1)} MB   ${memory} MiB at most`)
}

const [, , only = 'both'] = process.argv
if (only !== 'letters') await print(`${MANY} labels, L7160`, () => labelsPdf(rows, 'L7160', madeAt))
const letters = rows.map((to, at) => ({
  to,
  date: '25 November 2026',
  subject: 'Your letter',
  paragraphs: Array.from({ length: 4 }, () => `${at}: ${words.repeat(4)}`),
  small: [words],
}))
const run = {
  sender: ['Higosoft Studio', 'Kraanlei 12', '9000 Gent', 'Belgium'],
  paper: 'a4',
  language: 'en',
  madeAt,
} as const
if (only !== 'labels') await print(`${MANY} letters`, () => lettersPdf(letters, run))
