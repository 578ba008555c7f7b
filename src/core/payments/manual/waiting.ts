import type { Tx } from '../../../db/index.ts'
import { after, earlier } from '../../../lib/index.ts'
import { receive, stateOf, type OrderId } from '../../orders/index.ts'
import type { PaymentContext } from '../context.ts'
import { noteSession, noteState, processorStates, sessionsEnding, sessionsOf } from '../queries.ts'
import type { PaymentTables } from '../tables.ts'
import { WAITS } from './adapter.ts'

/** Notes until when an order waits, in the transaction of its try: no page of another company says it. */
export async function noteWaiting(
  tx: Tx<PaymentTables>,
  at: Date,
  { orderId, attempt, processor }: { orderId: string; attempt: number; processor: string },
): Promise<void> {
  const ref = `${orderId}:${attempt}`
  const row = { order_id: orderId, attempt, processor, ref, started_at: at, expires_at: after(at, WAITS) }
  await noteSession(tx, row)
}

/** Whether somebody was told how to pay an order by hand, so that its money may come in that way, wherever it was tried since. */
export async function mayComeByHand(ctx: Pick<PaymentContext, 'db'>, orderId: OrderId): Promise<boolean> {
  return (await sessionsOf(ctx.db.query, orderId)).some(({ processor }) => processor === 'manual')
}

const OVERLAP_MS = 86_400_000

/** Ends the orders whose time to pay by hand is over. */
export async function endUnpaid(ctx: Pick<PaymentContext, 'db' | 'orders' | 'now'>): Promise<void> {
  const now = ctx.now()
  const seen = (await processorStates(ctx.db.query)).find((row) => row.processor === 'manual')?.read_until
  const since = seen ? earlier(seen, OVERLAP_MS) : undefined
  for (const { order_id, attempt, expires_at: at } of await sessionsEnding(ctx.db.query, 'manual', {
    since,
    until: now,
  })) {
    const id = order_id as OrderId
    const { paidAt, cancelled, capturedMinor, attempts } = await stateOf(ctx.orders, id)
    if (paidAt || cancelled || capturedMinor > 0 || attempts > attempt) continue
    await receive(ctx.orders, id, [{ source: 'manual', ext: `expired:${id}:${attempt}`, kind: 'order.expired', at }])
  }
  await noteState(ctx.db.query, 'manual', { read_until: now })
}
