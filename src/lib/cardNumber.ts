/** What a card company gives out. Shape: how its numbers begin, as a range of their first six digits, and how long they are. */
type Issue = {
  readonly brand: string
  readonly from: number
  readonly to: number
  readonly lengths: readonly number[]
}

const LONG = [16, 17, 18, 19]
const MAESTRO = [13, 14, 16, 17, 18, 19]

const COMPANIES: readonly Issue[] = [
  { brand: 'Visa', from: 400_000, to: 499_999, lengths: [13, 16, 19] },
  { brand: 'Mastercard', from: 510_000, to: 559_999, lengths: [16] },
  { brand: 'Mastercard', from: 222_100, to: 272_099, lengths: [16] },
  { brand: 'American Express', from: 340_000, to: 349_999, lengths: [15] },
  { brand: 'American Express', from: 370_000, to: 379_999, lengths: [15] },
  { brand: 'Diners Club', from: 300_000, to: 305_999, lengths: [14, 16] },
  { brand: 'Diners Club', from: 309_500, to: 309_599, lengths: [14, 16] },
  { brand: 'Diners Club', from: 360_000, to: 369_999, lengths: [14, 16] },
  { brand: 'Diners Club', from: 380_000, to: 399_999, lengths: [14, 16] },
  { brand: 'Discover', from: 601_100, to: 601_199, lengths: [16, 19] },
  { brand: 'Discover', from: 644_000, to: 659_999, lengths: [16, 19] },
  { brand: 'JCB', from: 352_800, to: 358_999, lengths: LONG },
  { brand: 'UnionPay', from: 620_000, to: 629_999, lengths: LONG },
  { brand: 'UnionPay', from: 810_000, to: 819_999, lengths: LONG },
  { brand: 'Maestro', from: 500_000, to: 509_999, lengths: MAESTRO },
  { brand: 'Maestro', from: 560_000, to: 589_999, lengths: MAESTRO },
  { brand: 'Maestro', from: 630_000, to: 639_999, lengths: MAESTRO },
  { brand: 'Maestro', from: 670_000, to: 679_999, lengths: MAESTRO },
  { brand: 'Mir', from: 220_000, to: 220_499, lengths: LONG },
  { brand: 'RuPay', from: 600_000, to: 609_999, lengths: [16] },
  { brand: 'RuPay', from: 820_000, to: 829_999, lengths: [16] },
  { brand: 'Troy', from: 979_200, to: 979_299, lengths: [16] },
]

/** The fewest digits that a card number has. */
export const FEWEST_DIGITS = 13
/** The most digits that a card number has. */
export const MOST_DIGITS = 19

/** Whose card these digits are, if they can be one: begin, length and check digit are those of a company. Shape: digits as values from 0 to 9. */
export function brandOf(digits: ArrayLike<number>, from = 0, to = digits.length): string | undefined {
  const length = to - from
  // The check digit first: nine of ten numbers are done with then, and the search on disk asks about very many.
  if (length < FEWEST_DIGITS || length > MOST_DIGITS || !hasLuhn(digits, from, to)) return undefined
  let begin = 0
  for (let place = from; place < from + 6; place += 1) begin = begin * 10 + (digits[place] ?? 0)
  return COMPANIES.find((one) => begin >= one.from && begin <= one.to && one.lengths.includes(length))?.brand
}

/** Whether the last digit checks the rest. Source: ISO/IEC 7812-1. */
function hasLuhn(digits: ArrayLike<number>, from: number, to: number): boolean {
  let sum = 0
  for (let place = from; place < to; place += 1) {
    const digit = digits[place] ?? 0
    const twice = digit > 4 ? digit * 2 - 9 : digit * 2
    sum += (to - place) % 2 === 0 ? twice : digit
  }
  return sum % 10 === 0
}
