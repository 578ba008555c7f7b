import { expect, test } from 'vitest'
import { movableClock } from '../../lib/index.ts'
import { openLimiter } from './limits.ts'

const start = new Date('2026-11-22T23:59:00Z')
const rates = { forms: { burst: 3, perMinute: 6 } }

test('a sender may do so often at once, then as often as time allows', () => {
  const clock = movableClock(start)
  const limits = openLimiter({ now: clock.now, rates })
  expect([1, 2, 3, 4].map(() => limits.take('forms', '192.0.2.1'))).toEqual([true, true, true, false])
  clock.advance(10_000)
  expect([limits.take('forms', '192.0.2.1'), limits.take('forms', '192.0.2.1')]).toEqual([true, false])
})

test('senders and groups do not use up what is left to others', () => {
  const limits = openLimiter({ now: movableClock(start).now, rates: { ...rates, keys: { burst: 1, perMinute: 1 } } })
  for (let times = 0; times < 4; times++) limits.take('forms', '192.0.2.1')
  expect(limits.take('forms', '192.0.2.2')).toBe(true)
  expect(limits.take('keys', '192.0.2.1')).toBe(true)
  expect(limits.take('unlimited', '192.0.2.1')).toBe(true)
})

test('nothing is remembered past the day, not even as a hash', () => {
  const clock = movableClock(start)
  const limits = openLimiter({ now: clock.now, rates: { forms: { burst: 1, perMinute: 0 } } })
  expect([limits.take('forms', 'a'), limits.take('forms', 'a')]).toEqual([true, false])
  clock.advance(120_000)
  expect(limits.take('forms', 'a')).toBe(true)
})

test('a flood of senders cannot wash out the record of its own', () => {
  const limits = openLimiter({ now: movableClock(start).now, rates: { forms: { burst: 2, perMinute: 0 } } })
  for (let sender = 0; sender < 20_010; sender++) {
    limits.take('forms', `flood ${sender}`)
    if (sender % 5_000 === 0) limits.take('forms', 'mallory')
  }
  expect(limits.take('forms', 'mallory')).toBe(false)
})
