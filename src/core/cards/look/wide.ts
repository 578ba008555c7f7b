import type { Spelled } from './bytes.ts'

/** Thirteen digits of two bytes each cover every eighteenth byte and the seven behind it, wherever they begin. */
const STEP = 18
const PAIRS = 8

/** The texts in UTF-16, whichever byte comes first. Shape: letters of the Latin alphabet and signs of ASCII, and no others. */
export function wideIn(bytes: Uint8Array): Spelled[] {
  const found: Spelled[] = []
  for (let at = 0; at + PAIRS <= bytes.length; at += STEP) {
    const phase = phaseAt(bytes, at)
    if (phase === undefined) continue
    const spelled = textAround(bytes, at + phase)
    found.push(spelled.text)
    at = Math.max(at, spelled.end - STEP)
  }
  return found
}

/** Which of two bytes is the letter, where letters and zeros take turns. */
function phaseAt(bytes: Uint8Array, at: number): 0 | 1 | undefined {
  const phase = bytes[at] === 0 ? 1 : 0
  for (let pair = at; pair < at + PAIRS; pair += 2)
    if (bytes[pair + phase] === 0 || bytes[pair + 1 - phase] !== 0) return undefined
  return phase
}

function textAround(bytes: Uint8Array, letter: number): { text: Spelled; end: number } {
  // The zero may come before or after its letter; that makes no difference to which bytes are letters.
  let start = letter
  while (start >= 2 && bytes[start - 1] === 0 && bytes[start - 2] !== 0) start -= 2
  let end = letter
  while (end < bytes.length && bytes[end] !== 0 && (end + 1 >= bytes.length || bytes[end + 1] === 0)) end += 2
  const narrow = new Uint8Array((end - start) / 2)
  for (let place = 0; place < narrow.length; place += 1) narrow[place] = bytes[start + 2 * place] ?? 0
  return { text: { bytes: narrow, at: (place) => start + 2 * place }, end }
}
