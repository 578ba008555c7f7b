import { inflateSync } from 'node:zlib'
import { cutCards } from '../../lib/index.ts'
import { signOf } from './sniff.ts'

/** The most that is looked at of one file, in bytes, and the most text of it: nobody's file keeps others waiting. */
const MOST = 4 * 1024 * 1024
const MOST_TEXT = 256 * 1024
/** What a stream counts for at least. */
const LEAST = 512
/** The longest head of a stream that is looked at. */
const HEAD = 4096

/**
 * How many card numbers stand in the text of a PDF. Read are the strings that are shown on its pages, deflated or plain, if their
 * codes are those of ASCII or UTF-16, as scanners and most printers write them. Pictures, what is locked, what is packed
 * otherwise and codes that only a font explains are not read.
 *
 * Source: promise card-deleted: before the first write. ISO 32000-1, 7.3.4 and 9.4.3.
 */
export function cardsInPdf(bytes: Uint8Array): number {
  if (signOf(bytes) !== 'application/pdf') return 0
  let [sum, left] = [0, MOST_TEXT]
  for (const piece of pieces(bytes)) {
    const text = shownIn(piece, left)
    left -= text.length
    sum += cutCards(text).cards
  }
  return sum
}

/** Each stream that may hold text, and what stands before it; then what stands behind the last. */
function* pieces(bytes: Uint8Array): Generator<string> {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  let [done, left] = [0, MOST]
  while (left > 0) {
    const at = file.indexOf('stream', done)
    const end = at === -1 ? -1 : file.indexOf('endstream', at)
    const before = file.toString('latin1', done, Math.min(end === -1 ? file.length : at, done + left))
    yield before
    left -= before.length
    if (end === -1 || left <= 0) return
    const isPicture = /\/Subtype\s*\/Image\b/.test(before.slice(-HEAD))
    const body = isPicture ? undefined : plainOf(file, [startOf(file, at), end], left)
    if (body) yield body.toString('latin1')
    left -= Math.max(LEAST, body?.length ?? 0)
    done = end + 'endstream'.length
  }
}

/** The first byte after the end of the line on which a stream's word stands. */
function startOf(file: Buffer, at: number): number {
  const next = at + 'stream'.length
  return next + (file[next] === 0x0d ? 2 : file[next] === 0x0a ? 1 : 0)
}

/** A stream as it is, or unpacked as far as it can be. */
function plainOf(file: Buffer, [from, to]: readonly [number, number], most: number): Buffer | undefined {
  const packed = file.subarray(from, to)
  try {
    return inflateSync(packed, { maxOutputLength: most, finishFlush: 2 })
  } catch {
    return packed.length <= most ? packed : undefined
  }
}

/** What begins a string, in brackets or in hex; or what shows one and so parts it from the next. */
const TOKEN = /[(<'"]|\bT[jJdDm*]/g
const HEX = /[0-9A-Fa-f\s]*/y

/** The texts that are shown, in their order. Shape: within one array they are parts of one text, and nothing stands between them. */
function shownIn(piece: string, most: number): string {
  let text = ''
  for (let at = 0; text.length < most;) {
    TOKEN.lastIndex = at
    const token = TOKEN.exec(piece)
    if (!token) break
    const from = token.index + token[0].length
    const [said, next] =
      token[0] === '(' ? inBrackets(piece, from) : token[0] === '<' ? inHex(piece, from) : [' ', from]
    text += said.replaceAll('\0', '') // the first half of an ASCII sign in UTF-16
    at = next
  }
  return text.slice(0, most)
}

/** A string that may hold brackets in pairs, and the place behind it. */
function inBrackets(piece: string, from: number): [string, number] {
  let [at, depth] = [from, 1]
  for (; at < piece.length && depth > 0; at += 1) {
    if (piece[at] === '\\') at += 1
    else if (piece[at] === '(') depth += 1
    else if (piece[at] === ')') depth -= 1
  }
  return [piece.slice(from, at - 1).replace(/\\([0-7]{1,3})|\\([\s\S])/g, unescaped), at]
}

function unescaped(_: string, octal: string | undefined, sign: string | undefined): string {
  return octal === undefined ? (sign ?? '') : String.fromCharCode(parseInt(octal, 8))
}

/** A string in hex, and the place behind it. What is none, as the head of an object, is nothing. */
function inHex(piece: string, from: number): [string, number] {
  HEX.lastIndex = from
  const hex = HEX.exec(piece)?.[0] ?? ''
  const end = from + hex.length
  return piece[end] === '>' ? [Buffer.from(hex.replace(/\s/g, ''), 'hex').toString('latin1'), end + 1] : ['', end]
}
