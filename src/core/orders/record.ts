import { enqueue, type NewJob, type Tx } from '../../db/index.ts'
import { isId } from '../../lib/index.ts'
import type { AlsoSettled, OrderContext } from './context.ts'
import { desired } from './desired.ts'
import type { Fact, OrderId } from './facts.ts'
import { fold } from './fold/fold.ts'
import type { OrderState } from './fold/state.ts'
import { completed, toldBefore } from './payment/waiting.ts'
import { addFacts, factsOf, keepInInbox, lockOrder, numberOf, writeView } from './queries.ts'
import type { OrderTables } from './tables.ts'

/** Something that arrived from outside, with the order that it names. */
export type Arrived = { readonly orderRef: string; readonly fact: Fact }

type RecordContext = Pick<OrderContext, 'db' | 'now' | 'kick' | 'alsoSettled'>

/**
 * Takes in what a processor sent about one order: kept in the inbox, turned into facts if the order is known,
 * and whatever the new state calls for is asked for, all in one transaction. Arriving twice changes nothing.
 */
export function receive(ctx: RecordContext, orderRef: string, facts: readonly Fact[]): Promise<Received> {
  return receiveWith(ctx, { orderRef, facts })
}

/** How something that arrived was taken in. */
type Received = { outcome: 'recorded'; state: OrderState } | { outcome: 'kept' }

/** What arrived about one order. Shape: `also` is written in the same transaction. */
type ArrivedFacts = {
  readonly orderRef: string
  readonly facts: readonly Fact[]
  readonly also?: (tx: Tx<OrderTables>) => Promise<void>
}

/** Takes in what a processor sent, and writes what belongs to it in the same transaction. */
export async function receiveWith(ctx: RecordContext, { orderRef, facts, also }: ArrivedFacts): Promise<Received> {
  const answer = await ctx.db.tx(async (tx) => {
    await lockOrder(tx, orderRef)
    await also?.(tx)
    await keepInInbox(
      tx,
      ctx.now(),
      facts.map((fact) => ({ orderRef, fact })),
    )
    const number = isId<'order'>(orderRef) ? await numberOf(tx, orderRef) : undefined
    if (number === undefined) return { outcome: 'kept' as const }
    const state = await settle(tx, ctx.now(), { id: orderRef as OrderId, number, facts, also: ctx.alsoSettled })
    return { outcome: 'recorded' as const, state }
  })
  ctx.kick()
  return answer
}

/** Adds facts to an order that is held by this transaction, and asks for what its new state calls for. Shape: `isNew` when there were none before. */
export async function settle(
  tx: Tx<OrderTables>,
  at: Date,
  order: { id: OrderId; number: string; facts: readonly Fact[]; isNew?: true; also?: AlsoSettled | undefined },
): Promise<OrderState> {
  const told = await toldBefore(tx, order.facts)
  const facts = await completed(tx, order, [...order.facts, ...told])
  await addFacts(tx, order.id, facts)
  const state = fold(order.isNew ? facts : await factsOf(tx, order.id))
  await writeView(tx, { id: order.id, number: order.number, state })
  await enqueue(tx, at, [...desired(order.id, state), ...told.map((fact) => attach(order.id, fact))])
  await order.also?.(tx, { id: order.id, state, facts })
  return state
}

/** The message itself is given to the buyer, too. */
function attach(orderId: OrderId, { source, ext }: Fact): NewJob {
  return { key: `attach:${orderId}:${source}:${ext}`, kind: 'payments.attach', ids: { orderId } }
}

/** Does something that must fit an order's state, while nothing can change it. Answers what the work answers. */
export async function underLock<R>(
  ctx: Pick<OrderContext, 'db'>,
  orderId: OrderId,
  work: (state: OrderState, tx: Tx<OrderTables>) => Promise<R>,
): Promise<R> {
  return ctx.db.tx(async (tx) => {
    await lockOrder(tx, orderId)
    return work(fold(await factsOf(tx, orderId)), tx)
  })
}

/** What a command on an order comes to: the facts to add, or why not. */
export type Ruling<R extends string> = { readonly facts: readonly Fact[] } | { readonly refused: R }

/** How a command ends. */
export type Answer<R extends string> = Promise<{ outcome: 'done'; state: OrderState } | { outcome: R | 'unknownOrder' }>

/** Runs one command: looks at the state under the order's lock and adds facts, or refuses. */
export async function command<R extends string>(
  ctx: RecordContext,
  orderId: OrderId,
  rule: (state: OrderState, tx: Tx<OrderTables>) => Ruling<R> | Promise<Ruling<R>>,
): Answer<R> {
  const answer = await ctx.db.tx(async (tx) => {
    await lockOrder(tx, orderId)
    const number = await numberOf(tx, orderId)
    if (number === undefined) return { outcome: 'unknownOrder' as const }
    const ruling = await rule(fold(await factsOf(tx, orderId)), tx)
    if ('refused' in ruling) return { outcome: ruling.refused }
    return {
      outcome: 'done' as const,
      state: await settle(tx, ctx.now(), { id: orderId, number, facts: ruling.facts, also: ctx.alsoSettled }),
    }
  })
  ctx.kick()
  return answer
}
