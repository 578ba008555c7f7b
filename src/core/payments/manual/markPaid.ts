import { dayIn, noonOf, type Id } from '../../../lib/index.ts'
import { orderById, receive, stateOf, type Fact, type OrderContext, type OrderId } from '../../orders/index.ts'

/** The two ways without a company. */
export const waysByHand = ['transfer', 'cheque'] as const
/** One of them. */
export type WayByHand = (typeof waysByHand)[number]

/** Money that staff saw come in. Shape: amount in minor units of the order's currency; `day` in the vendor's calendar; `form` is the form's own, so that it counts once. */
export type CameIn = {
  readonly amountMinor: number
  readonly day: string
  readonly way: WayByHand
  readonly form: Id<'paid'>
}

const LARGEST_MINOR = 100_000_000

/** Why an amount or a day cannot be right. */
export type NotPaid = 'badAmount' | 'badDay'

type MarkContext = Pick<OrderContext, 'db' | 'now' | 'kick' | 'alsoSettled' | 'timeZone'>

/** Records what staff saw on the vendor's account, or had in hand. What goes beyond the total becomes a task, as with any payment. */
export async function markPaid(
  ctx: MarkContext,
  orderId: OrderId,
  came: CameIn,
): Promise<{ outcome: 'done' } | { outcome: NotPaid | 'unknownOrder' }> {
  const order = await orderById(ctx.db.query, orderId)
  if (!order) return { outcome: 'unknownOrder' }
  if (!isAmount(came.amountMinor)) return { outcome: 'badAmount' }
  const at = momentOf(ctx, order.placed_at, came.day)
  if (!at) return { outcome: 'badDay' }
  const { capturedMinor, payments } = await stateOf(ctx, orderId)
  if (payments.some(({ ref }) => ref.includes(came.form))) return { outcome: 'done' }
  const leftMinor = Math.max(0, order.total_minor - capturedMinor)
  const base = { source: 'manual', kind: 'pay.captured', at, currency: order.currency } as const
  const facts = piecesOf(came, leftMinor).map((piece) => ({ ...base, ...piece, ref: `${came.way}:${piece.ext}` }))
  await receive(ctx, orderId, facts)
  return { outcome: 'done' }
}

function isAmount(minor: number): boolean {
  return Number.isSafeInteger(minor) && minor > 0 && minor <= LARGEST_MINOR
}

/** The moment that stands for a day: its noon, but neither before the order nor to come. Undefined for a day before the order, or to come. */
function momentOf({ timeZone, now }: MarkContext, placedAt: Date, day: string): Date | undefined {
  if (day < dayIn(timeZone, placedAt) || day > dayIn(timeZone, now())) return undefined
  const noon = noonOf(day)
  if (noon > now()) return now()
  return noon < placedAt ? placedAt : noon
}

/** What goes beyond the total is a payment of its own: it can be paid back by itself, and staff are told as of any other. */
function piecesOf({ amountMinor, form }: CameIn, leftMinor: number): Pick<Fact, 'ext' | 'amountMinor'>[] {
  const pieces = [
    { ext: form, amountMinor: Math.min(amountMinor, leftMinor) },
    { ext: `${form}:more`, amountMinor: Math.max(0, amountMinor - leftMinor) },
  ]
  return pieces.filter((piece) => piece.amountMinor > 0)
}
