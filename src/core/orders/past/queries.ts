import type { Query } from '../../../db/index.ts'
import type { OrderId } from '../facts.ts'
import type { OrderTables } from '../tables.ts'

/** The order that a processor's own reference of a payment belongs to. */
export async function orderPaidBy(
  db: Query<OrderTables>,
  payment: { source: string; ref: string },
): Promise<OrderId | undefined> {
  const row = await db
    .selectFrom('order_fact')
    .select('order_id')
    .where('source', '=', payment.source)
    .where('ref', '=', payment.ref)
    .where('kind', '=', 'pay.captured')
    .executeTakeFirst()
  return row?.order_id as OrderId | undefined
}
