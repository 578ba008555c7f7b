import { randomBytes, randomInt, randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readableCode } from '../../../lib/index.ts'
import { cardsIn } from './spellings.ts'

/** Begin and length of what each company gives out. */
const BRANDS: readonly (readonly [string, string, number])[] = [
  ['Visa', '4', 16],
  ['Visa', '4', 13],
  ['Visa', '4', 19],
  ['Mastercard', '51', 16],
  ['Mastercard', '2221', 16],
  ['Mastercard', '2720', 16],
  ['American Express', '34', 15],
  ['American Express', '37', 15],
  ['Diners Club', '36', 14],
  ['Diners Club', '305', 14],
  ['Discover', '6011', 16],
  ['Discover', '65', 16],
  ['JCB', '3528', 16],
  ['UnionPay', '62', 16],
  ['UnionPay', '62', 19],
  ['Maestro', '5018', 16],
  ['Maestro', '6759', 18],
  ['Mir', '2200', 16],
  ['RuPay', '82', 16],
  ['Troy', '9792', 16],
]

function luhn(digits: string): number {
  return digits
    .split('')
    .reverse()
    .reduce((sum, sign, place) => {
      const digit = Number(sign) * (place % 2 === 0 ? 1 : 2)
      return sum + (digit > 9 ? digit - 9 : digit)
    }, 0)
}

const withCheck = (body: string): string => body + String((10 - (luhn(`${body}0`) % 10)) % 10)

/** By their check digit thirteen digits can be an article number. */
const isArticle = (digits: string): boolean =>
  digits.length === 13 &&
  digits.split('').reduce((sum, digit, at) => sum + Number(digit) * (at % 2 ? 3 : 1), 0) % 10 === 0

const card = fc
  .tuple(fc.constantFrom(...BRANDS), fc.array(fc.nat(9), { minLength: 19, maxLength: 19 }))
  .map(([[brand, start, length], rest]) => ({ brand, digits: withCheck((start + rest.join('')).slice(0, length - 1)) }))
  .filter(({ digits }) => !isArticle(digits))

function printed(digits: string): string[] {
  if (digits.length === 15) return [digits.slice(0, 4), digits.slice(4, 10), digits.slice(10)]
  if (digits.length === 14) return [digits.slice(0, 4), digits.slice(4, 10), digits.slice(10)]
  if (digits.length === 13) return [digits.slice(0, 4), digits.slice(4, 7), digits.slice(7, 10), digits.slice(10)]
  return digits.match(/.{1,4}/g) ?? []
}

const by =
  (gap: string) =>
  (digits: string): string =>
    printed(digits).join(gap)
const ones =
  (gap: string) =>
  (digits: string): string =>
    digits.split('').join(gap)
const escaped = (text: string): string => text.replace(/[\s\S]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`)
const lines = (text: string): string => (text.match(/.{1,76}/g) ?? []).join('\r\n')

type Spell = (digits: string, before: string, after: string) => string | Buffer

/** Each way in which a card may be written, with what stands before and after it. */
const SPELLINGS: Readonly<Record<string, Spell>> = {
  together: (digits, before, after) => `${before} ${digits} ${after}`,
  'with a name before it': (digits) => `Visa${digits}`,
  'quoted in a log': (digits, before) => JSON.stringify({ said: before, pan: digits }),
  'as a number': (digits) => `{"pan":${digits},"ok":true}`,
  spaces: (digits, before, after) => `${before} ${by(' ')(digits)} ${after}`,
  dashes: (digits, before) => `${before}: ${by('-')(digits)}.`,
  dots: (digits) => by('.')(digits),
  'spaces that do not break': (digits) => by('\u00a0')(digits),
  'long dashes': (digits) => by('\u2013')(digits),
  'thin spaces': (digits) => by('\u2009')(digits),
  underscores: (digits) => by('_')(digits),
  slashes: (digits) => by('/')(digits),
  'a list of texts': (digits) => JSON.stringify({ parts: printed(digits) }),
  'a list in a list': (digits) => JSON.stringify({ said: JSON.stringify(printed(digits)) }),
  'values with names': (digits) =>
    JSON.stringify(Object.fromEntries(printed(digits).map((part, at) => [`part${at}`, part]))),
  'fields of a form': (digits) =>
    printed(digits)
      .map((part, at) => `c${at}=${part}`)
      .join('&'),
  'a list of digits': (digits) => JSON.stringify(digits.split('').map(Number)),
  'digit by digit': (digits) => ones(' ')(digits),
  'digit by digit with dashes': (digits) => ones('-')(digits),
  'over several lines': (digits) => by('\n')(digits),
  'with expiry and code': (digits) => `${by(' ')(digits)} 12 29 123`,
  'UTF-16, low byte first': (digits, before, after) => Buffer.from(`${before} ${digits} ${after}`, 'utf16le'),
  'UTF-16, high byte first': (digits, before, after) =>
    Buffer.from(`${before} ${by(' ')(digits)}${after}x`, 'utf16le').swap16(),
  base64: (digits, before, after) => Buffer.from(`${before} ${digits} ${after}`).toString('base64'),
  'base64 of addresses': (digits, before, after) =>
    Buffer.from(`${before} ${by('-')(digits)} ${after}`).toString('base64url'),
  'base64 behind a path': (digits) => `/files/${Buffer.from(`card ${digits}!`).toString('base64')}`,
  'base64 in a mail': (digits, before, after) =>
    lines(Buffer.from(`${before.repeat(9)} ${digits} ${after.repeat(9)}`).toString('base64')),
  'base64 of UTF-16': (digits, before) => Buffer.from(`${before} ${digits}`, 'utf16le').toString('base64'),
  'every digit escaped': (digits) => `q=${escaped(digits)}`,
  'gaps escaped': (digits) => `q=${by('%20')(digits)}&x=1`,
  'dashes escaped': (digits) => `q=${by('%2D')(digits)}`,
  'plus for space': (digits) => `q=${by('+')(digits)}`,
  'behind an escaped sign': (digits) => `next=%2Fpay%3Fcard%3D${digits}`,
  'escaped twice': (digits) => `q=${by('%2520')(digits)}`,
  'after the length that a database writes': (digits) =>
    Buffer.concat([Buffer.from([0x18, 0x35]), Buffer.from(`${digits} and more`)]),
  'after a length that is a letter': (digits) =>
    Buffer.concat([Buffer.from([0, 0x43]), Buffer.from(`${digits} and some more`)]),
  'between bytes of no text': (digits) =>
    Buffer.concat([Buffer.from([0xff, 0]), Buffer.from(digits), Buffer.from([0, 0xd8])]),
}

const words = fc.constantFrom('', 'ada', 'my card', 'order HS-7K2M-9QXA', 'x'.repeat(7), 'y')

test.each(Object.keys(SPELLINGS))('a card of any company is found: %s', (name) => {
  const brands = ({ brand, digits }: { brand: string; digits: string }, before: string, after: string) => {
    const written = SPELLINGS[name]?.(digits, before, after) ?? ''
    return [brand, ...new Set(cardsIn(Buffer.from(written as string)).map((hit) => hit.brand))]
  }
  const property = fc.property(card, words, words, (one, before, after) => {
    expect(brands(one, before, after)).toEqual([one.brand, one.brand])
  })
  fc.assert(property, { numRuns: 150 })
})

test('the place that is told is where the number begins, in the bytes as they are', () => {
  const at = (text: string | Buffer): number[] => [
    ...new Set(cardsIn(Buffer.from(text as string)).map((hit) => hit.at)),
  ]
  expect(at('card: 4111 1111 1111 1111')).toEqual([6])
  expect(at('q=1&card=%34%31%31%31111111111111')).toEqual([9])
  expect(at(Buffer.from('ab 4111111111111111', 'utf16le'))).toEqual([6])
  expect(at(`data:${Buffer.from('xyz4111111111111111').toString('base64')}`)).toEqual([9])
  expect(at('4111111111111111 and 5555 5555 5555 4444')).toEqual([0, 21])
})

const hex = (bytes: number): string => randomBytes(bytes).toString('hex')
const number = (digits: number): string => Array.from({ length: digits }, () => randomInt(10)).join('')

/** What is in the logs and files of a shop and is no card. */
const NO_CARDS: Readonly<Record<string, () => string>> = {
  UUIDs: () => randomUUID(),
  'order numbers': () => `HS-${readableCode(4)}-${readableCode(4)}`,
  'licence keys': () => Array.from({ length: 5 }, () => readableCode(5)).join('-'),
  'licence keys of digits': () => Array.from({ length: 5 }, () => number(5)).join('-'),
  times: () => new Date(randomInt(2 ** 41)).toISOString(),
  'times without signs': () => new Date(randomInt(2 ** 40, 2 ** 41)).toISOString().replace(/\D/g, ''),
  'times and durations': () =>
    `${new Date(randomInt(2 ** 41)).toISOString().replace('T', ' ')} ${randomInt(9999)} ${Math.random() * 100}`,
  'telephone numbers': () =>
    `+${randomInt(1, 999)} ${randomInt(1, 999)} ${randomInt(100, 999)} ${randomInt(10, 99)} ${randomInt(10, 99)}`,
  'telephone numbers in one piece': () => `+${number(randomInt(9, 16))}`,
  'telephone numbers of a country': () => `0${number(2)}/${number(3)} ${number(2)} ${number(2)}`,
  hashes: () => hex([16, 20, 32, 64][randomInt(4)] ?? 16),
  'a hash and what follows': () => `${hex(32)}o"x`,
  'fractions without a zero': () => `[-${String(Math.random()).slice(1)}, ${String(Math.random()).slice(1)}]`,
  drawings: () => `${number(4)}-${number(4)} ${number(4)}-${number(4)} ${number(4)}h-${number(2)}`,
  'tables of numbers': () => Array.from({ length: 9 }, () => number(4)).join(' '),
  'fractions in a log': () => JSON.stringify({ ms: Math.random() * 100, share: Math.random() }),
  'short and long numbers': () => `${number(randomInt(1, 13))} ${number(randomInt(20, 40))}`,
  'small numbers in a list': () => JSON.stringify(Array.from({ length: 8 }, () => randomInt(10, 100))),
  'network addresses': () =>
    `${randomInt(255)}.${randomInt(255)}.${randomInt(255)}.${randomInt(255)}:${randomInt(65_536)}`,
  'random bytes in base64': () => randomBytes(60).toString('base64'),
}

test('400,000 lines of what is no card, and not one finding', () => {
  const kinds = Object.values(NO_CARDS)
  const found: string[] = []
  for (let made = 0; made < 400_000; made += 1000) {
    const text = Array.from({ length: 1000 }, (_, line) => kinds[line % kinds.length]?.() ?? '')
    const bytes = Buffer.from(text.join('\n'))
    for (const { at } of cardsIn(bytes)) found.push(bytes.subarray(Math.max(0, at - 20), at + 30).toString())
  }
  expect(found).toEqual([])
})
