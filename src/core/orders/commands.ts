import { enqueue, type Tx } from '../../db/index.ts'
import { after, newId, yearEndIn } from '../../lib/index.ts'
import type { PersonId } from '../../vault/index.ts'
import type { OrderContext } from './context.ts'
import type { Fact, OrderId } from './facts.ts'
import { fold, isOver, UNDER_WAY, type OrderState } from './fold.ts'
import { allOrders, clearViews, factsOf, personOf, writeView } from './queries.ts'
import { command, underLock, type Ruling } from './record.ts'
import type { OrderTables } from './tables.ts'

type Answer<R extends string> = Promise<{ outcome: 'done'; state: OrderState } | { outcome: R | 'unknownOrder' }>

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

/**
 * Asks the processor to pay back one payment, or all of them, whole. The job that does it carries a refund id that
 * the processor sees as idempotency key. Source: store reference, allowed commands.
 */
export function refund(ctx: OrderContext, orderId: OrderId, ref?: string): Answer<NoRefund> {
  return command(ctx, orderId, async (state, tx): Promise<Ruling<NoRefund>> => {
    if (state.fulfilledElsewhere) return { refused: 'soldElsewhere' }
    if (state.dispute === 'open') return { refused: 'disputeOpen' }
    if (state.dispute === 'lost') return { refused: 'disputeLost' }
    const asked = await askedBack(tx, orderId)
    const back = state.payments.filter(
      (payment) => (ref === undefined || payment.ref === ref) && !asked.has(payment.ref),
    )
    if (back.length === 0) return { refused: 'nothingCaptured' }
    const facts = back.map((payment): Fact => {
      const refundId = newId<'refund'>(ctx.now())
      return {
        source: 'desk',
        ext: `refund:${refundId}`,
        kind: 'refund.requested',
        at: ctx.now(),
        ref: refundId,
        of: payment.ref,
        amountMinor: payment.amountMinor,
      }
    })
    const jobs = facts.map((fact) => ({
      key: `refund:${fact.ref}`,
      kind: 'payments.refund',
      ids: { orderId, refundId: fact.ref ?? '', paymentRef: fact.of ?? '', amountMinor: fact.amountMinor ?? 0 },
    }))
    await enqueue(tx, ctx.now(), jobs)
    return { facts }
  })
}

type NoRefund = 'nothingCaptured' | 'disputeOpen' | 'disputeLost' | 'soldElsewhere'

async function askedBack(tx: Tx<OrderTables>, orderId: OrderId): Promise<Set<string>> {
  const facts = await factsOf(tx, orderId)
  const ended = new Set(
    facts.filter((fact) => fact.kind === 'refund.failed' || fact.kind === 'refund.cancelled').map((fact) => fact.ref),
  )
  const refunds = facts.filter(
    (fact) => (fact.kind === 'refund.requested' || fact.kind === 'refund.succeeded') && !ended.has(fact.ref),
  )
  return new Set(refunds.flatMap((fact) => fact.of ?? []))
}

/** Records that the box went to the carrier, and starts the clocks of what was held to deliver it. */
export function handOver(ctx: OrderContext, orderId: OrderId): Answer<'notPaid' | 'alreadyRefunded' | 'nothingToSend'> {
  return command(ctx, orderId, async (state, tx): Promise<Ruling<'notPaid' | 'alreadyRefunded' | 'nothingToSend'>> => {
    if (!state.paidAt || state.cancelled) return { refused: 'notPaid' }
    if (goesBack(state)) return { refused: 'alreadyRefunded' }
    if (state.goods !== 'toPack') return { refused: 'nothingToSend' }
    const person = await personOf(tx, orderId)
    if (person) await startClocks(ctx, tx, { person, soldAt: state.paidAt })
    return { facts: [{ source: 'desk', ext: 'handedOver', kind: 'ship.handedOver', at: ctx.now() }] }
  })
}

/** Whether all the money went back or is about to. */
function goesBack({ capturedMinor, refundedMinor, askedBackMinor }: OrderState): boolean {
  return refundedMinor + askedBackMinor > 0 && refundedMinor + askedBackMinor >= capturedMinor
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
