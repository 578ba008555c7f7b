import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { Source } from '../../src/db/index.ts'
import { buildProgram, refusedStart, startProgram } from '../program.ts'
import { visitor } from '../shop.ts'
import { freshHome, type Home } from './home.ts'

const SENTENCE = /^The keys in the key folder belong to another database\. Nothing was changed\. [^\n]+\n$/

let dist = ''
beforeAll(async () => {
  dist = await buildProgram('otherKeys')
})

const homes: Home[] = []
afterEach(() => homes.splice(0).forEach((home) => home.remove()))
async function home(kind: Source['kind']): Promise<Home> {
  const made = await freshHome(kind)
  homes.push(made)
  return made
}

describe.each<Source['kind']>(['pglite', 'postgres'])('on %s', (kind) => {
  test('keys of another database are refused and stay as they are, and their own database still opens with them', async () => {
    const own = await home(kind)
    const first = await startProgram({ dist, ...own })
    await visitor(first).buy('tally', { email: 'ada@quill.example', country: 'BE' })
    expect((await first.stop()).code).toBe(0)
    const slots = readFileSync(join(own.keys, 'slots'))
    expect(slots.length).toBeGreaterThan(0)

    const other = await home(kind)
    const empty = await refusedStart({ dist, ...other, keys: own.keys })
    expect([empty.code, empty.out]).toEqual([1, ''])
    expect(empty.err).toMatch(SENTENCE)
    const used = await startProgram({ dist, ...other })
    await used.stop()
    expect((await refusedStart({ dist, ...other, keys: own.keys })).err).toMatch(SENTENCE)
    expect((await refusedStart({ dist, ...own, keys: other.keys })).err).toMatch(SENTENCE)
    expect(readFileSync(join(own.keys, 'slots')).equals(slots)).toBe(true)

    const again = await startProgram({ dist, ...own })
    expect(await visitor(again).mailTo('ada@quill.example', 'receipt')).toContain('HS-')
    await again.stop()
  })
})

test('of two first starts on one database, each with keys of its own, one is refused', async () => {
  const [one, two] = [await home('postgres'), await home('postgres')]
  const starts = [
    { dist, ...one },
    { dist, ...two, source: one.source },
  ].map((place) => startProgram(place))
  const ends = await Promise.allSettled(starts)
  const started = ends.flatMap((end) => (end.status === 'fulfilled' ? [end.value] : []))
  const refused = ends.flatMap((end) => (end.status === 'rejected' ? [String(end.reason)] : []))
  expect(started).toHaveLength(1)
  expect(refused).toEqual([expect.stringContaining('belong to another database')])
  for (const program of started) expect((await fetch(program.store)).status).toBe(200)
  for (const program of started) await program.stop()
})
