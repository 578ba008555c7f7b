import { wallsIn } from '../../../lib/index.ts'
import type { Likely } from './groups.ts'

const CONTEXT = 64

/** Whether digits that could be a card are rather part of a UUID, hash, licence key, bank account, article or telephone number. */
export function isOther(bytes: Uint8Array, likely: Likely): boolean {
  const from = Math.max(0, likely.start - CONTEXT)
  const text = Buffer.from(bytes.subarray(from, likely.end + CONTEXT)).toString('latin1')
  const place = { text, start: likely.start - from, end: likely.end - from, length: likely.length }
  if (likely.length <= 15 && isTelephone(place)) return true
  if (likely.length === 13 && isArticle(text.slice(place.start, place.end))) return true
  return isHash(place) || wallsIn(text).some(([start, end]) => start < place.end && end > place.start)
}

type Place = { readonly text: string; readonly start: number; readonly end: number; readonly length: number }

/** Source: ITU-T E.164, at most 15 digits after the plus. */
const isTelephone = ({ text, start }: Place): boolean => text[start - 1] === '+'

/** Whether thirteen digits are an article number by their check digit. Source: GS1; the company that gave out cards of 13 digits has stopped. */
function isArticle(written: string): boolean {
  if (!/^\d{13}$/.test(written)) return false
  const sum = written.split('').reduce((all, digit, place) => all + Number(digit) * (place % 2 ? 3 : 1), 0)
  return sum % 10 === 0
}

const SHORTEST_HASH = 24

/**
 * Whether all letters that touch the digits are hexadecimal, or so many that a hash ends and something else begins. A single letter
 * next to bytes of no text says nothing: it may be the length that a database puts before a text.
 */
function isHash({ text, start, end, length }: Place): boolean {
  const [before, after] = [text.slice(0, start), text.slice(end)]
  const letters = touching(BEFORE, before) + touching(AFTER, after)
  if (/^[0-9a-f]+$/i.test(letters)) return true
  const hex = touching(/([0-9a-f]*)$/i, before) + touching(/^([0-9a-f]*)/i, after)
  return /[a-f]/i.test(hex) && hex.length + length >= SHORTEST_HASH
}

const touching = (shape: RegExp, text: string): string => shape.exec(text)?.[1] ?? ''

// oxlint-disable-next-line no-control-regex -- the bytes of no text are what is looked for
const BEFORE = /(?:[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\xff][0-9A-Za-z]|([0-9A-Za-z]*))$/
// oxlint-disable-next-line no-control-regex -- as above
const AFTER = /^(?:[0-9A-Za-z][\0-\x08\x0b\x0c\x0e-\x1f\x7f-\xff]|([0-9A-Za-z]*))/
