import { z } from 'zod'
import { instant } from '../../../lib/index.ts'
import type { FactKind } from '../../orders/index.ts'
import type { PaymentEvent } from '../adapter.ts'

// Only these names are read. Whatever else a message carries (customer, address, how it was paid) is dropped here.
const id = z.string().regex(/^[a-z]{3,12}_\w{1,80}$/)
/** Money as the processor writes it. Shape: minor units. */
export const minor = z
  .string()
  .regex(/^\d{1,15}$/)
  .transform(Number)
/** A moment as the processor writes it. Shape: RFC 3339. */
export const moment = z.iso.datetime({ offset: true }).transform(instant)
const currency = z.string().length(3)
const money = z.object({ amount: minor, currency_code: currency })
const shape = z.object({
  id,
  status: z.string().max(40),
  custom_data: z
    .object({ order: z.string().max(200) })
    .partial()
    .nullish(),
  currency_code: currency,
  origin: z.string().max(60).nullish(),
  items: z.array(
    z.object({
      quantity: z.int().positive(),
      price: z.object({ unit_price: money, trial_period: z.unknown().optional() }).nullish(),
    }),
  ),
  details: z
    .object({
      totals: z.object({ grand_total: minor, tax: minor, fee: minor.nullish() }).nullish(),
      line_items: z.array(z.object({ id })),
    })
    .nullish(),
  payments: z.array(z.object({ status: z.string().max(60) })).nullish(),
  checkout: z.object({ url: z.url().nullish() }).nullish(),
  updated_at: moment,
})

/** One payment at the processor, from the page on which it is asked for to its end. */
export type Transaction = z.infer<typeof shape>

/** Reads a transaction; undefined when it is none. */
export function readTransaction(thing: unknown): Transaction | undefined {
  return shape.safeParse(thing).data
}

/** What was paid in the end. Shape: minor units; 0 while nothing is known of it. */
export const paidTotal = ({ details }: Transaction): number => details?.totals?.grand_total ?? 0

/**
 * Whether we asked for it. A browser can open a checkout of its own with any price of the account and our order's id: with a free trial,
 * or for a change of card, that is completed without money. Source: the processor's documentation of `origin` and of its script.
 */
const isAsked = ({ origin, items }: Transaction): boolean =>
  (origin ?? 'api') === 'api' && items.every(({ price }) => !price?.trial_period)

/**
 * What was asked for. The processor is the seller and tells by `completed` that it has what it wanted, which is less than
 * that where a business pays no tax, or with a coupon of the vendor's. Of what we did not ask for only what was paid
 * counts. Shape: minor units of the transaction's currency.
 */
export function askedTotal(transaction: Transaction): number {
  const { items, currency_code } = transaction
  if (!isAsked(transaction)) return paidTotal(transaction)
  const prices = items.map(({ price, quantity }) => ({ price: price?.unit_price, quantity }))
  if (prices.some(({ price }) => price?.currency_code !== currency_code)) return paidTotal(transaction)
  return prices.reduce((sum, { price, quantity }) => sum + (price?.amount ?? 0) * quantity, 0)
}

const kinds: Readonly<Record<string, FactKind>> = {
  // Money has come in but the processor is not done: it can change its mind, and fee and tax are not known.
  paid: 'pay.pending',
  past_due: 'pay.failed',
  completed: 'pay.captured',
  canceled: 'order.expired',
}

/** Whether a payment is on its way, as from a bank account, while the page still stands. */
function isUnderWay({ status, payments }: Transaction): boolean {
  return ['draft', 'ready'].includes(status) && payments?.[0]?.status === 'pending_no_action_required'
}

/** What the state of a transaction means; undefined while nobody has paid. */
export function kindOf(about: Transaction): FactKind | undefined {
  if (isUnderWay(about)) return 'pay.pending'
  return Object.hasOwn(kinds, about.status) ? kinds[about.status] : undefined
}

/** What a transaction says of its order, under the name of the message that brought it. */
export function transactionEvents(
  about: Transaction,
  kind: FactKind,
  { ext, at }: { ext: string; at: Date },
): PaymentEvent[] {
  const orderRef = about.custom_data?.order
  if (!orderRef) return []
  if (kind === 'order.expired') return [{ orderRef, fact: { source: 'paddle', ext, kind, at } }]
  const held = { source: 'paddle', at, ref: about.id, currency: about.currency_code }
  const amountMinor = kind === 'pay.captured' ? askedTotal(about) : paidTotal(about)
  const told: PaymentEvent = { orderRef, fact: { ...held, ext, kind, amountMinor } }
  const totals = about.details?.totals
  if (kind !== 'pay.captured' || !totals) return [told]
  const parts = { 'money.tax': totals.tax, 'money.fee': totals.fee ?? 0 } as const
  const known = (['money.tax', 'money.fee'] as const).filter((part) => parts[part] > 0)
  return [
    told,
    ...known.map((part) => ({
      orderRef,
      fact: { ...held, ext: `${about.id}:${part}`, kind: part, amountMinor: parts[part] },
    })),
  ]
}
