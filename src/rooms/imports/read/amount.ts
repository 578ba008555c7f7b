import { minorDigits } from '../../../lib/index.ts'

/** How a mapping writes amounts. */
export type AmountStyle = { readonly decimalMark: '.' | ','; readonly amounts: 'major' | 'minor' }

/** An amount as it stands in a cell. Shape: minor units, negative for what went back. */
export type ReadAmount = { readonly minor: number; readonly currency: string }

const SIGNS: Readonly<Record<string, string>> = { '€': 'EUR', '£': 'GBP' }
const currencies: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'))

/** A currency in one spelling, or undefined when there is none of that name. Source: ISO 4217. */
export function currencyOf(text: string): string | undefined {
  const code = text.trim().toUpperCase()
  return currencies.has(code) ? code : undefined
}

/**
 * Reads `1,234.50`, `1.234,50`, `12.00 USD`, `€12`, `-5.00` and `(5.00)`. Undefined when it is no amount, names no currency that is
 * known or another than `currency`, or could be two amounts: money is not guessed.
 */
export function readAmount(text: string, currency: string | undefined, style: AmountStyle): ReadAmount | undefined {
  const parts = partsOf(text)
  const of = parts && agreed(parts.mark, currency)
  const minor = parts && of ? minorOf(parts.digits, of, style) : undefined
  if (!parts || !of || minor === undefined || !Number.isSafeInteger(minor)) return undefined
  return { minor: parts.isNegative && minor > 0 ? -minor : minor, currency: of }
}

type Parts = { readonly digits: string; readonly mark: string | undefined; readonly isNegative: boolean }

const MARK = '[A-Z]{3}|\\p{Sc}'
const FRONT = `[+-]?(?:${MARK})?|(?:${MARK})[+-]`
const SHAPE = new RegExp(`^(${FRONT})([\\d.,]+)(${MARK})?$`, 'u')

function partsOf(text: string): Parts | undefined {
  const plain = text.trim().toUpperCase().replaceAll('\u2212', '-')
  // A space between digits stands before three of them, or it is no sign of thousands.
  if (/\d[\s']+\d(?!\d\d(?!\d))/.test(plain)) return undefined
  const bare = plain.replace(/[\s']/g, '')
  const bracketed = /^\((.*)\)$/.exec(bare)?.[1]
  const found = SHAPE.exec(bracketed ?? bare)
  if (!found) return undefined
  const [, front = '', digits = '', behind = ''] = found
  const isNegative = bracketed !== undefined || front.includes('-')
  return { digits, mark: `${front.replace(/[+-]/, '')}${behind}` || undefined, isNegative }
}

/** The currency that cell and column name together. A sign such as $ is used by many, so it says nothing by itself. */
function agreed(mark: string | undefined, currency: string | undefined): string | undefined {
  const named = mark === undefined ? undefined : (SIGNS[mark] ?? currencyOf(mark))
  if (mark !== undefined && /^[A-Z]/.test(mark) && named === undefined) return undefined
  return named === undefined || named === currency ? currency : currency === undefined ? named : undefined
}

function minorOf(digits: string, currency: string, { decimalMark, amounts }: AmountStyle): number | undefined {
  if (amounts === 'minor') return /^\d+$/.test(digits) ? Number(digits) : undefined
  const places = minorDigits(currency)
  const point = pointOf(digits, places, decimalMark)
  if (point === 'unclear') return undefined
  const at = point === undefined ? digits.length : digits.lastIndexOf(point)
  const [whole, decimals] = [digits.slice(0, at), digits.slice(at + 1)]
  const isSound = isWhole(whole, point) && (point === undefined || /^\d+$/.test(decimals))
  // Decimals beyond those of the currency must say nothing.
  if (!isSound || /[1-9]/.test(decimals.slice(places))) return undefined
  return Number(`${whole.replace(/\D/g, '')}${decimals.slice(0, places).padEnd(places, '0')}`)
}

/** The sign before the decimals, undefined when there is none. */
function pointOf(digits: string, places: number, mark: '.' | ','): '.' | ',' | undefined | 'unclear' {
  const [dots, commas] = [digits.split('.').length - 1, digits.split(',').length - 1]
  if (dots > 0 && commas > 0) return digits.lastIndexOf('.') > digits.lastIndexOf(',') ? '.' : ','
  const [sign, count] = dots > 0 ? (['.', dots] as const) : ([',', commas] as const)
  if (count !== 1) return undefined
  const behind = digits.length - digits.indexOf(sign) - 1
  if (behind !== 3) return sign
  // Three digits behind one sign are thousands, or the decimals of a currency that has three.
  if (sign === mark) return places === 3 ? sign : 'unclear'
  return undefined
}

/** Digits, or groups of three behind a sign that is not the decimal one. */
function isWhole(whole: string, point: '.' | ',' | undefined): boolean {
  if (/^\d+$/.test(whole)) return true
  const signs = new Set(whole.replace(/\d/g, ''))
  const [sign] = signs
  return signs.size === 1 && sign !== point && /^\d{1,3}([.,]\d{3})+$/.test(whole)
}
