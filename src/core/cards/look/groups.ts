import { brandOf, FEWEST_DIGITS, MOST_DIGITS } from '../../../lib/index.ts'

/**
 * Digits that belong together perhaps. Shape: group `n` of `groups` stands in the bytes from `starts[n]` to `ends[n]`; its digits
 * (0 to 9) begin at `first[n]`, and `first[groups]` is how many digits there are. Made once and filled again for each run, since there are many.
 */
export type Run = {
  bytes: Uint8Array
  groups: number
  readonly starts: Int32Array
  readonly ends: Int32Array
  readonly first: Int32Array
  readonly digits: Uint8Array
}

/** A card number by its digits and by how they are grouped. Shape: places in the bytes. */
export type Likely = { readonly start: number; readonly end: number; readonly length: number; readonly brand: string }

type Window = { readonly from: number; readonly to: number }

const NONE: readonly Likely[] = []

/** The card numbers of a run, each once. */
export function likelyIn(run: Run): readonly Likely[] {
  if ((run.first[run.groups] ?? 0) < FEWEST_DIGITS) return NONE
  const found: Likely[] = []
  for (let from = 0; from < run.groups; from += 1) {
    const to = cardFrom(run, from)
    if (to === undefined) continue
    const [start = 0, end = 0, first = 0] = [run.starts[from], run.ends[to], run.first[from]]
    const next = run.first[to + 1] ?? 0
    found.push({ start, end, length: next - first, brand: brandOf(run.digits, first, next) ?? '' })
    from = to
  }
  return found
}

/** The last group of the longest card that begins with a group. */
function cardFrom(run: Run, from: number): number | undefined {
  if (isFraction(run, from)) return undefined
  let best: number | undefined
  for (let to = from; to < run.groups && !isTooLong(run, from, to); to += 1)
    if (isCard(run, from, to) && isWrittenSo(run, { from, to })) best = to
  return best
}

function isCard({ first, digits }: Run, from: number, to: number): boolean {
  return brandOf(digits, first[from], first[to + 1]) !== undefined
}

/** No card has so many digits, or several groups of which one is so long: the fractions in a log are done with here. */
function isTooLong({ starts, ends, first }: Run, from: number, to: number): boolean {
  if ((first[to + 1] ?? 0) - (first[from] ?? 0) > MOST_DIGITS) return true
  if (from === to) return false
  return (ends[from] ?? 0) - (starts[from] ?? 0) > LONGEST_GROUP || (ends[to] ?? 0) - (starts[to] ?? 0) > LONGEST_GROUP
}

const LONGEST_GROUP = 8

/** The ways in which cards are printed, but for those in two groups: there are too many pairs of numbers. Shape: lengths, one digit each. */
const PRINTED = /^(444[1-4]|4444[1-3]|46[45]|4333|448|484|844|646|664)$/
/** What separates the values of a list, in which cards are rarer than numbers. */
const LISTS = /[,;"'|\r\n]/
/** After a card its expiry and its code may follow, parted like the card itself. */
const MOST_AFTER = 3

/** Whether the groups are those of one number: alone, printed as on a card, or evenly parted by one and the same sign. */
function isWrittenSo(run: Run, window: Window): boolean {
  const { from, to } = window
  if (from === to) return true
  const own = gapAfter(run, from)
  if (gapAfter(run, from - 1) === own) return false
  const lengths = lengthsOf(run, window)
  return PRINTED.test(lengths) ? isPrinted(run, window, own) : isEvenly(run, window, { lengths, own })
}

/** Over several lines or values, only if nothing else is there; else parted by one sign, and not as the middle of a list. */
function isPrinted(run: Run, window: Window, own: string): boolean {
  const { from, to } = window
  if (/[\r\n]/.test(own) || own === KEYED) return from === 0 && to === run.groups - 1 && isEven(run, window)
  const isEnd = gapAfter(run, to) !== own || (!LISTS.test(own) && EXPIRY_AND_CODE.test(restOf(run, to, own)))
  return isEnd && isEven(run, window)
}

/** One by one; in twos and threes not in lists, since these are full of small numbers. */
function isEvenly(run: Run, window: Window, { lengths, own }: { lengths: string; own: string }): boolean {
  if (gapAfter(run, window.to) === own || !isEven(run, window)) return false
  return /^1+$/.test(lengths) || (!LISTS.test(own) && /^(2+1?|3+[12]?)$/.test(lengths))
}

/** The lengths of the groups. Shape: one sign each, x for one of ten and more. */
function lengthsOf(run: Run, { from, to }: Window): string {
  let lengths = ''
  for (let group = from; group <= to; group += 1) {
    const length = (run.ends[group] ?? 0) - (run.starts[group] ?? 0)
    lengths += length > 9 ? 'x' : String(length)
  }
  return lengths
}

/** Stands for whatever parts two values that have names of their own. */
const KEYED = '"":""'

function gapAfter({ bytes, groups, starts, ends }: Run, group: number): string {
  if (group < 0 || group + 1 >= groups) return ''
  const [start = 0, end = 0] = [ends[group], starts[group + 1]]
  let gap = ''
  for (let at = start; at < end; at += 1) gap += String.fromCharCode(bytes[at] ?? 0)
  return /[a-z]/i.test(gap) ? KEYED : gap
}

const isEven = (run: Run, window: Window): boolean => gapsOf(run, window).every((gap, _, [own]) => gap === own)

function gapsOf(run: Run, { from, to }: Window): string[] {
  return Array.from({ length: to - from }, (_, place) => gapAfter(run, from + place))
}

/** What may follow a card in the same way: its expiry, its code, or both. Shape: digits. */
const EXPIRY_AND_CODE = /^((0[1-9]|1[0-2])(20)?\d\d)?(\d{3,4})?$/

/** The digits that follow, parted in the same way; too many to be an expiry and a code if there are too many groups. */
function restOf(run: Run, to: number, own: string): string {
  let last = to
  while (last - to < MOST_AFTER && gapAfter(run, last) === own) last += 1
  if (gapAfter(run, last) === own) return 'more'
  return run.digits.slice(run.first[to + 1], run.first[last + 1]).join('')
}

const POINT = 0x2e

/** Digits after a decimal point. A point after a word ends a sentence. */
function isFraction({ bytes, starts }: Run, group: number): boolean {
  const at = (starts[group] ?? 0) - 1
  if (bytes[at] !== POINT) return false
  const before = (bytes[at - 1] ?? 0) | 0x20 // small letters and large ones alike
  return before < 0x61 || before > 0x7a
}
