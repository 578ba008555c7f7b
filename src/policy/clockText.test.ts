import { expect, test } from 'vitest'
import { isLonger, keptText, periodText, untilText } from './clockText.ts'

test('a clock is said in words', () => {
  expect(keptText({ from: 'delivered', period: 'P60D' })).toBe('kept until 60 days after delivery')
  expect(keptText({ from: 'left', period: 'P0D' })).toBe('kept until you give it up or have it erased')
  expect(untilText({ from: 'yearEnd', period: 'P10Y' })).toBe('until 10 years after the end of the year of the sale')
  expect(untilText({ from: 'signedIn', period: 'PT1H' })).toBe('until 1 hour after signing in')
})

test('months and minutes are told apart', () => {
  expect(periodText('P1M')).toBe('1 month')
  expect(periodText('PT30M')).toBe('30 minutes')
  expect(periodText('P1Y2M3DT4H5M')).toBe('1 year and 2 months and 3 days and 4 hours and 5 minutes')
})

test('a period is longer when it is so from any day of the year', () => {
  expect(isLonger('P2M', 'P60D')).toBe(true)
  expect(isLonger('P2M', 'P62D')).toBe(false)
  expect(isLonger('P1Y', 'P12M')).toBe(false)
  expect(isLonger('P366D', 'P1Y')).toBe(true)
  expect(isLonger('PT24H', 'P1D')).toBe(false)
})
