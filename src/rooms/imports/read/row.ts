import { cutCards, later } from '../../../lib/index.ts'
import type { Field, Policy } from '../../../policy/index.ts'
import { isEmail } from '../../../web/index.ts'
import { STATES, type Meaning, type RowState, type SaleMeaning } from '../mappings/mapping.ts'
import { currencyOf, readAmount, type ReadAmount } from './amount.ts'
import { countryOf } from './country.ts'
import type { Plan } from './plan.ts'
import type { RawRow } from './table.ts'
import { readWhen } from './when.ts'

/** Why a row cannot be taken. */
export type Because =
  | 'cells'
  | 'sign'
  | 'card'
  | 'reference'
  | 'product'
  | 'quantity'
  | 'amount'
  | 'currency'
  | 'status'
  | 'date'
  | 'future'
  | 'email'
  | 'country'
  | 'long'
  | 'tooMuchBack'
  | 'keyLength'
  | 'keyLikeOurs'
  | 'keyTaken'
  | 'otherRow'
  | 'mixed'
  | 'differs'
  | 'unknownSale'

/** A row that was refused: where it stands and why, never what stands there. */
export type RefusedRow = { readonly line: number; readonly column?: string; readonly because: Because }

/** One row, read. Shape: amounts in minor units, negative for what went back; `personal` holds only what a purpose covers. */
export type ReadRow = {
  readonly line: number
  readonly cells: readonly string[]
  readonly orderRef: string
  readonly lineRef: string | undefined
  readonly ours: string | undefined
  readonly product: string
  readonly quantity: number
  readonly amount: ReadAmount
  readonly tax: number | undefined
  readonly backMinor: number
  readonly backAt: Date | undefined
  readonly paidAt: Date
  readonly state: RowState
  readonly personal: Readonly<Partial<Record<Field, string>>>
  readonly key: string | undefined
}

/** What reading rows needs besides their plan. */
export type Reading = { readonly policy: Policy; readonly now: Date }

/** What reading one row came to; `passed` is a row that is no sale, such as a line of totals. */
export type RowRead =
  | { readonly outcome: 'read'; readonly row: ReadRow }
  | { readonly outcome: 'passed' }
  | { readonly outcome: 'refused'; readonly refused: RefusedRow }

/** Stops reading a row; it never leaves this file. */
class Unreadable extends Error {
  readonly because: Because
  readonly column: string | undefined
  constructor(because: Because, column?: string) {
    super(because)
    this.because = because
    this.column = column
  }
}

/** Reads one row by its plan. What it says is neither logged nor part of a refusal. */
export function readRow(plan: Plan, reading: Reading, raw: RawRow): RowRead {
  if (isPassedOver(plan, raw)) return { outcome: 'passed' }
  try {
    return { outcome: 'read', row: rowOf(plan, reading, raw) }
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error
    const { because, column } = error
    return { outcome: 'refused', refused: { line: raw.line, because, ...(column !== undefined && { column }) } }
  }
}

function isPassedOver({ mapping, head }: Plan, { cells }: RawRow): boolean {
  return Object.entries(mapping.passOver ?? {}).some(([name, words]) => words.includes(cells[head.indexOf(name)] ?? ''))
}

function rowOf(plan: Plan, reading: Reading, raw: RawRow): ReadRow {
  refuseUnsound(plan, raw)
  const cell = (meaning: Meaning): string => textOf(plan, raw, meaning)
  const fail = failing(plan)
  const amount = amountOf(plan, raw) ?? fail('amount', 'amount')
  const minorIn = (meaning: SaleMeaning): number | undefined =>
    minorOf(plan, raw, { meaning, currency: amount.currency })
  const state = stateOf(plan, raw)
  const paidAt = timeOf(plan, reading, { meaning: 'paidAt', text: cell('paidAt') })
  const backMinor = Math.abs(minorIn('refundedAmount') ?? 0)
  if (backMinor > Math.abs(amount.minor)) fail('tooMuchBack', 'refundedAmount')
  const backAt =
    cell('refundedAt') === '' ? undefined : timeOf(plan, reading, { meaning: 'refundedAt', text: cell('refundedAt') })
  return {
    line: raw.line,
    cells: raw.cells,
    orderRef: referenceOf(plan, raw, 'orderRef') ?? fail('reference', 'orderRef'),
    lineRef: referenceOf(plan, raw, 'lineRef'),
    ours: cell('ours') || undefined,
    product: productOf(plan, raw),
    quantity: quantityOf(plan, cell('quantity')),
    amount,
    tax: minorIn('tax'),
    backMinor: state === 'refunded' && backMinor === 0 ? Math.max(amount.minor, 0) : backMinor,
    backAt,
    paidAt,
    state,
    personal: personalOf(plan, reading, raw),
    key: cell('licenceKey') || undefined,
  }
}

/** Every cell is looked at, also of columns that are dropped: a file with a card number is not one to be read on quietly. */
function refuseUnsound({ head }: Plan, { cells }: RawRow): void {
  if (cells.length < head.length || cells.slice(head.length).some((cell) => cell !== '')) throw new Unreadable('cells')
  for (const [at, cell] of cells.entries()) {
    // eslint-disable-next-line no-control-regex
    if (/[\u0000-\u0008\u000e-\u001f\ufffd]/.test(cell)) throw new Unreadable('sign', head[at])
    if (cutCards(cell).cards > 0) throw new Unreadable('card', head[at])
  }
}

const JOINED: Readonly<Partial<Record<Meaning, string>>> = { street: '\n', city: ', ', name: ' ' }

function textOf({ places }: Plan, { cells }: RawRow, meaning: Meaning): string {
  const texts = (places.get(meaning) ?? []).map((at) => cells[at] ?? '').filter((text) => text !== '')
  return texts.join(JOINED[meaning] ?? ' ')
}

/** Throws with the first column of a meaning. */
function failing({ head, places }: Plan): (because: Because, meaning: Meaning) => never {
  return (because, meaning) => {
    throw new Unreadable(because, head[places.get(meaning)?.[0] ?? -1])
  }
}

/** The same letters in every processor's numbers; what could be a name or an address is none. */
function referenceOf(plan: Plan, raw: RawRow, meaning: 'orderRef' | 'lineRef'): string | undefined {
  const text = textOf(plan, raw, meaning)
  if (text === '') return undefined
  return /^[\w.:#=/-]{1,100}$/.test(text) ? text : failing(plan)('reference', meaning)
}

function productOf(plan: Plan, raw: RawRow): string {
  const text = textOf(plan, raw, 'product').replace(/\s+/g, ' ')
  // A product is kept by its name, so nothing may stand there that belongs to a person.
  return text === '' || text.length > 200 || text.includes('@') ? failing(plan)('product', 'product') : text
}

function quantityOf(plan: Plan, text: string): number {
  if (text === '') return 1
  return /^[1-9]\d{0,3}$/.test(text) ? Number(text) : failing(plan)('quantity', 'quantity')
}

function amountOf(plan: Plan, raw: RawRow): ReadAmount | undefined {
  const { mapping } = plan
  const told = textOf(plan, raw, 'currency')
  const currency = told === '' ? mapping.currency : (currencyOf(told) ?? failing(plan)('currency', 'currency'))
  return readAmount(textOf(plan, raw, 'amount'), currency, styleOf(plan))
}

function styleOf({ mapping }: Plan): Parameters<typeof readAmount>[2] {
  return { decimalMark: mapping.decimalMark ?? '.', amounts: mapping.amounts ?? 'major' }
}

function minorOf(plan: Plan, raw: RawRow, of: { meaning: SaleMeaning; currency: string }): number | undefined {
  const text = textOf(plan, raw, of.meaning)
  if (text === '') return undefined
  return (readAmount(text, of.currency, styleOf(plan)) ?? failing(plan)('amount', of.meaning)).minor
}

const A_DAY = 86_400_000

function timeOf(plan: Plan, { now }: Reading, { meaning, text }: { meaning: SaleMeaning; text: string }): Date {
  const { dates, offset = 'Z' } = plan.mapping
  const at = readWhen(text, dates, offset) ?? failing(plan)('date', meaning)
  return at > later(now, A_DAY) ? failing(plan)('future', meaning) : at
}

/** Where several columns say how a row stands, the one that outweighs the others does. A word that is not known is not guessed. */
function stateOf({ mapping, head }: Plan, { cells }: RawRow): RowState {
  const said = Object.entries(mapping.statuses ?? {}).map(([name, words]): RowState => {
    const word = (cells[head.indexOf(name)] ?? '').toLowerCase()
    const state = Object.entries(words).find(([one]) => one.toLowerCase() === word)?.[1]
    if (!state) throw new Unreadable('status', name)
    return state
  })
  const state = STATES.findLast((one) => said.includes(one)) ?? 'paid'
  return state === 'disputeWon' ? 'paid' : state
}

/** What belongs to a person, of the columns that a purpose covers; the others are not in the plan. */
function personalOf(plan: Plan, { policy }: Reading, raw: RawRow): ReadRow['personal'] {
  const fail = failing(plan)
  const held: Partial<Record<Field, string>> = {}
  for (const field of Object.keys(policy.fields) as Field[]) {
    const text = field === 'licenceKey' ? '' : textOf(plan, raw, field)
    if (text === '') continue
    if (field === 'email' && !isEmail(text)) fail('email', field)
    held[field] = field === 'country' ? (countryOf(text) ?? fail('country', field)) : text
    if ((held[field] ?? '').length > policy.fields[field].maxLength) fail('long', field)
  }
  return held
}
