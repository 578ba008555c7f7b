import type { JobResult } from '../../../db/index.ts'
import { receive as recordArrived, type Fact, type OrderId } from '../../orders/index.ts'
import type { PaymentEvent } from '../adapter.ts'
import type { PaymentContext } from '../context.ts'
import { noteAnswer } from './health.ts'
import { sessionsOf } from '../queries.ts'

/** Asks the processors how an order stands, for messages that never came. */
export async function ask(ctx: PaymentContext, orderId: OrderId): Promise<JobResult> {
  for (const { processor, ref } of await sessionsOf(ctx.db.query, orderId)) {
    const adapter = ctx.processors.of(processor)
    if (!adapter) continue
    const events = await noteAnswer(ctx, processor, () => adapter.fetchState(ref))
    const facts = factsAbout(events, orderId)
    if (facts.length > 0) await recordArrived(ctx.orders, orderId, facts)
  }
  return { outcome: 'done' }
}

/** The facts of some events that are about one order. */
export function factsAbout(events: readonly PaymentEvent[], orderId: string): Fact[] {
  return events.flatMap((event) => ('fact' in event && event.orderRef === orderId ? [event.fact] : []))
}
