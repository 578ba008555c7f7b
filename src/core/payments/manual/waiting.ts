import type { Tx } from '../../../db/index.ts'
import { after, earlier } from '../../../lib/index.ts'
import { addTask, receive, stateOf, type OrderId } from '../../orders/index.ts'
import type { PaymentContext } from '../context.ts'
import { noteSession, noteState, processorStates, sessionsEnding } from '../queries.ts'
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

const OVERLAP_MS = 86_400_000

/** Ends the orders whose time to pay by hand is over. One that is paid in part is for staff to decide. */
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
    if (paidAt || cancelled || attempts > attempt) continue
    if (capturedMinor > 0)
      await addTask(ctx.orders.db.query, now, { about: `order:${id}`, kind: 'partlyPaid', ref: '' })
    else
      await receive(ctx.orders, id, [{ source: 'manual', ext: `expired:${id}:${attempt}`, kind: 'order.expired', at }])
  }
  await noteState(ctx.db.query, 'manual', { read_until: now })
}
