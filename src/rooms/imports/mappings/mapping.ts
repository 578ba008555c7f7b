import { z } from 'zod'
import { defaults, type Field } from '../../../policy/index.ts'

/** What a column can say of a sale itself. */
const SALE = [
  'orderRef',
  'lineRef',
  'ours',
  'product',
  'quantity',
  'amount',
  'currency',
  'tax',
  'fee',
  'paidAt',
  'status',
  'refundedAmount',
  'refundedAt',
] as const
/** What a column can say of a person that has no field in any policy: it is named so that it can be dropped by name. */
const OTHERS = ['company', 'card', 'note', 'vatNumber', 'customerNumber'] as const

/** What a column says of a sale. */
export type SaleMeaning = (typeof SALE)[number]
/** What a column means. Shape: of the sale, or the name of a personal field. */
export type Meaning = SaleMeaning | (typeof OTHERS)[number] | Field

/** How a row can stand. Shape: in the order in which one outweighs another, where two columns say something. */
export const STATES = ['paid', 'refunded', 'chargedBack', 'disputeWon', 'unpaid'] as const
/** How a row stands. */
export type RowState = (typeof STATES)[number]

const id = z.string().regex(/^[a-z0-9-]{1,40}$/)
const column = z.string().min(1).max(100)
const meanings = [...SALE, ...OTHERS, ...(Object.keys(defaults.fields) as Field[])] as const

const mapping = z
  .strictObject({
    id,
    name: z.string().min(1).max(60),
    processor: id,
    fidelity: z.enum(['chosen', 'published', 'own']),
    columns: z.record(column, z.enum(meanings)),
    statuses: z.record(column, z.record(z.string().max(100), z.enum(STATES))).optional(),
    everyRowIsPaid: z.literal(true).optional(),
    passOver: z.record(column, z.array(z.string())).optional(),
    oneRowPerOrder: z.literal(true).optional(),
    products: z.record(z.string().max(200), id).optional(),
    dates: z.array(z.string().regex(/^(iso|unix|[YMDHms .,:/T-]{6,30})$/)).min(1),
    offset: z
      .string()
      .regex(/^(Z|[+-]\d\d:\d\d)$/)
      .optional(),
    decimalMark: z.enum(['.', ',']).optional(),
    amounts: z.enum(['major', 'minor']).optional(),
    currency: z
      .string()
      .regex(/^[A-Z]{3}$/)
      .optional(),
  })
  .refine(({ columns }) => NEEDED.every((meaning) => Object.values(columns).includes(meaning)), {
    path: ['columns'],
    message: 'needs a column each for orderRef, product, amount and paidAt',
  })
  .refine(({ statuses, everyRowIsPaid }) => (statuses === undefined) === (everyRowIsPaid === true), {
    path: ['statuses'],
    message: 'needs the words of a status column, or everyRowIsPaid, and not both',
  })
  .refine(
    ({ columns, statuses = {} }) =>
      Object.entries(columns).every(([name, meaning]) => (meaning === 'status') === Object.hasOwn(statuses, name)),
    { path: ['statuses'], message: 'needs the words of each column that is a status, and of no other' },
  )

/**
 * What the columns of a report mean, as data. Shape: `columns` by their name in the file, several of one meaning are put together;
 * `statuses` by column and word; `passOver` rows that are no sale, by column and word; `products` their name to an offer or product of
 * ours; `dates` formats such as `YYYY-MM-DD HH:mm` or `iso`; `offset` of times that tell none; `amounts` in major or minor units.
 */
export type Mapping = z.infer<typeof mapping>

const NEEDED: readonly SaleMeaning[] = ['orderRef', 'product', 'amount', 'paidAt']

/** The meanings without which a file is no report of sales. */
export const neededMeanings = NEEDED

/** Whether a meaning is of the sale itself, and not of a person. */
export function isOfSale(meaning: Meaning): meaning is SaleMeaning {
  return SALE.some((one) => one === meaning)
}

/**
 * Reads a mapping that somebody wrote. One that is `like` one of `known` says only what is different, such as the products.
 * Errors: each fault as a sentence with its place.
 */
export function readMapping(
  text: string,
  known: readonly Mapping[],
): { ok: true; mapping: Mapping } | { ok: false; faults: string[] } {
  const source = jsonOf(text)
  if (source === undefined) return { ok: false, faults: ['this is no JSON'] }
  const { like, ...own } = source
  const base = known.find(({ id: name }) => name === like)
  if (like !== undefined && !base) return { ok: false, faults: ['like: there is no such mapping'] }
  const fidelity = base && own['columns'] === undefined ? base.fidelity : 'own'
  const read = mapping.safeParse({ ...base, ...own, fidelity })
  if (read.success) return { ok: true, mapping: read.data }
  return { ok: false, faults: read.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`) }
}

function jsonOf(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const read: unknown = JSON.parse(text)
    return typeof read === 'object' && read !== null ? (read as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}
