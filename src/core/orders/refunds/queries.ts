import { sql, type Query } from '../../../db/index.ts'
import type { Fact, OrderId } from '../facts.ts'
import { factOf } from '../queries.ts'
import type { OrderTables } from '../tables.ts'

/** Payments that a processor took from an instant on. */
export type PaidAt = { readonly processor: string; readonly since: Date }

/** The kind of the task for a refund that no processor can be asked for. */
export const byHandTask = 'payBackByHand'

/** Whether staff were asked to pay a refund back by hand. */
export async function isByHand(db: Query<OrderTables>, orderId: OrderId, ref: string): Promise<boolean> {
  const row = await db
    .selectFrom('task')
    .select('ref')
    .where('about', '=', `order:${orderId}`)
    .where('kind', '=', byHandTask)
    .where('ref', '=', ref)
    .executeTakeFirst()
  return row !== undefined
}

/** The refunds of an order that staff were asked to pay back by hand and have not. */
export async function byHandOf(db: Query<OrderTables>, orderId: OrderId): Promise<string[]> {
  const rows = await db
    .selectFrom('task')
    .select('ref')
    .where('about', '=', `order:${orderId}`)
    .where('kind', '=', byHandTask)
    .where('done_at', 'is', null)
    .execute()
  return rows.map(({ ref }) => ref)
}

/** Every processor by which a payment came in. */
export async function processorsOf(db: Query<OrderTables>): Promise<string[]> {
  const rows = await db
    .selectFrom('order_fact')
    .select('source')
    .distinct()
    .where('kind', '=', 'pay.captured')
    .orderBy('source')
    .execute()
  return rows.map(({ source }) => source)
}

/** The next orders with such a payment, by their ids. Shape: `after` is the last id of the page before. */
export async function ordersPaidAt(
  db: Query<OrderTables>,
  { processor, since }: PaidAt,
  page: { readonly after: string; readonly most: number },
): Promise<OrderId[]> {
  const rows = await db
    .selectFrom('order_fact')
    .select('order_id')
    .distinct()
    .where('kind', '=', 'pay.captured')
    .where('source', '=', processor)
    .where('at', '>=', since)
    .where('order_id', '>', page.after)
    .orderBy('order_id')
    .limit(page.most)
    .execute()
  return rows.map(({ order_id }) => order_id as OrderId)
}

/** All facts of some orders. */
export async function factsOfEach(
  db: Query<OrderTables>,
  orderIds: readonly OrderId[],
): Promise<ReadonlyMap<OrderId, Fact[]>> {
  const found = new Map<OrderId, Fact[]>(orderIds.map((id) => [id, []]))
  if (orderIds.length === 0) return found
  const rows = await db
    .selectFrom('order_fact')
    .selectAll()
    .where('order_id', 'in', [...orderIds])
    .execute()
  for (const row of rows) found.get(row.order_id as OrderId)?.push(factOf(row))
  return found
}

/** How far paying everybody back has come, counted in refunds. Shape: `looking` counts the orders that are still to be looked at. */
export type Progress = Readonly<Record<'asked' | 'done' | 'failed' | 'byHand' | 'looking', number>>

/** How far paying back all payments of a processor has come. */
export async function progressOf(db: Query<OrderTables>, { processor, since }: PaidAt): Promise<Progress> {
  const { rows } = await sql<Record<keyof Progress, string>>`
    with asked as (
      select distinct back.order_id, back.ref from order_fact back
      join order_fact paid on paid.order_id = back.order_id and paid.ref = back."of"
      where back.source = 'desk' and back.kind = 'refund.requested' and back.reason = 'incident'
        and paid.kind = 'pay.captured' and paid.source = ${processor} and paid.at >= ${since}),
    ended as (
      select asked.ref,
        bool_or(said.kind = 'refund.failed') or (bool_or(said.kind = 'refund.cancelled') and not bool_or(said.kind = 'refund.succeeded')) as failed,
        bool_or(said.kind = 'refund.succeeded') as done,
        bool_or(task.ref is not null) as by_hand
      from asked
      join order_fact said on said.order_id = asked.order_id and said.ref = asked.ref
      left join task on task.ref = asked.ref and task.kind = ${byHandTask} and task.done_at is null
      group by asked.ref)
    select count(*) as asked,
      count(*) filter (where done and not failed) as done,
      count(*) filter (where failed) as failed,
      count(*) filter (where by_hand and not done and not failed) as "byHand",
      (select count(*) from job where done_at is null and kind in ('orders.incident', 'orders.payBack')
        and ids->>'processor' = ${processor}) as looking
    from ended`.execute(db)
  const [row] = rows
  const count = (name: keyof Progress): number => Number(row?.[name] ?? 0)
  return {
    asked: count('asked'),
    done: count('done'),
    failed: count('failed'),
    byHand: count('byHand'),
    looking: count('looking'),
  }
}

/** When the oldest payment at a processor came in, of those after a moment and of orders of this shop. */
export async function oldestCapture(
  db: Query<OrderTables>,
  source: string,
  since: Date | undefined,
): Promise<Date | undefined> {
  const all = db
    .selectFrom('order_fact')
    .select((of) => of.fn.min('at').as('at'))
    .where('source', '=', source)
    .where('kind', '=', 'pay.captured')
    .where((of) =>
      of.not(
        of.exists(
          of
            .selectFrom('order_fact as told')
            .select('told.order_id')
            .whereRef('told.order_id', '=', 'order_fact.order_id')
            .where('told.kind', '=', 'order.fulfilledElsewhere'),
        ),
      ),
    )
  return (await (since ? all.where('at', '>', since) : all).executeTakeFirst())?.at ?? undefined
}
