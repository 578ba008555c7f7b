import { FEWEST_DIGITS } from '../../../lib/index.ts'
import { likelyIn, type Run } from './groups.ts'
import { isOther } from './neighbours.ts'

/** A card number in bytes. Shape: where it begins, and whose it is; the number itself is nobody's business. */
export type Hit = { readonly at: number; readonly brand: string }

/** Bytes that were written in another way within others. Shape: `at` tells where one of them stands in the others. */
export type Spelled = { readonly bytes: Uint8Array; readonly at: (place: number) => number }

const DIGIT = 1
const GAP = 2
/** Stands beside a value and parts no number. */
const EDGE = 3
const LONGEST_GAP = 12
const ZERO = 0x30

/** Digits, and what may stand between those of one number. The bytes from 0x80 on are parts of spaces, dashes and dots in UTF-8. */
const CLASS = new Uint8Array(256)
for (let digit = 0; digit < 10; digit += 1) CLASS[ZERO + digit] = DIGIT
for (const sign of ' \t\r\n-.,;_*|/\\>\'"+') CLASS[sign.charCodeAt(0)] = GAP
for (const sign of '=&') CLASS[sign.charCodeAt(0)] = EDGE
for (const part of [0xc2, 0xe2, 0xa0, 0xad, 0xaf, 0xb7]) CLASS[part] = GAP
for (let part = 0x80; part <= 0x95; part += 1) CLASS[part] = GAP

/** The shortest piece of a number that is split over values with names: four digits and what parts them from the next name. */
const STEP = 6

/**
 * Finds card numbers that stand in bytes as plain digits. Strong ones only: digits, company, length and grouping are right, and
 * the neighbours are not those of another kind of number. This is where the time goes: it looks at every sixth byte, and at those
 * between only where a number may be.
 */
export function plainCards(bytes: Uint8Array): Hit[] {
  const look: Look = { bytes, found: [] }
  const length = bytes.length
  for (let at = 0; at + STEP <= length;) {
    let end = at + STEP
    if (CLASS[bytes[end - 1] as number] === 0) {
      at = end
      continue
    }
    let start = end - 1
    while (start > at && CLASS[bytes[start - 1] as number] !== 0) start -= 1
    while (end < length && CLASS[bytes[end] as number] !== 0) end += 1
    const isLong = end - start >= FEWEST_DIGITS
    at = isLong || (end - start >= STEP && isBeforeName(bytes, end)) ? lookAt(look, start, end) : end
  }
  return look.found
}

type Look = { readonly bytes: Uint8Array; readonly found: Hit[] }

/** Looks at what holds digits and signs only, and perhaps names of values behind it. Answers where it ended. */
function lookAt(look: Look, start: number, end: number): number {
  const { bytes } = look
  let at = start
  while (at < end) {
    if (CLASS[bytes[at] as number] !== DIGIT) at += 1
    else {
      const stop = endOfRun(bytes, at)
      if (stop - at >= FEWEST_DIGITS) judge(look, at, stop)
      at = stop
    }
  }
  return at
}

/** Where digits end that may belong to one number. */
function endOfRun(bytes: Uint8Array, start: number): number {
  const length = Math.min(bytes.length, start + MOST_IN_RUN)
  let last = start
  for (let at = start + 1; at < length && at - last <= LONGEST_GAP; at += 1) {
    const kind = CLASS[bytes[at] as number]
    if (kind === DIGIT) last = at
    else if (kind !== GAP) {
      const next = valueAfterName(bytes, last + 1, at)
      if (next === undefined) break
      last = at = next
    }
  }
  return last + 1
}

const [QUOTE, AND, EQUALS, COLON, SPACE] = [0x22, 0x26, 0x3d, 0x3a, 0x20]
const LONGEST_NAME = 24

/**
 * Where the digits of the next value begin, when a number is split over values with names: `"1111","b":"1111"` or `1111&b=1111`.
 * Shape: `end` is the place after the last digit, `at` that of the first sign that parts no number.
 */
function valueAfterName(bytes: Uint8Array, end: number, at: number): number | undefined {
  const sign = bytes[end]
  if (sign === AND) return digitAfter(bytes, endOfName(bytes, end + 1, EQUALS))
  if (sign !== QUOTE || bytes[at - 1] !== QUOTE) return undefined
  let next = endOfName(bytes, at, QUOTE)
  while (next !== undefined && (bytes[next] === COLON || bytes[next] === SPACE)) next += 1
  return next !== undefined && bytes[next] === QUOTE ? digitAfter(bytes, next + 1) : undefined
}

const isBeforeName = (bytes: Uint8Array, end: number): boolean =>
  bytes[end - 1] === AND || (bytes[end - 1] === QUOTE && (bytes[end - 3] === QUOTE || bytes[end - 4] === QUOTE))

/** The place after the sign that ends a name. */
function endOfName(bytes: Uint8Array, from: number, sign: number): number | undefined {
  for (let at = from; at < from + LONGEST_NAME; at += 1) if (bytes[at] === sign) return at + 1
  return undefined
}

function digitAfter(bytes: Uint8Array, at: number | undefined): number | undefined {
  return at !== undefined && CLASS[bytes[at] as number] === DIGIT ? at : undefined
}

/** Notes the cards of a run. A database puts the length of a text before it, and that byte may be a digit: so the run is read without it too. */
function judge(look: Look, start: number, end: number): void {
  if (!noteCards(look, start, end) && isBinary(look.bytes[start - 1])) noteCards(look, start + 1, end)
}

function noteCards({ bytes, found }: Look, start: number, end: number): boolean {
  const before = found.length
  for (const likely of likelyIn(runOf(bytes, start, end)))
    if (!isOther(bytes, likely)) found.push({ at: likely.start, brand: likely.brand })
  return found.length > before
}

/** Whether a byte is part of no text. What comes before the beginning is not known. */
const isBinary = (byte: number | undefined): boolean =>
  byte !== undefined && (byte < 0x20 || byte === 0x7f) && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d

const MOST_IN_RUN = 8192
const run: Run = {
  bytes: new Uint8Array(),
  groups: 0,
  starts: new Int32Array(MOST_IN_RUN),
  ends: new Int32Array(MOST_IN_RUN),
  first: new Int32Array(MOST_IN_RUN + 1),
  digits: new Uint8Array(MOST_IN_RUN),
}

/** The groups of a run. The digits of a name between two values are no group. */
function runOf(bytes: Uint8Array, start: number, end: number): Run {
  let [groups, count, last] = [0, 0, start - 1]
  for (let at = start; at < end; at += 1) {
    const kind = CLASS[bytes[at] as number]
    if (kind === GAP) continue
    if (kind !== DIGIT) at = valueAfterName(bytes, last, at) ?? end
    if (last !== at) {
      run.starts[groups] = at
      run.first[groups] = count
      groups += 1
    }
    last = at + 1
    run.ends[groups - 1] = last
    run.digits[count] = (bytes[at] as number) - ZERO
    count += 1
  }
  run.first[groups] = count
  run.bytes = bytes
  run.groups = groups
  return run
}
