import type { JobResult } from '../../../db/index.ts'
import { isId } from '../../../lib/index.ts'
import { receive as recordArrived, type Fact, type OrderId } from '../../orders/index.ts'
import type { Adapter, PaymentEvent } from '../adapter.ts'
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

/** What a message says of an order or of a payout, when nothing is left to be asked. */
export type Told = Exclude<PaymentEvent, { askAbout: string }>

/**
 * What a message says; where it only names a payment, what its processor answers about that. Whatever else stands where our order's id should
 * (a vendor's own link may carry any text) is no order of ours and goes no further. Errors: throws when the processor does not answer.
 */
export async function tellAll(
  ctx: Pick<PaymentContext, 'db' | 'now'>,
  adapter: Adapter,
  events: readonly PaymentEvent[],
): Promise<Told[]> {
  const answers = events.map(async (event) =>
    'askAbout' in event ? noteAnswer(ctx, adapter.facts.id, () => adapter.fetchState(event.askAbout)) : [event],
  )
  return (await Promise.all(answers)).flat().filter(isOurs)
}

function isOurs(event: PaymentEvent): event is Told {
  return !('askAbout' in event) && (!('orderRef' in event) || isId(event.orderRef))
}

/** The facts of some events that are about one order. */
export function factsAbout(events: readonly PaymentEvent[], orderId: string): Fact[] {
  return events.flatMap((event) => ('orderRef' in event && event.orderRef === orderId ? (event.fact ?? []) : []))
}
