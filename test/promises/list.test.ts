import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { promises } from '../../src/policy/index.ts'

/** Every row of the table of promises that the project started from. */
const TABLE = [
  'purpose',
  'need-to-share',
  'committed-partners',
  'never-sold',
  'kept-secure',
  'told',
  'categories',
  'minimum',
  'told-first',
  'asked-further',
  'may-decline',
  'by-correspondence',
  'by-support',
  'by-enquiry',
  'by-campaign',
  'by-registration',
  'by-purchase',
  'by-survey',
  'hosted-cards',
  'regnow',
  'swreg',
  'card-for-payment-only',
  'card-deleted',
  'kept-for-registration',
  'cookies-explained',
  'visits-counted',
  'cookies-unique-and-own',
  'cookies-harmless',
  'cookies-refusable',
]

const kept = promises.filter((row) => row.state === 'kept' || row.state === 'partly')

/** The tests of a file, by what it really calls; a line that is commented out or skipped is none. */
function testsIn(path: string): number {
  const text = readFileSync(path, 'utf8').replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '')
  expect([path, /\b(test|describe|it)(\.\w+)*\.(skip|todo|only)\b/.test(text)]).toEqual([path, false])
  return [...text.matchAll(/^\s*test(\.each\([\s\S]*?\))?\(/gm)].length
}

test('every row of the table has its line in the program, and there is no other', () => {
  expect(TABLE).toHaveLength(29)
  expect(promises.map((row) => row.id).sort()).toEqual([...TABLE].sort())
})

test('every promise that is said to be kept, or kept in part, has a file of tests that attack it', () => {
  expect(kept.length).toBeGreaterThan(0)
  for (const { id, test: path = '' } of kept) {
    expect([id, existsSync(path)]).toEqual([id, true])
    expect([id, testsIn(path) > 0]).toEqual([id, true])
    expect(readFileSync(path, 'utf8'), `${id} opens no shop to attack`).toMatch(/openShop\(/)
  }
})

test('every file of tests belongs to a promise that the program says it keeps', () => {
  const files = readdirSync('test/promises').filter((name) => name !== 'list.test.ts')
  expect(files.length).toBeGreaterThan(0)
  expect(files.sort()).toEqual(kept.map(({ id }) => `${id}.db.test.ts`).sort())
})
