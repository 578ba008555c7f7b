import { cutCards } from '../../../lib/index.ts'

/** A name and a value, as a query or a form holds them. */
export type Pair = readonly [name: string, value: string]

/**
 * Reads the bytes of a query or of a form. Shape: UTF-8 where all of it is that, else Windows-1252, in which every byte is a letter;
 * what stands in one value can never pass for another: line ends and what nobody sees become spaces.
 */
export function pairsOf(bytes: Uint8Array): Pair[] {
  const raw = Buffer.from(bytes).toString('latin1')
  const sent = raw.split('&').filter((piece) => piece !== '')
  const split = sent.map((piece) => {
    const at = piece.indexOf('=')
    return at < 0 ? [piece, ''] : [piece.slice(0, at), piece.slice(at + 1)]
  })
  const pieces = split.map(([name = '', value = '']) => [unescaped(name), unescaped(value)] as const)
  const decode = isUtf8(pieces.flat()) ? (bytes: Buffer): string => bytes.toString('utf8') : windows1252
  return pieces.map(([name, value]) => [plain(decode(name)), plain(decode(value))])
}

function unescaped(text: string): Buffer {
  const bytes = text
    .replaceAll('+', ' ')
    .replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)))
  return Buffer.from(bytes, 'latin1')
}

function isUtf8(pieces: readonly Buffer[]): boolean {
  const strict = new TextDecoder('utf-8', { fatal: true })
  try {
    for (const piece of pieces) strict.decode(piece)
    return true
  } catch {
    return false
  }
}

/** The letters of Windows-1252 that Latin 1 does not have, from byte 128 on; the platform's own decoder leaves them out. */
const BEYOND_LATIN_1 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ'

function windows1252(bytes: Buffer): string {
  return bytes
    .toString('latin1')
    .replace(/[\u0080-\u009f]/g, (sign) => BEYOND_LATIN_1[sign.charCodeAt(0) - 128] ?? sign)
}

function plain(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim()
}

/** Whether a name that matters was sent more than once, so that nobody can tell which was meant. */
export function isTwice(pairs: readonly Pair[], names: ReadonlySet<string>): boolean {
  const sent = pairs.map(([name]) => name).filter((name) => names.has(name))
  return new Set(sent).size < sent.length
}

/** What is kept of a message: the values that somebody may need, one a line, and how many others were left out. Shape: `heard` is when it came. */
export function textOf(pairs: readonly Pair[], names: ReadonlySet<string>, heard: Date): string {
  const kept = pairs.filter(([name]) => names.has(name))
  const lines = kept.map(([name, value]) => `${name}: ${value}`)
  return [`heard: ${heard.toISOString()}`, ...lines, `left out: ${pairs.length - kept.length}`].join('\n')
}

/** The values of a kept text, by their names. */
export function valuesOf(text: string): ReadonlyMap<string, string> {
  return new Map(
    text.split('\n').map((line) => {
      const at = line.indexOf(': ')
      return at < 0 ? [line, ''] : [line.slice(0, at), line.slice(at + 2)]
    }),
  )
}

/** Whether a value can be a processor's number of an order. Digits of a card are none: they would stand in rows that are searched for such. */
export function isNumber(text: string, shape: RegExp): boolean {
  return shape.test(text) && cutCards(text).cards === 0
}

/** What staff are told of a call without a number that could be one: once a day, since one that was looked at says nothing of the next. */
export function withoutNumber(values: ReadonlyMap<string, string>): { readonly unclear: string } {
  return { unclear: `no-number:${(values.get('heard') ?? '').slice(0, 10)}` }
}
