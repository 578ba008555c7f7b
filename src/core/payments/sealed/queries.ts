import type { Query } from '../../../db/index.ts'
import type { PaymentTables } from '../tables.ts'

type Row = PaymentTables['envelope_receipt']

/** How the card part of a notice came to its end. */
export type EnvelopeEnd = NonNullable<Row['how']>

/** Notes that a card part came; false when the same one came before, whatever became of it. */
export async function noteEnvelope(
  db: Query<PaymentTables>,
  row: Pick<Row, 'digest' | 'order_ref' | 'kid' | 'received_at'>,
): Promise<boolean> {
  const taken = await db
    .insertInto('envelope_receipt')
    .values({ ...row, destroyed_at: null, how: null, code_version: null })
    .onConflict((conflict) => conflict.doNothing())
    .returning('order_ref')
    .execute()
  return taken.length > 0
}

/** Which card parts have come to their end. */
export type Ended = { readonly order: string } | { readonly before: Date } | 'all'

/** Writes the receipts of all that is open and has ended. Answers how many. */
export async function noteDestroyed(
  db: Query<PaymentTables>,
  which: Ended,
  end: { at: Date; how: EnvelopeEnd; version: string },
): Promise<number> {
  const open = db
    .updateTable('envelope_receipt')
    .set({ destroyed_at: end.at, how: end.how, code_version: end.version })
    .where('destroyed_at', 'is', null)
  const ended =
    which === 'all'
      ? open
      : 'order' in which
        ? open.where('order_ref', '=', which.order)
        : open.where('received_at', '<=', which.before)
  return (await ended.returning('order_ref').execute()).length
}

/** The card parts that have no receipt yet. */
export function openEnvelopes(db: Query<PaymentTables>): Promise<Row[]> {
  return db.selectFrom('envelope_receipt').selectAll().where('destroyed_at', 'is', null).execute()
}

/** Which of some orders have a row here. */
export async function withReceipt(db: Query<PaymentTables>, orders: readonly string[]): Promise<ReadonlySet<string>> {
  if (orders.length === 0) return new Set()
  const rows = await db
    .selectFrom('envelope_receipt')
    .select('order_ref')
    .where('order_ref', 'in', [...orders])
    .execute()
  return new Set(rows.map((row) => row.order_ref))
}

/** Whether a card part ever came. */
export async function anyEnvelope(db: Query<PaymentTables>): Promise<boolean> {
  return (await db.selectFrom('envelope_receipt').select('order_ref').limit(1).execute()).length > 0
}
