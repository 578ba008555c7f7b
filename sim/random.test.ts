import { expect, test } from 'vitest'
import { anySeed, seeded, xoshiro } from './random.ts'

test('the generator is xoshiro128**', () => {
  const draw = xoshiro([1, 2, 3, 4])
  const known = [11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804]
  expect(known.map(() => draw())).toEqual(known)
})

test('the same seed gives the same ids, chances and orders, and another seed gives others', () => {
  const run = (seed: number): unknown => {
    const random = seeded(seed)
    return [random.id('evt'), random.next(), random.below(1000), random.shuffled([1, 2, 3, 4, 5, 6, 7, 8, 9])]
  }
  expect(run(7)).toEqual(run(7))
  expect(run(7)).not.toEqual(run(8))
  expect(Number.isInteger(anySeed())).toBe(true)
})

test('chance is even, and mixing loses nothing', () => {
  const random = seeded(1)
  const counts = Array.from({ length: 6 }, () => 0)
  for (let round = 0; round < 60_000; round += 1) counts[random.below(6)]! += 1
  for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(500)
  const mixed = random.shuffled('abcdefgh'.split(''))
  expect([mixed.length, [...mixed].sort().join('')]).toEqual([8, 'abcdefgh'])
  expect(new Set(Array.from({ length: 50 }, () => random.shuffled(['a', 'b', 'c']).join(''))).size).toBe(6)
})
