import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  after,
  dayIn,
  dayStartIn,
  earlier,
  instant,
  instantFromSeconds,
  later,
  movableClock,
  waitAtMost,
  yearEndIn,
} from './clock.ts'

const moment = fc.date({
  min: instant('1990-01-01T00:00:00Z'),
  max: instant('2090-01-01T00:00:00Z'),
  noInvalidDate: true,
})
const day = (at: Date): string => at.toISOString().slice(0, 10)

test.each([
  ['2030-01-31T10:00:00Z', 'P1M', '2030-02-28'],
  ['2028-01-31T10:00:00Z', 'P1M', '2028-02-29'],
  ['2028-02-29T10:00:00Z', 'P1Y', '2029-02-28'],
  ['2030-12-31T10:00:00Z', 'P2M', '2031-02-28'],
  ['2030-03-30T10:00:00Z', 'P60D', '2030-05-29'],
  ['2030-03-30T23:30:00Z', 'PT24H', '2030-03-31'],
  ['2030-01-31T10:00:00Z', 'P1M1D', '2030-03-01'],
])('%s and %s is the %s, a day that exists', (start, period, end) => {
  expect(day(after(instant(start), period))).toBe(end)
})

test('a longer period never ends sooner, and every period ends at the same time of day', () => {
  fc.assert(
    fc.property(moment, fc.nat(600), fc.nat(600), (start, a, b) => {
      const [short, long] = [Math.min(a, b), Math.max(a, b)]
      expect(after(start, `P${long}M`).getTime()).toBeGreaterThanOrEqual(after(start, `P${short}M`).getTime())
      expect(after(start, `P${long}M`).toISOString().slice(11)).toBe(start.toISOString().slice(11))
    }),
  )
})

test('a month ends on the same day or on the last of the month, never in the month after', () => {
  fc.assert(
    fc.property(moment, fc.nat(600), (start, months) => {
      const end = after(start, `P${months}M`)
      expect(end.getUTCDate()).toBeLessThanOrEqual(start.getUTCDate())
      const passed = (end.getUTCFullYear() - start.getUTCFullYear()) * 12 + end.getUTCMonth() - start.getUTCMonth()
      expect(passed).toBe(months)
    }),
  )
})

test.each(['', 'P', 'P1', '1D', 'P-1D', 'P1.5D', 'P1W', 'PT1S', 'p1d'])('%j is no period', (text) => {
  expect(() => after(instant('2030-01-01T00:00:00Z'), text)).toThrow('not a period')
})

test('text that is no date is refused, and a processor’s seconds are read in UTC', () => {
  expect(() => instant('tomorrow')).toThrow('not an ISO 8601 instant')
  expect(instantFromSeconds(1_893_456_000).toISOString()).toBe('2030-01-01T00:00:00.000Z')
})

test('a day is the day of the place: at the same instant it is tomorrow in Brussels and still today in New York', () => {
  const at = instant('2030-06-30T22:30:00Z')
  expect([dayIn('Europe/Brussels', at), dayIn('America/New_York', at)]).toEqual(['2030-07-01', '2030-06-30'])
})

test.each([
  ['UTC', '2030-06-30T22:30:00Z', '2030-12-31T23:59:59.999Z'],
  ['Europe/Brussels', '2030-12-31T22:30:00Z', '2030-12-31T22:59:59.999Z'],
  ['Europe/Brussels', '2030-12-31T23:30:00Z', '2031-12-31T22:59:59.999Z'],
  ['America/New_York', '2031-01-01T04:30:00Z', '2031-01-01T04:59:59.999Z'],
  ['Pacific/Kiritimati', '2030-12-31T09:00:00Z', '2030-12-31T09:59:59.999Z'],
  ['Asia/Kathmandu', '2030-03-01T00:00:00Z', '2030-12-31T18:14:59.999Z'],
])('in %s the year of %s ends at %s', (zone, at, end) => {
  expect(yearEndIn(zone, instant(at)).toISOString()).toBe(end)
})

test.each([
  ['UTC', '2030-03-31', '2030-03-31T00:00:00.000Z'],
  ['Europe/Brussels', '2030-03-31', '2030-03-30T23:00:00.000Z'],
  ['Europe/Brussels', '2030-04-01', '2030-03-31T22:00:00.000Z'],
  ['Pacific/Kiritimati', '2030-01-01', '2029-12-31T10:00:00.000Z'],
])('in %s the day %s begins at %s', (zone, day, start) => {
  expect(dayStartIn(zone, day).toISOString()).toBe(start)
})

test('the clock of a test moves only when told to', () => {
  const clock = movableClock(instant('2030-01-01T00:00:00Z'))
  clock.advance(1500)
  expect(clock.now()).toEqual(later(instant('2030-01-01T00:00:00Z'), 1500))
  expect(earlier(clock.now(), 1500)).toEqual(instant('2030-01-01T00:00:00Z'))
})

test('work that takes too long is not waited for, and its failure later is nobody’s; what fails in time is said', async () => {
  let fail: (error: Error) => void = () => {}
  const work = new Promise<never>((_, reject) => (fail = reject))
  await expect(waitAtMost(1, work)).resolves.toBeUndefined()
  fail(new Error('later'))
  await expect(waitAtMost(60_000, Promise.reject(new Error('now')))).rejects.toThrow('now')
})
