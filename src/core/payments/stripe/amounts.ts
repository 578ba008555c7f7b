import { minorDigits } from '../../../lib/index.ts'

// Source: docs.stripe.com/currencies. Whatever is in no list has two digits there, also where people use none (ISK, HUF).
const WHOLE = new Set([
  'BIF',
  'CLP',
  'DJF',
  'GNF',
  'JPY',
  'KMF',
  'KRW',
  'MGA',
  'PYG',
  'RWF',
  'VND',
  'VUV',
  'XAF',
  'XOF',
  'XPF',
])
const THOUSANDTHS = new Set(['BHD', 'JOD', 'KWD', 'OMR', 'TND'])
/** Said to be whole in one place of the documentation and to have two digits in another: a hundredfold error is not risked. */
const UNCLEAR = new Set(['UGX'])

function digitsThere(currency: string): number {
  if (WHOLE.has(currency)) return 0
  return THOUSANDTHS.has(currency) ? 3 : 2
}

/** Our minor units as the processor counts them. Shape: `currency` in capitals. */
export function theirAmount(minor: number, currency: string): number {
  return Math.round(minor * 10 ** (digitsThere(currency) - minorDigits(currency)))
}

/** What the processor counts, in our minor units. Shape: `currency` in capitals. */
export function ourAmount(amount: number, currency: string): number {
  return Math.round(amount * 10 ** (minorDigits(currency) - digitsThere(currency)))
}

/** Whether the processor can take exactly this amount: three digits only in steps of ten, and never a part of what it does not have. */
export function canTake(minor: number, currency: string): boolean {
  if (UNCLEAR.has(currency)) return false
  const theirs = theirAmount(minor, currency)
  return ourAmount(theirs, currency) === minor && (!THOUSANDTHS.has(currency) || theirs % 10 === 0)
}
