import { brandOf, FEWEST_DIGITS, MOST_DIGITS } from './cardNumber.ts'

/** A text without payment card numbers, and how many were cut out. */
export type Cut = { readonly text: string; readonly cards: number }

/** Digits that stand together. Shape: `start` and `end` are places in the text; `digits` are 0 to 9 whatever the script. */
type Group = { readonly start: number; readonly end: number; readonly digits: string }
type Found = { readonly start: number; readonly end: number; readonly last: string }

/**
 * Cuts payment card numbers out of a text, in whatever way they are written: apart by spaces, dashes, dots, line breaks,
 * quote marks or tags, in digits of any script. What is cut is gone; the last four digits stay, so that both sides know which it was.
 * Left alone: longer runs of digits, licence keys, UUIDs, IBANs, times, telephone numbers, and whatever no card company gives out.
 *
 * Source: promises card-for-payment-only and categories; PCI DSS lets the last four digits be shown.
 */
export function cutCards(text: string): Cut {
  if (!/\p{N}/u.test(text)) return { text, cards: 0 }
  const found = runsOf(text).flatMap((run) => cardsIn(text, run))
  let done = 0
  const kept = found.map(({ start, end, last }) => {
    const piece = `${text.slice(done, start)}[card number removed, ends ${last}]`
    done = end
    return piece
  })
  return { text: kept.join('') + text.slice(done), cards: found.length }
}

/** Whether a card number was cut out of a text. */
export function hasCut(text: string): boolean {
  return /\[card number removed, ends \d{4}\]/.test(text)
}

// Between two digits: white space, dashes, dots and the like; a tag; a character written by its HTML name or number.
const GAP = /^(?:[\s\p{Zs}\p{Pd}\p{Cf}.,·•_*|/\\>']|<[^<>]{0,300}>|&(?:#\d{1,6}|#x[\da-f]{1,6}|[a-z]{2,8});)+$/iu
/** What nobody sees between two digits: they are read as standing together. */
const UNSEEN = /^(?:\p{Cf}|<[^<>]{0,300}>|&shy;|&#8203;)+$/iu
const LONGEST_GAP = 400
const LONGEST_SEEN_GAP = 12

// Shapes of our own and of others that hold long runs of digits and are no cards.
const WALLS = [
  /(?<![0-9A-Z])[0-9A-Z]{5}(?:-[0-9A-Z]{5}){4}(?![0-9A-Z-])/gi, // a licence key
  /(?<![0-9a-f])[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?![0-9a-f])/gi, // a UUID
  /(?<![\d/:])\d{1,2}([/:])\d{2}(?:\1\d{2,4})?(?![\d/:])/g, // a time or a date, that of expiry too
]
const IBAN = /(?<![0-9A-Z])[A-Z]{2}\d{2}(?:[ \u00a0]?[0-9A-Z]{4}){2,7}(?:[ \u00a0]?[0-9A-Z]{1,3})?(?![0-9A-Z])/g

/** The parts of the text in which digits may belong together. */
function runsOf(text: string): Group[][] {
  const runs: Group[][] = []
  let last: Group | undefined
  for (const group of outside(groupsOf(text), wallsIn(text))) {
    if (last && group && joins(text.slice(last.end, group.start))) runs.at(-1)?.push(group)
    else if (group) runs.push([group])
    last = group
  }
  return runs
}

/** The groups with a gap where a wall stands. Shape: both in the order of the text. */
function outside(groups: readonly Group[], walls: readonly [number, number][]): (Group | undefined)[] {
  let wall = 0
  return groups.map((group) => {
    while ((walls[wall]?.[1] ?? Infinity) <= group.start) wall += 1
    return group.start >= (walls[wall]?.[0] ?? Infinity) ? undefined : group
  })
}

/** Where a text holds what is no card: licence keys, UUIDs, times and dates, bank accounts. Shape: beginning and end, in the order of the text. */
export function wallsIn(text: string): [number, number][] {
  const shapes = WALLS.flatMap((wall) => [...text.matchAll(wall)])
  const accounts = [...text.matchAll(IBAN)].filter(([iban]) => isIban(iban))
  return [...shapes, ...accounts]
    .map((match): [number, number] => [match.index, match.index + match[0].length])
    .sort((a, b) => a[0] - b[0])
}

/** Whether the check digits of an account's number are right. Source: ISO 13616. */
export function isIban(text: string): boolean {
  const plain = text.replace(/[ \u00a0]/g, '')
  let rest = 0
  for (const sign of plain.slice(4) + plain.slice(0, 4))
    for (const digit of String(parseInt(sign, 36))) rest = (rest * 10 + Number(digit)) % 97
  return rest === 1
}

function joins(gap: string): boolean {
  if (gap.length > LONGEST_GAP || !GAP.test(gap)) return false
  return gap.replace(/<[^<>]{0,300}>/g, '').replace(/&[#\w]{2,9};/g, ' ').length <= LONGEST_SEEN_GAP
}

function groupsOf(text: string): Group[] {
  const groups: Group[] = []
  let last: Group | undefined
  for (const { 0: sign, index } of text.matchAll(/[\p{Nd}\p{No}]/gu)) {
    const digit = digitOf(sign)
    if (digit === undefined) continue
    const gap = last ? text.slice(last.end, index) : ' '
    const together = last && (gap === '' || (gap.length <= LONGEST_GAP && UNSEEN.test(gap)))
    const group: Group =
      together && last
        ? { ...last, end: index + sign.length, digits: last.digits + digit }
        : { start: index, end: index + sign.length, digits: digit }
    if (together) groups[groups.length - 1] = group
    else groups.push(group)
    last = group
  }
  return groups
}

/** The value of a digit of any script. The digits of a script stand in a row that begins with its zero. */
function digitOf(sign: string): string | undefined {
  const plain = sign.normalize('NFKC')
  if (/^[0-9]$/.test(plain)) return plain
  if (!/^\p{Nd}$/u.test(sign)) return undefined
  let zero = sign.codePointAt(0) ?? 0
  const code = zero
  while (/^\p{Nd}$/u.test(String.fromCodePoint(zero - 1))) zero -= 1
  return String((code - zero) % 10)
}

function cardsIn(text: string, run: readonly Group[]): Found[] {
  const found: Found[] = []
  let from = 0
  while (from < run.length) {
    const to = longestFrom(text, run, from)
    const [first, last] = [run[from], to === undefined ? undefined : run[to - 1]]
    if (to === undefined || !first || !last) from += 1
    else {
      const digits = joined(run.slice(from, to))
      found.push({ start: first.start, end: last.end, last: digits.slice(-4) })
      from = to
    }
  }
  return found
}

/** Where a card that begins with a group ends, if one does; the longest that is right. */
function longestFrom(text: string, run: readonly Group[], from: number): number | undefined {
  let best: number | undefined
  let length = 0
  for (let to = from + 1; to <= run.length; to += 1) {
    length += run[to - 1]?.digits.length ?? 0
    if (length > MOST_DIGITS) break
    const isLikely =
      length >= FEWEST_DIGITS &&
      isWritten(text, run, { from, to }) &&
      brandOf(valuesOf(joined(run.slice(from, to)))) !== undefined
    if (isLikely && !isTelephone(text, run[from], length)) best = to
  }
  return best
}

const valuesOf = (digits: string): number[] => digits.split('').map(Number)

type Window = { readonly from: number; readonly to: number }

const joined = (groups: readonly Group[]): string => groups.map(({ digits }) => digits).join('')

/** The ways in which cards are printed; any other way only where nothing else stands beside it on its lines. */
const PRINTED = /^(\d{2}|4 4 4 [1-4]|4 4 4 4 3|4 6 [45]|4 3 3 3|8 8|6 \d{2}|4 4 8|4 8 4|8 4 4|4 12|12 4|6 4 6|6 6 4)$/

function isWritten(text: string, run: readonly Group[], { from, to }: Window): boolean {
  const shape = run.slice(from, to).map(({ digits }) => digits.length)
  const [before, after] = [run[from - 1], run[to]]
  if (PRINTED.test(shape.join(' ')) && !isLongCode(run, { from, to })) return true
  return isEdge(text, before, run[from]) && isEdge(text, run[to - 1], after)
}

/** Twenty digits and more in fours are the number of a parcel, unless the card comes first in them, or last and whole. */
function isLongCode(run: readonly Group[], { from, to }: Window): boolean {
  if (from === 0 || to - from <= 2 || !isInFours(run)) return false
  return to < run.length || joined(run.slice(from)).length !== 16
}

const inFours = new WeakMap<readonly Group[], boolean>()

/** Whether a run has twenty digits and more in fours; found out once, since a run may be as long as a text. */
function isInFours(run: readonly Group[]): boolean {
  const known = inFours.get(run)
  if (known !== undefined) return known
  const isSo = run.slice(0, -1).every(({ digits }) => digits.length === 4) && joined(run).length > MOST_DIGITS
  inFours.set(run, isSo)
  return isSo
}

/** Whether two groups are further apart than the digits of one number would be, or one of them is not there. */
function isEdge(text: string, one: Group | undefined, other: Group | undefined): boolean {
  return !one || !other || /[\n,|]|\s{2}/.test(text.slice(one.end, other.start))
}

/** Source: ITU-T E.164, at most 15 digits after the plus. */
function isTelephone(text: string, first: Group | undefined, length: number): boolean {
  return first !== undefined && length <= 15 && text[first.start - 1] === '+'
}
