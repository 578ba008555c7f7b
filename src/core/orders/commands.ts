import type { Tx } from '../../db/index.ts'
import { after, yearEndIn } from '../../lib/index.ts'
import type { PersonId } from '../../vault/index.ts'
import type { OrderContext } from './context.ts'
import type { OrderId } from './facts.ts'
import { fold } from './fold/fold.ts'
import { goesBack, isOver, UNDER_WAY, type OrderState } from './fold/state.ts'
import { allOrders, clearViews, factsOf, personOf, writeView } from './queries.ts'
import { command, underLock, type Answer, type Ruling } from './record.ts'

/** Cancels an order that nobody has paid. */
export function cancel(ctx: OrderContext, orderId: OrderId): Answer<'alreadyPaid'> {
  return command(ctx, orderId, (state): Ruling<'alreadyPaid'> =>
    state.capturedMinor > 0
      ? { refused: 'alreadyPaid' }
      : { facts: [{ source: 'desk', ext: 'cancelled', kind: 'order.cancelled', at: ctx.now() }] },
  )
}

/** Starts one more try to pay. Answers the try's number in the state. */
export function attempt(ctx: OrderContext, orderId: OrderId): Answer<'alreadyPaid' | 'cancelled'> {
  return command(ctx, orderId, (state): Ruling<'alreadyPaid' | 'cancelled'> => {
    if (state.paidAt) return { refused: 'alreadyPaid' }
    if (state.cancelled) return { refused: 'cancelled' }
    const next = state.attempts + 1
    return {
      facts: [{ source: 'store', ext: `attempt:${next}`, kind: 'checkout.attempt', at: ctx.now(), attempt: next }],
    }
  })
}

/** Records that the box went to the carrier, and starts the clocks of what was held to deliver it. */
export function handOver(ctx: OrderContext, orderId: OrderId): Answer<'notPaid' | 'alreadyRefunded' | 'nothingToSend'> {
  return command(ctx, orderId, async (state, tx): Promise<Ruling<'notPaid' | 'alreadyRefunded' | 'nothingToSend'>> => {
    if (!state.paidAt || state.cancelled) return { refused: 'notPaid' }
    if (goesBack(state) || isOver(state)) return { refused: 'alreadyRefunded' }
    if (state.goods !== 'toPack') return { refused: 'nothingToSend' }
    const person = await personOf(tx, orderId)
    if (person) await startClocks(ctx, tx, { person, soldAt: state.paidAt })
    return { facts: [{ source: 'desk', ext: 'handedOver', kind: 'ship.handedOver', at: ctx.now() }] }
  })
}

/** Starts the clocks of an order that is delivered or over: contract data from now, tax from the end of the year of the sale in the vendor's calendar. */
export async function startClocks<T>(
  ctx: Pick<OrderContext, 'vault' | 'now' | 'timeZone'>,
  tx: Tx<T>,
  { person, soldAt }: { person: PersonId; soldAt: Date },
): Promise<void> {
  await ctx.vault.mark(tx, {
    person,
    purposes: ['purchase', 'fulfilment', 'refunds'],
    event: 'delivered',
    at: ctx.now(),
  })
  await ctx.vault.mark(tx, { person, purposes: ['tax'], event: 'yearEnd', at: yearEndIn(ctx.timeZone, soldAt) })
}

/**
 * Starts the clocks of an order that ended without delivery. One that only expired may still be paid at a page of a later
 * try, so it is looked at again when `openUntil` is over. Answers that instant while it has to wait.
 */
export async function endClocks(
  ctx: OrderContext,
  orderId: OrderId,
  openUntil: (orderId: OrderId) => Promise<Date | undefined>,
): Promise<Date | undefined> {
  const pageEnds = await openUntil(orderId)
  return underLock(ctx, orderId, async (state, tx) => {
    const wait = isOver(state) ? undefined : waitFor(state, { now: ctx.now(), pageEnds })
    if (wait) return wait
    const person = await personOf(tx, orderId)
    const ended = isOver(state) || !state.paidAt
    if (person && state.placed && ended) await startClocks(ctx, tx, { person, soldAt: state.paidAt ?? state.placed.at })
    return undefined
  })
}

/** Until when an order that nobody has paid may still be paid. */
function waitFor({ paidAt, payment }: OrderState, at: { now: Date; pageEnds: Date | undefined }): Date | undefined {
  if (paidAt) return undefined
  if (UNDER_WAY.has(payment)) return after(at.now, 'P1D')
  return at.pageEnds && at.pageEnds > at.now ? at.pageEnds : undefined
}

/** The person wants to be erased once the box is sent. */
export function eraseAfterDelivery(ctx: OrderContext, orderId: OrderId): Answer<never> {
  return command(ctx, orderId, (): Ruling<never> => ({
    facts: [{ source: 'person', ext: 'eraseAfterDelivery', kind: 'erase.afterDelivery', at: ctx.now() }],
  }))
}

/** The state of an order, folded from its facts. */
export async function stateOf(ctx: Pick<OrderContext, 'db'>, orderId: OrderId): Promise<OrderState> {
  return fold(await factsOf(ctx.db.query, orderId))
}

/** Makes the lists again from the facts. Answers how many orders there are. */
export async function rebuildViews(ctx: Pick<OrderContext, 'db'>): Promise<number> {
  return ctx.db.tx(async (tx) => {
    await clearViews(tx)
    const orders = await allOrders(tx)
    for (const order of orders) await writeView(tx, { ...order, state: fold(await factsOf(tx, order.id)) })
    return orders.length
  })
}
