import { expect, test } from 'vitest'
import { currencyOf, readAmount } from './amount.ts'
import { countryOf } from './country.ts'
import { decode } from './decode.ts'
import { readTable } from './table.ts'
import { readWhen } from './when.ts'

const point = { decimalMark: '.', amounts: 'major' } as const
const comma = { decimalMark: ',', amounts: 'major' } as const

test.each([
  ['1,234.50', 'USD', 123450],
  ['1.234,50', 'USD', 123450],
  ['1.234.567,8', 'USD', 123456780],
  ['1 234,50', 'EUR', 123450],
  ["1'234.50", 'CHF', 123450],
  ['12.00 USD', 'USD', 1200],
  ['USD 12', 'USD', 1200],
  ['€12,5', 'EUR', 1250],
  ['-5.00', 'USD', -500],
  ['−5.00', 'USD', -500],
  ['-€5.00', 'EUR', -500],
  ['(5.00)', 'USD', -500],
  ['$19', 'USD', 1900],
  ['-0.00', 'USD', 0],
  ['1,234', 'USD', 123400],
  ['1200', 'JPY', 1200],
  ['1,200', 'JPY', 1200],
  ['12.00', 'JPY', 12],
  ['1.234', 'KWD', 1234],
  ['1,234.5', 'KWD', 1234500],
  ['12.5000', 'USD', 1250],
])('an amount is read as it was meant: %s %s', (text, currency, minor) => {
  expect(readAmount(text, currency, point)).toEqual({ minor, currency })
})

test.each([
  ['1.234', 'USD'], // 1.23 and a bit, or one thousand
  ['12.345', 'EUR'],
  ['12.50', 'JPY'],
  ['1,23,456', 'USD'],
  ['1.2.3', 'USD'],
  ['12 34', 'USD'],
  ['12.', 'USD'],
  ['12.00 EUR', 'USD'],
  ['12.00 QQQ', 'USD'],
  ['USD 12 EUR', undefined],
  ['1-2', 'USD'],
  ['--5', 'USD'],
  ['(5.00', 'USD'],
  ['5e3', 'USD'],
  ['', 'USD'],
  ['99999999999999999', 'USD'],
  ['$19', undefined],
])('an amount that could be another one is not guessed: %s %s', (text, currency) => {
  expect(readAmount(text, currency, point)).toBeUndefined()
})

test('the mark of a mapping decides between thousands and decimals, and minor units have none', () => {
  expect(readAmount('1.234', 'USD', comma)?.minor).toBe(123400)
  expect(readAmount('1,234', 'USD', comma)).toBeUndefined()
  expect(readAmount('1,234', 'KWD', comma)?.minor).toBe(1234)
  const minor = { decimalMark: '.', amounts: 'minor' } as const
  expect([readAmount('2299', 'EUR', minor)?.minor, readAmount('22.99', 'EUR', minor)]).toEqual([2299, undefined])
  expect([currencyOf(' eur '), currencyOf('XYZ')]).toEqual(['EUR', undefined])
})

test.each([
  ['2024-02-29', 'iso', '2024-02-29T12:00:00.000Z'],
  ['2024-02-29T09:30:00Z', 'iso', '2024-02-29T09:30:00.000Z'],
  ['2024-02-29 09:30:00.123456 UTC', 'iso', '2024-02-29T09:30:00.000Z'],
  ['2024-02-29T09:30:00-0800', 'iso', '2024-02-29T17:30:00.000Z'],
  ['2024-02-29 09:30', 'iso', '2024-02-29T08:30:00.000Z'],
  ['02/29/2024', 'MM/DD/YYYY', '2024-02-29T12:00:00.000Z'],
  ['29.2.2024', 'DD.MM.YYYY', '2024-02-29T12:00:00.000Z'],
  ['29-Feb-2024 9:05', 'DD-MMM-YYYY HH:mm', '2024-02-29T08:05:00.000Z'],
  ['February 29, 2024', 'MMM DD, YYYY', '2024-02-29T12:00:00.000Z'],
  ['1709199000', 'unix', '2024-02-29T09:30:00.000Z'],
])('a date is read in the format that the mapping names: %s', (text, format, at) => {
  expect(readWhen(text, ['YYYY', format], '+01:00')?.toISOString()).toBe(at)
})

test.each(['30/02/2024', '2023-02-29', '29/13/2024', '12:00', '2024-02-29T25:00', '29.02.24', 'soon', ''])(
  'what is no day of the calendar is no date: %s',
  (text) => {
    expect(readWhen(text, ['iso', 'DD/MM/YYYY', 'DD.MM.YYYY', 'DD-MMM-YYYY'], 'Z')).toBeUndefined()
  },
)

test('a country is known by its code, its name, and what it was called before', () => {
  const codes = ['de', 'Germany', 'France', 'UK', 'United Kingdom', 'USA', 'Turkey', 'Türkiye', "Côte d'Ivoire"]
  expect(codes.map(countryOf).slice(0, 7)).toEqual(['DE', 'DE', 'FR', 'GB', 'GB', 'US', 'TR'])
  expect(countryOf('Türkiye')).toBe('TR')
  expect(['EU', 'QQ', 'ZZ', 'Atlantis', ''].map(countryOf)).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
    undefined,
  ])
})

test('a file is read whatever it is encoded in', () => {
  const text = 'Näme;Größe\n'
  const wide = Buffer.from(text, 'utf16le')
  const big = Buffer.from(text, 'utf16le').swap16()
  expect(decode(Buffer.from(text))).toBe(text)
  expect(decode(Buffer.from(`\ufeff${text}`))).toBe(text)
  expect(decode(Buffer.concat([Buffer.from([0xff, 0xfe]), wide]))).toBe(text)
  expect(decode(Buffer.concat([Buffer.from([0xfe, 0xff]), big]))).toBe(text)
  expect([decode(wide), decode(big)]).toEqual([text, text])
  expect(decode(Buffer.from(text, 'latin1'))).toBe(text)
  expect(decode(Buffer.from([0x80, 0x93]))).toBe('€“')
})

test('a table has the line on which each row begins, through line breaks in quotation marks and empty lines', () => {
  const read = readTable(Buffer.from('\r\n"a;x";b\r\n1;"two\r\nlines"\r\n\r\n;\r\n3;"says ""so"""\r\n'))
  expect(read).toEqual({
    ok: true,
    table: {
      head: ['a;x', 'b'],
      rows: [
        { line: 3, cells: ['1', 'two\nlines'] },
        { line: 7, cells: ['3', 'says "so"'] },
      ],
    },
  })
  expect(readTable(Buffer.from('a\tb,c\n1\t2,3\n'))).toMatchObject({ table: { head: ['a', 'b,c'] } })
  expect(readTable(Buffer.from('a,b\n'))).toEqual({ ok: false, because: 'empty' })
  expect(readTable(new Uint8Array())).toEqual({ ok: false, because: 'empty' })
  expect(readTable(Buffer.from('a,b\n1,"open\n2,3\n'))).toMatchObject({ ok: false, because: 'quote' })
  expect(readTable(Buffer.from('a,4242 4242 4242 4242\n1,2\n'))).toMatchObject({ ok: false, because: 'card', line: 1 })
})
