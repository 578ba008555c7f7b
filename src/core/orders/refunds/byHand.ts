import type { OrderContext } from '../context.ts'
import type { Fact, OrderId } from '../facts.ts'
import { addTask } from '../tasks/queries.ts'
import { command, type Answer, type Ruling } from '../record.ts'
import { byHandTask, isByHand } from './queries.ts'

/** Asks staff to pay a refund back by hand, once: its processor has no call for it, or is no more. */
export function askByHand(ctx: Pick<OrderContext, 'db' | 'now'>, orderId: OrderId, refundId: string): Promise<void> {
  return addTask(ctx.db.query, ctx.now(), { about: `order:${orderId}`, kind: byHandTask, ref: refundId })
}

/** Notes that staff paid a refund back by hand. Errors: `notByHand` for one that a processor does; `notWaiting` for one that ended otherwise. */
export function paidBack(ctx: OrderContext, orderId: OrderId, refundId: string): Answer<'notByHand' | 'notWaiting'> {
  return command(ctx, orderId, async (state, tx): Promise<Ruling<'notByHand' | 'notWaiting'>> => {
    const found = state.refunds.find(({ ref }) => ref === refundId)
    if (!found || !(await isByHand(tx, orderId, refundId))) return { refused: 'notByHand' }
    if (found.state === 'succeeded') return { facts: [] }
    if (found.state !== 'requested') return { refused: 'notWaiting' }
    const { ref, of, amountMinor, currency, reason } = found
    const about = {
      ref,
      amountMinor,
      reason,
      ...(of !== undefined && { of }),
      ...(currency !== undefined && { currency }),
    }
    const fact: Fact = { source: 'desk', ext: `paidBack:${ref}`, kind: 'refund.succeeded', at: ctx.now(), ...about }
    return { facts: [fact] }
  })
}
