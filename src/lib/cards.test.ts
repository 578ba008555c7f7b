import { randomBytes, randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cutCards } from './cards.ts'
import { readableCode } from './ids.ts'

const STARTS: readonly (readonly [string, number])[] = [
  ['4', 16],
  ['4', 13],
  ['4', 19],
  ['51', 16],
  ['55', 16],
  ['2221', 16],
  ['2720', 16],
  ['34', 15],
  ['37', 15],
  ['36', 14],
  ['305', 14],
  ['6011', 16],
  ['65', 16],
  ['3528', 16],
  ['62', 16],
  ['62', 19],
  ['5018', 16],
  ['6759', 18],
  ['2200', 16],
]

function withCheck(body: string): string {
  const sum = body
    .split('')
    .reverse()
    .reduce((all, digit, place) => {
      const twice = Number(digit) * 2
      return all + (place % 2 === 0 ? (twice > 9 ? twice - 9 : twice) : Number(digit))
    }, 0)
  return body + String((10 - (sum % 10)) % 10)
}

const card = fc
  .tuple(fc.constantFrom(...STARTS), fc.array(fc.nat(9), { minLength: 19, maxLength: 19 }))
  .map(([[start, length], rest]) => withCheck((start + rest.join('')).slice(0, length - 1)))

/** As it is printed on the card: 4-6-5, 4-6-4, or fours. */
function printed(digits: string): string[] {
  if (digits.length === 15) return [digits.slice(0, 4), digits.slice(4, 10), digits.slice(10)]
  if (digits.length === 14) return [digits.slice(0, 4), digits.slice(4, 10), digits.slice(10)]
  if (digits.length === 13) return [digits.slice(0, 4), digits.slice(4, 7), digits.slice(7, 10), digits.slice(10)]
  return digits.match(/.{1,4}/g) ?? []
}

const inScript = (zero: number) => (digits: string) =>
  digits
    .split('')
    .map((digit) => String.fromCodePoint(zero + Number(digit)))
    .join('')

const SPELLINGS: Readonly<Record<string, (digits: string) => string>> = {
  together: (digits) => digits,
  spaces: (digits) => printed(digits).join(' '),
  dashes: (digits) => printed(digits).join('-'),
  dots: (digits) => printed(digits).join('.'),
  'no-break spaces': (digits) => printed(digits).join('\u00a0'),
  'typographic dashes': (digits) => printed(digits).join(' – '),
  'broken over lines': (digits) => printed(digits).join('\r\n'),
  'quoted and broken': (digits) => `> ${printed(digits).join('\n> ')}`,
  'full-width': (digits) => inScript(0xff10)(digits),
  'Arabic-Indic, in groups': (digits) => printed(digits).map(inScript(0x0660)).join(' '),
  'one by one': (digits) => digits.split('').join(' '),
  'tags between': (digits) => printed(digits).join('</b><b class="n">'),
  'tags between all': (digits) =>
    digits
      .split('')
      .map((digit) => `<i>${digit}</i>`)
      .join(''),
  'unseen characters between': (digits) => digits.split('').join('\u200b'),
  'HTML spaces': (digits) => printed(digits).join('&nbsp;'),
  'mathematical digits': (digits) => inScript(0x1d7d8)(digits),
}

test.each(Object.keys(SPELLINGS))('200 card numbers are cut out, written %s', (name) => {
  const spell = SPELLINGS[name] ?? String
  fc.assert(
    fc.property(card, (digits) => {
      const { text, cards } = cutCards(`My card is ${spell(digits)}, please help.`)
      expect(text).toContain(`[card number removed, ends ${digits.slice(-4)}]`)
      expect(text.normalize('NFKC').replace(/ends \d{4}/, '')).not.toMatch(/\p{Nd}/u)
      expect(cards).toBe(1)
    }),
    { numRuns: 200 },
  )
})

test('what stands around a card number stays as it was', () => {
  const said = 'Order HS-7K3QD of 25/11/2026, 00:45.\nCard 4111 1111 1111 1111 12/28 123, tel. +32 470 91 73 55.\n'
  expect(cutCards(said).text).toBe(
    'Order HS-7K3QD of 25/11/2026, 00:45.\nCard [card number removed, ends 1111] 12/28 123, tel. +32 470 91 73 55.\n',
  )
  expect(cutCards('4111111111111111\n0470 91 73 55').text).toBe('[card number removed, ends 1111]\n0470 91 73 55')
  expect(cutCards('4111 1111 1111 1111 5500 0000 0000 0004').cards).toBe(2)
  expect(cutCards('Visa4111111111111111').cards).toBe(1)
  expect(cutCards('ref 1234 378282246310005').cards).toBe(1)
  expect(cutCards('card_4111111111111111.txt').text).toBe('card_[card number removed, ends 1111].txt')
})

const draw = (digits: number): string => Array.from(randomBytes(digits), (byte) => String(byte % 10)).join('')

const PLAIN: Readonly<Record<string, () => string>> = {
  'order numbers': () => `HS-${readableCode(8)}`,
  'licence keys': () => readableCode(25).replace(/(.{5})(?=.)/g, '$1-'),
  'licence keys of digits alone': () => draw(25).replace(/(.{5})(?=.)/g, '$1-'),
  UUIDs: randomUUID,
  'Belgian telephone numbers': () => `0${draw(3)} ${draw(2)} ${draw(2)} ${draw(2)}`,
  'telephone numbers with a country': () => `+${1 + (Number(draw(1)) % 9)}${draw(1)} ${draw(3)} ${draw(4)} ${draw(4)}`,
  'American telephone numbers': () => `(${draw(3)}) ${draw(3)}-${draw(4)}`,
  'times to the millisecond': () => `17640${draw(8)}`,
  'dates and times': () => `2026-11-25 ${12}:${10 + Number(draw(1))}:${10 + Number(draw(1))}`,
  'numbers of parcels': () => `9400 1${draw(3)} ${draw(4)} ${draw(4)} ${draw(4)} ${draw(2)}`,
  'codes of fifty digits': () => draw(50),
  'numbers of mobile machines': () => withCheck(`35${draw(12)}`),
  'numbers of books': () => `978-${draw(1)}-${draw(4)}-${draw(4)}-${draw(1)}`,
  amounts: () => `€ ${draw(2)}.${draw(3)},${draw(2)}`,
}

test.each(Object.keys(PLAIN))('1,200 %s are left as they are', (name) => {
  const make = PLAIN[name] ?? String
  const changed = Array.from({ length: 1200 }, () => `It is ${make()}.`).filter((said) => cutCards(said).text !== said)
  expect(changed).toEqual([])
})

test('an account number with right check digits is left alone, whatever its digits', () => {
  const iban = 'DE12 5001 0517 0648 4898 90'
  expect(cutCards(`Pay to ${iban} please`).cards).toBe(0)
})

test('a text of a million characters takes no longer than it is long', () => {
  for (const text of [
    '1 '.repeat(500_000),
    '<'.repeat(500_000) + '1',
    `${'4'.repeat(400_000)} 1`,
    '1<b>'.repeat(200_000),
  ])
    expect(cutCards(text).cards).toBe(0)
})
