import { sql, type Query } from '../../../db/index.ts'
import type { FactKind, OrderId } from '../facts.ts'
import type { OrderTables } from '../tables.ts'

/** The orders of which a source has told one kind of thing, the newest thousand, known or not. Shape: what arrived by asking has other names. */
export async function ordersTold(
  db: Query<OrderTables>,
  told: { source: string; kind: FactKind; begins: string },
): Promise<string[]> {
  const rows = await db
    .selectFrom('inbox')
    .select('order_ref')
    .where('source', '=', told.source)
    .where('kind', '=', told.kind)
    .where('ext', 'like', `${told.begins}%`)
    .orderBy('received_at', 'desc')
    .limit(1000)
    .execute()
  return [...new Set(rows.map((row) => row.order_ref))]
}

/** Orders that may be paid in part, of which staff were not told yet, the oldest first. Shape: at most 1,000; whether they are is for the fold to say. */
export async function partlyPaidUntold(db: Query<OrderTables>): Promise<OrderId[]> {
  const rows = await db
    .selectFrom('order_view')
    .select('order_id')
    .where('headline', '=', 'pending')
    .where((of) =>
      of.not(
        of.exists(
          of
            .selectFrom('task')
            .select('task.ref')
            .where('task.about', '=', sql<string>`'order:' || order_view.order_id`)
            .where('task.kind', '=', 'partlyPaid'),
        ),
      ),
    )
    .orderBy('placed_at')
    .limit(1000)
    .execute()
  return rows.map((row) => row.order_id as OrderId)
}
