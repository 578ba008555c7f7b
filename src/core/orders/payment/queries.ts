import { sql, type Query } from '../../../db/index.ts'
import type { Fact, OrderId } from '../facts.ts'
import type { OrderTables } from '../tables.ts'

/** A payment by its processor and the processor's own name of it. */
export type PaymentName = { readonly source: string; readonly ref: string }

/** The name under which waits what is about a payment of which no order is known. Shape: it can be no order's id. */
export function paymentKey({ source, ref }: PaymentName): string {
  return `payment:${source}:${ref}`
}

/** The order that a payment came in for. */
export async function orderOfPayment(
  db: Query<OrderTables>,
  { source, ref }: PaymentName,
): Promise<OrderId | undefined> {
  const row = await db
    .selectFrom('order_fact')
    .select('order_id')
    .where('source', '=', source)
    .where('ref', '=', ref)
    .where('kind', '=', 'pay.captured')
    .orderBy('order_id')
    .limit(1)
    .executeTakeFirst()
  return row?.order_id as OrderId | undefined
}

/** Payments as they came in. Shape: amounts in minor units. */
export async function capturedAs(
  db: Query<OrderTables>,
  source: string,
  refs: readonly string[],
): Promise<{ ref: string; orderId: string; amountMinor: number; currency: string | null }[]> {
  const { rows } = await sql<{ ref: string; order_id: string; amount_minor: string; currency: string | null }>`
    select ref, order_id, amount_minor, currency from order_fact
    where source = ${source} and kind = 'pay.captured' and ref in (select jsonb_array_elements_text(${JSON.stringify(refs)}::jsonb))`.execute(
    db,
  )
  return rows.map(({ ref, order_id: orderId, amount_minor, currency }) => ({
    ref,
    orderId,
    amountMinor: Number(amount_minor),
    currency,
  }))
}

/** The payments that some facts say came in. */
export function capturedIn(facts: readonly Fact[]): PaymentName[] {
  return facts.flatMap(({ kind, source, ref }) =>
    kind === 'pay.captured' && ref !== undefined ? [{ source, ref }] : [],
  )
}

/** Whether a payment that a processor's call told of is beside an order that has no line of that price. Shape: what a report told is a whole order, and is not looked at. */
export async function hasMisfits(db: Query<OrderTables>, source: string): Promise<boolean> {
  const row = await db
    .selectFrom('order_fact')
    .select('order_fact.order_id')
    .where('source', '=', source)
    .where('kind', '=', 'pay.captured')
    .where((of) => of.or([of('ext', 'like', 'key:%'), of('ext', 'like', 'update:%')]))
    .where((of) =>
      of.not(
        of.exists(
          of
            .selectFrom('order_line')
            .select('order_line.order_id')
            .whereRef('order_line.order_id', '=', 'order_fact.order_id')
            .whereRef('order_line.gross_minor', '=', 'order_fact.amount_minor'),
        ),
      ),
    )
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}
