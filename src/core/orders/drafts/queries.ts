import type { Query } from '../../../db/index.ts'
import type { PersonId } from '../../../vault/index.ts'
import type { OrderId } from '../facts.ts'
import type { OrderTables } from '../tables.ts'

/** An order that nobody paid, and whose it is. */
export type Draft = { readonly orderId: OrderId; readonly person: PersonId }

/** Orders with a person that were placed before an instant and never paid, the oldest first. Shape: at most 1,000. */
export async function unpaidBefore(db: Query<OrderTables>, before: Date): Promise<Draft[]> {
  const rows = await db
    .selectFrom('order_view')
    .innerJoin('order_person', 'order_person.order_id', 'order_view.order_id')
    .select(['order_view.order_id', 'order_person.person_id'])
    .where('order_view.paid_at', 'is', null)
    .where('order_view.placed_at', '<', before)
    .orderBy('order_view.placed_at')
    .limit(1000)
    .execute()
  return rows.map((row) => ({ orderId: row.order_id as OrderId, person: row.person_id as PersonId }))
}
