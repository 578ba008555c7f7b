import { expect, test } from 'vitest'
import { drawn, mix, openBox, put, sealBox, shuffled, type Ballot, type Ballots } from './box.ts'

const key = new Uint8Array(32).fill(5)
const name = { survey: 's', half: 'fresh' } as const
const ballot = (one: number, text = 'x'): Ballot => ({ said: [[0], text], receipt: `r${one}` })

function filled(count: number, text?: string): Ballots {
  let box: Ballots = { fresh: [], rest: [] }
  for (let one = 0; one < count; one += 1) {
    const done = put(box, ballot(one, text), drawn)
    if (done.outcome === 'full') break
    box = done.box
  }
  return box
}

const all = ({ fresh, rest }: Ballots): string[] => [...fresh, ...rest].map(({ receipt }) => receipt)

test('a box opens whole, and only with its key, its survey and its half', () => {
  const sealed = sealBox(key, name, [ballot(1)])
  expect(openBox(key, name, sealed)).toEqual([ballot(1)])
  expect(() => openBox(new Uint8Array(32), name, sealed)).toThrow(/authenticate/)
  expect(() => openBox(key, { ...name, survey: 't' }, sealed)).toThrow(/authenticate/)
  expect(() => openBox(key, { ...name, half: 'rest' }, sealed)).toThrow(/authenticate/)
  sealed[40] = (sealed[40] ?? 0) ^ 1
  expect(() => openBox(key, name, sealed)).toThrow(/authenticate/)
})

test('an answer of ten words and one of a hundred are of one size in the box', () => {
  const [short, long] = [ballot(1, 'word '.repeat(10)), ballot(1, 'word '.repeat(100))]
  expect(sealBox(key, name, [short])).toHaveLength(sealBox(key, name, [long]).length)
})

test('nothing is lost and nothing is doubled on the way into a box of any size', () => {
  for (const count of [1, 5, 96, 97, 98, 400]) {
    const receipts = all(filled(count))
    expect(receipts).toHaveLength(count)
    expect(new Set(receipts).size).toBe(count)
  }
})

test('the small half never holds only what came last', () => {
  const box = filled(97)
  expect(box.fresh.length).toBeGreaterThanOrEqual(32)
  const next = put(box, ballot(1000), drawn)
  if (next.outcome === 'full') throw new Error('full')
  expect(next.box.fresh.length).toBeGreaterThan(32)
  expect(mix([...box.fresh, ...box.rest], drawn).fresh.length).toBeGreaterThanOrEqual(32)
})

test('a box that is filled on purpose takes no more, and keeps what it has', () => {
  const box = filled(6000, 'x'.repeat(1000))
  const count = all(box).length
  expect(count).toBeGreaterThan(1000)
  expect(count).toBeLessThan(6000)
  expect(put(box, ballot(7000, 'x'.repeat(1000)), drawn)).toEqual({ outcome: 'full' })
})

test('every place of an order is as likely for every thing', () => {
  const times = Array.from({ length: 5 }, () => [0, 0, 0, 0, 0])
  for (let round = 0; round < 20_000; round += 1)
    for (const [place, thing] of shuffled([0, 1, 2, 3, 4], drawn).entries()) times[thing]![place]! += 1
  for (const row of times) for (const count of row) expect(Math.abs(count - 4000)).toBeLessThan(400)
})
