import fc from 'fast-check'
import { expect, test } from 'vitest'
import { canTake, ourAmount, theirAmount } from './amounts.ts'

test('amounts are counted as the processor counts them, and come back as they went', () => {
  const cases = [
    ['EUR', 5929, 5929],
    ['JPY', 500, 500],
    ['KRW', 500, 500],
    ['KWD', 5120, 5120],
    ['BHD', 1000, 1000],
    ['ISK', 5, 500], // no part of a krona exists, and it is sent in hundredths all the same
    ['HUF', 990, 99_000],
  ] as const
  for (const [currency, minor, theirs] of cases) {
    expect([currency, theirAmount(minor, currency), canTake(minor, currency)]).toEqual([currency, theirs, true])
    expect(ourAmount(theirs, currency)).toBe(minor)
  }
  // 5.124 of a currency with three digits cannot be charged, and what the documentation contradicts itself about is not risked.
  expect([canTake(5124, 'KWD'), canTake(5129, 'BHD'), canTake(1000, 'UGX')]).toEqual([false, false, false])
  const currency = fc.constantFrom('EUR', 'JPY', 'KWD', 'ISK', 'HUF', 'VND', 'TND', 'USD', 'CLP')
  fc.assert(
    fc.property(fc.nat({ max: 1e9 }), currency, (minor, of) => {
      expect(ourAmount(theirAmount(minor, of), of)).toBe(minor)
    }),
  )
})
