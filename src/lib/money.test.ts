import fc from 'fast-check'
import { expect, test } from 'vitest'
import { allocate, formatMoney, minorDigits, minorOf, readMoney, taxWithin, typedMoney } from './money.ts'

const amount = fc.integer({ min: 0, max: 100_000_000 })
const weights = fc.array(fc.integer({ min: 0, max: 1_000_000 }), { minLength: 1, maxLength: 30 })

test('shares add up to the amount to the last cent, and none is further than a cent from its due', () => {
  fc.assert(
    fc.property(amount, weights, (total, over) => {
      const sum = over.reduce((all, weight) => all + weight, 0)
      fc.pre(sum > 0)
      const shares = allocate(total, over)
      expect(shares.reduce((all, share) => all + share, 0)).toBe(total)
      for (const [index, share] of shares.entries())
        expect(Math.abs(share - (total * (over[index] ?? 0)) / sum)).toBeLessThan(1)
    }),
  )
})

test('what carries no weight gets nothing, and more weight never gets less', () => {
  fc.assert(
    fc.property(amount, weights, (total, over) => {
      fc.pre(over.some((weight) => weight > 0))
      const shares = allocate(total, over)
      expect(shares.filter((share, at) => over[at] === 0 && share !== 0)).toEqual([])
      const unfair = shares.filter((share, a) =>
        shares.some((other, b) => (over[a] ?? 0) > (over[b] ?? 0) && share < other),
      )
      expect(unfair).toEqual([])
    }),
  )
})

test('the cent that rounding leaves goes to the first of equals', () => {
  expect(allocate(100, [1, 1, 1])).toEqual([34, 33, 33])
  expect(allocate(5, [3, 7])).toEqual([2, 3])
  expect(allocate(0, [0, 0])).toEqual([0, 0])
  expect(() => allocate(1, [0, 0])).toThrow('nothing to share')
})

test('tax is what is left when the net amount is taken away, and never more than the rate', () => {
  fc.assert(
    fc.property(amount, fc.integer({ min: 0, max: 3000 }), (gross, rate) => {
      const tax = taxWithin(gross, rate)
      expect(Number.isInteger(tax)).toBe(true)
      expect(Math.abs((gross - tax) * (10_000 + rate) - gross * 10_000)).toBeLessThanOrEqual((10_000 + rate) / 2)
    }),
  )
  expect(taxWithin(5929, 2100)).toBe(1029)
  expect(taxWithin(5929, 0)).toBe(0)
})

test('an amount is shown with the digits that its currency has', () => {
  expect(formatMoney({ minor: 5929, currency: 'EUR' })).toBe('€59.29')
  expect(formatMoney({ minor: 5929, currency: 'JPY' })).toBe('¥5,929')
  expect([minorDigits('EUR'), minorDigits('JPY'), minorDigits('KWD')]).toEqual([2, 0, 3])
})

test('an amount is read as it would be typed, in currencies with no, two and three digits of a minor unit', () => {
  for (const currency of ['JPY', 'EUR', 'KWD'])
    fc.assert(fc.property(amount, (minor) => readMoney(typedMoney({ minor, currency }), currency) === minor))
  expect([readMoney('12,5', 'EUR'), readMoney(' 12.50 ', 'EUR'), readMoney('1900', 'JPY')]).toEqual([1250, 1250, 1900])
  for (const typed of ['', '-1', '1.', '.5', '1.234', '1,234.00', '1e3', '€5', '١٢', '9'.repeat(13)])
    expect([typed, readMoney(typed, 'EUR')]).toEqual([typed, undefined])
  expect(readMoney('1.5', 'JPY')).toBeUndefined()
})

test('an amount that a program writes is read back to the same minor units, whatever the currency', () => {
  const written = [
    [5929, 'EUR', '59.29'],
    [500, 'JPY', '500'],
    [1234, 'KWD', '1.234'],
    [5, 'EUR', '0.05'],
  ] as const
  for (const [minor, currency, text] of written) {
    expect(typedMoney({ minor, currency })).toBe(text)
    expect(minorOf(text, currency)).toBe(minor)
  }
  expect([minorOf('19', 'EUR'), minorOf('19.5', 'EUR'), minorOf('500.00', 'JPY')]).toEqual([1900, 1950, 500])
  for (const wrong of ['', ' 19', '19,00', '-19.00', '1e3', '19.001', '€19', '19.00.00', '0x13'])
    expect([wrong, minorOf(wrong, 'EUR')]).toEqual([wrong, undefined])
})
