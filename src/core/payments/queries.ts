import type { Query } from '../../db/index.ts'
import type { PaymentTables } from './tables.ts'

/** Notes the hosted page of one try to pay. */
export async function noteSession(db: Query<PaymentTables>, row: PaymentTables['checkout_session']): Promise<void> {
  await db
    .insertInto('checkout_session')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** The hosted pages of an order, the newest try first. */
export function sessionsOf(db: Query<PaymentTables>, orderId: string): Promise<PaymentTables['checkout_session'][]> {
  return db
    .selectFrom('checkout_session')
    .selectAll()
    .where('order_id', '=', orderId)
    .orderBy('attempt', 'desc')
    .execute()
}
