import { expect, test } from 'vitest'
import { realClock, virtualClock } from './clock.ts'

const HOUR = 3_600_000

test('a virtual clock stands still until it is moved, and then does in order what comes due, each at its own time', async () => {
  const clock = virtualClock()
  const start = clock.now()
  const seen: [string, number][] = []
  const note = (name: string) => async () => {
    await Promise.resolve()
    seen.push([name, clock.now() - start])
  }
  clock.after(2 * HOUR, note('late'))
  clock.after(HOUR, note('early'))
  clock.after(HOUR, () => clock.after(HOUR / 2, note('from early')))
  clock.after(4 * HOUR, note('never'))
  expect([seen, clock.now() - start]).toEqual([[], 0])
  await clock.advance(3 * HOUR)
  expect(seen).toEqual([
    ['early', HOUR],
    ['from early', 1.5 * HOUR],
    ['late', 2 * HOUR],
  ])
  expect(clock.now() - start).toBe(3 * HOUR)
})

test('work that waits on a virtual clock does not hold the clock up', async () => {
  const clock = virtualClock()
  const seen: string[] = []
  clock.after(0, async () => {
    await clock.wait(HOUR)
    seen.push('waited')
  })
  clock.after(HOUR / 2, () => seen.push('between'))
  await clock.advance(HOUR)
  await Promise.resolve()
  expect(seen).toEqual(['between', 'waited'])
})

test('work that fails on a virtual clock fails the one who moves it', async () => {
  const clock = virtualClock()
  clock.after(1, () => Promise.reject(new Error('broken')))
  await expect(clock.advance(1)).rejects.toThrow('broken')
})

test('a real clock goes by itself, and does at once what a move makes due, and only once', async () => {
  const clock = realClock()
  const before = clock.now()
  const seen: string[] = []
  clock.after(40 * 24 * HOUR, () => seen.push('far'))
  clock.after(HOUR, () => seen.push('near'))
  await clock.advance(HOUR)
  expect(seen).toEqual(['near'])
  await clock.advance(HOUR)
  expect([seen, clock.now() - before >= 2 * HOUR]).toEqual([['near'], true])
  await new Promise<void>((done) => clock.after(1, done))
})
