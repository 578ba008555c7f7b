import type { Spelled } from './bytes.ts'

/** Thirteen digits in base64, which are the fewest that a card has. */
const SHORTEST = 18
/** Both alphabets: the one of mails and the one of addresses. */
const ALPHABETS = ['+/', '-_'].map((last) => `ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789${last}`)
const IN_BASE64 = new Uint8Array(256)
/** For each sign the places among four where it may stand when three bytes are digits, or what parts digits, or zeros. Shape: one bit for each place. */
const OF_DIGITS = new Uint8Array(256)
for (const alphabet of ALPHABETS)
  for (const [value, sign] of alphabet.split('').entries()) {
    const isTail = value === 0 || (value >= 32 && value <= 57)
    IN_BASE64[sign.charCodeAt(0)] = 1
    OF_DIGITS[sign.charCodeAt(0)] =
      (value === 0 || (value >= 8 && value <= 14) ? 1 : 0) +
      ([0, 2, 3].includes(value % 16) ? 2 : 0) +
      (value % 4 === 0 ? 4 : 0) +
      (isTail ? 8 : 0)
  }
/** The same bits, turned so that they speak of the place of the sign one, two and three before. */
const [NEXT, THIRD, FOURTH] = [1, 2, 3].map((by) => OF_DIGITS.map((bits) => ((bits >> by) | (bits << (4 - by))) & 15))
/** Thirteen digits hold three whole threes, wherever they begin. */
const THREES = 3
/** A line break leaves nine signs of digits together at least, and so four behind every sixth place. */
const STEP = 6

/** What is written in base64 and could hold a card number. Shape: a line break within a blob is passed over, as mails and keys have them. */
export function base64In(bytes: Uint8Array): Spelled[] {
  const found: Spelled[] = []
  let done = 0
  for (let at = 0; at + 3 < bytes.length; at += STEP) {
    if (!mayBeDigits(bytes, at)) continue
    const start = startOfBlob(bytes, at, done)
    const end = endOfBlob(bytes, at)
    if (end - start >= SHORTEST) found.push(...decoded(bytes, start, end))
    done = end
    at = Math.max(at, end - STEP)
  }
  return found
}

/** Whether four signs could be digits, for one of the four places at which their four could begin. */
function mayBeDigits(bytes: Uint8Array, at: number): boolean {
  const first = OF_DIGITS[bytes[at] as number] as number
  if (first === 0) return false
  const second = first & (NEXT?.[bytes[at + 1] as number] ?? 0)
  return (
    second !== 0 && (second & (THIRD?.[bytes[at + 2] as number] ?? 0) & (FOURTH?.[bytes[at + 3] as number] ?? 0)) !== 0
  )
}

const [CR, LF] = [0x0d, 0x0a]
/** Mails break base64 into lines of 76 signs, keys into lines of 64. */
const SHORTEST_LINE = 60

/** Back to the first sign, over the line breaks of earlier lines. */
function startOfBlob(bytes: Uint8Array, from: number, done: number): number {
  let [at, line] = [from, Infinity]
  for (;;) {
    while (at > done && IN_BASE64[bytes[at - 1] as number] === 1) at -= 1
    if (line - at < SHORTEST_LINE) return line
    const before = at - (bytes[at - 2] === CR ? 2 : 1)
    if (bytes[at - 1] !== LF || before <= done || IN_BASE64[bytes[before - 1] as number] === 0) return at
    line = before
    at = before
  }
}

function endOfBlob(bytes: Uint8Array, from: number): number {
  let at = from
  for (;;) {
    const line = at
    while (IN_BASE64[bytes[at] as number] === 1) at += 1
    const next = at + (bytes[at] === CR ? 2 : 1)
    const isBroken = bytes[next - 1] === LF && (line === from || at - line >= SHORTEST_LINE)
    if (!isBroken || IN_BASE64[bytes[next] as number] !== 1) return at
    at = next
  }
}

/** The blob read from each of the four signs at which its threes could begin: what comes before it may be no part of it. */
function decoded(bytes: Uint8Array, start: number, end: number): Spelled[] {
  const blob = bytes.subarray(start, end)
  const signs = blob.includes(LF) ? blob.filter((sign) => IN_BASE64[sign] === 1) : blob
  const phases = [0, 1, 2, 3].filter((phase) => holdsDigits(signs, phase))
  if (phases.length === 0) return []
  const text = Buffer.from(signs.buffer, signs.byteOffset, signs.length).toString('latin1')
  return phases.map((phase) => ({
    bytes: Buffer.from(text.slice(phase), 'base64'),
    at: (place) => start + placeOf(blob, phase + Math.floor(place / 3) * 4),
  }))
}

/** Whether several threes that follow one another could be digits. Shape: of as many, one is at every place that is looked at. */
function holdsDigits(signs: Uint8Array, phase: number): boolean {
  for (let at = phase + 4 * (THREES - 1); at + 3 < signs.length; at += 4 * THREES) {
    if (!isThree(signs, at)) continue
    let [first, last] = [at, at]
    while (first >= 4 && isThree(signs, first - 4)) first -= 4
    while (isThree(signs, last + 4)) last += 4
    if (last - first >= 4 * (THREES - 1)) return true
  }
  return false
}

function isThree(signs: Uint8Array, at: number): boolean {
  for (let place = 0; place < 4; place += 1)
    if (((OF_DIGITS[signs[at + place] ?? 0] ?? 0) & (1 << place)) === 0) return false
  return true
}

/** Where the nth sign of a blob stands, line breaks not counted. */
function placeOf(blob: Uint8Array, nth: number): number {
  let place = 0
  for (let left = nth; place < blob.length; place += 1) {
    if (IN_BASE64[blob[place] as number] === 0) continue
    if (left === 0) break
    left -= 1
  }
  return place
}
