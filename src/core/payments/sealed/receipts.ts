import { earlier } from '../../../lib/index.ts'
import { ordersTold, stateOf, type OrderId } from '../../orders/index.ts'
import type { PaymentContext } from '../context.ts'
import { endOf, LONGEST_MS } from './envelopes.ts'
import { openEnvelopes, withReceipt } from './queries.ts'

/** What a look at the receipts of card parts showed. Shape: `held` wait for their order's end; the rest must be none. */
export type Receipts = {
  readonly held: number
  /** Of orders that are over, and without a receipt all the same. */
  readonly over: number
  /** Older than any may be. */
  readonly late: number
  /** Orders of which a sealed notice came, and no card part was noted. */
  readonly unnoted: number
}

const GRACE_MS = 60_000

/** Looks whether every card part that came has its receipt, or its order is not over. Source: promise card-deleted. */
export async function lookAtReceipts(ctx: Pick<PaymentContext, 'db' | 'now' | 'orders'>): Promise<Receipts> {
  const open = await openEnvelopes(ctx.db.query)
  const before = earlier(ctx.now(), LONGEST_MS + GRACE_MS)
  const told = await ordersTold(ctx.orders.db.query, {
    source: 'sealed',
    kind: 'pay.pending',
    begins: 'order.received:',
  })
  const noted = await withReceipt(ctx.db.query, told)
  return {
    held: open.length,
    over: await countOver(
      ctx,
      open.map((row) => row.order_ref),
    ),
    late: open.filter((row) => row.received_at <= before).length,
    unnoted: told.filter((order) => !noted.has(order)).length,
  }
}

/** An order comes to its end in the step that writes its receipts, so whatever is open after its end was seen is wrong. */
async function countOver(ctx: Pick<PaymentContext, 'db' | 'orders'>, orders: readonly string[]): Promise<number> {
  const over = new Set<string>()
  for (const order of orders) if (endOf(await stateOf(ctx.orders, order as OrderId))) over.add(order)
  if (over.size === 0) return 0
  return (await openEnvelopes(ctx.db.query)).filter((row) => over.has(row.order_ref)).length
}
