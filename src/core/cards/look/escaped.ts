import type { Spelled } from './bytes.ts'

const PERCENT = 0x25
/** Longer addresses are read in pieces. */
const LONGEST = 4096
const BEFORE = 128

/** What is escaped as in addresses and in forms that were sent: `%34` is the digit 4, `%20` a space. */
export function escapedIn(bytes: Uint8Array): Spelled[] {
  const found: Spelled[] = []
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  for (let at = all.indexOf(PERCENT); at !== -1;) {
    const end = isEscape(bytes, at) ? endOfAddress(bytes, at) : at + 1
    if (end > at + 1) found.push(unescaped(bytes, startOfAddress(bytes, at), end))
    at = all.indexOf(PERCENT, end)
  }
  return found
}

function isEscape(bytes: Uint8Array, at: number): boolean {
  return bytes[at] === PERCENT && hexOf(bytes[at + 1]) !== undefined && hexOf(bytes[at + 2]) !== undefined
}

function hexOf(byte = 0): number | undefined {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30
  const letter = byte | 0x20
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : undefined
}

/** Whether a byte can stand in an address: no space, quote or bracket, and nothing unprintable. */
const isOfAddress = (byte = 0): boolean =>
  byte > 0x20 && byte < 0x7f && byte !== 0x22 && byte !== 0x27 && byte !== 0x3c && byte !== 0x3e

function startOfAddress(bytes: Uint8Array, at: number): number {
  let start = at
  while (start > at - BEFORE && start > 0 && isOfAddress(bytes[start - 1])) start -= 1
  return start
}

function endOfAddress(bytes: Uint8Array, at: number): number {
  let end = at
  while (end < at + LONGEST && end < bytes.length && isOfAddress(bytes[end])) end += 1
  return end
}

function unescaped(bytes: Uint8Array, start: number, end: number): Spelled {
  const plain = new Uint8Array(end - start)
  const places = new Int32Array(end - start)
  let length = 0
  for (let at = start; at < end; length += 1) {
    places[length] = at
    const isOne = isEscape(bytes, at)
    plain[length] = isOne ? (hexOf(bytes[at + 1]) ?? 0) * 16 + (hexOf(bytes[at + 2]) ?? 0) : (bytes[at] ?? 0)
    at += isOne ? 3 : 1
  }
  return { bytes: plain.subarray(0, length), at: (place) => places[place] ?? start }
}
