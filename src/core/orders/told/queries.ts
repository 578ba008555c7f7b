import type { Query } from '../../../db/index.ts'
import type { FactKind } from '../facts.ts'
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
