import type { Query } from '../../../db/index.ts'
import type { PersonId, TextId } from '../../../vault/index.ts'
import type { PaymentTables } from '../tables.ts'

type Row = PaymentTables['processor_event']

/** A kept message, without what it says. */
export type KeptMessage = {
  readonly id: string
  readonly processor: string
  readonly endpoint: string
  readonly orderRef: string | null
  readonly person: PersonId
  readonly text: TextId
  readonly receivedAt: Date
}

/** Takes the place of a message; false when it came before. */
export async function takeMessage(db: Query<PaymentTables>, row: Row): Promise<boolean> {
  const taken = await db
    .insertInto('processor_event')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .returning('event_id')
    .execute()
  return taken.length > 0
}

/** Whether a message came before. */
export async function isKept(db: Query<PaymentTables>, processor: string, digest: Buffer): Promise<boolean> {
  const row = await db
    .selectFrom('processor_event')
    .select('event_id')
    .where('processor', '=', processor)
    .where('digest', '=', digest)
    .executeTakeFirst()
  return row !== undefined
}

function kept(row: Row): KeptMessage {
  return {
    id: row.event_id,
    processor: row.processor,
    endpoint: row.endpoint,
    orderRef: row.order_ref,
    person: row.person_id as PersonId,
    text: row.text_id as TextId,
    receivedAt: row.received_at,
  }
}

/** The messages about an order, by any of the names under which they were kept, the oldest first. */
export async function messagesOf(db: Query<PaymentTables>, orderRefs: readonly string[]): Promise<KeptMessage[]> {
  const rows = await db
    .selectFrom('processor_event')
    .selectAll()
    .where('order_ref', 'in', [...orderRefs])
    .orderBy('received_at')
    .execute()
  return rows.map(kept)
}

/** Whether anything came in about an order. */
export async function hasMessages(db: Query<PaymentTables>, orderId: string): Promise<boolean> {
  const row = await db
    .selectFrom('processor_event')
    .select('event_id')
    .where('order_ref', '=', orderId)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** Messages that came before a moment, the oldest first. */
export async function messagesBefore(db: Query<PaymentTables>, before: Date): Promise<KeptMessage[]> {
  const rows = await db
    .selectFrom('processor_event')
    .selectAll()
    .where('received_at', '<', before)
    .orderBy('received_at')
    .limit(500)
    .execute()
  return rows.map(kept)
}

/** Notes whose a message is now, and of which order. */
export async function setHolder(
  db: Query<PaymentTables>,
  id: string,
  { person, orderId }: { person: PersonId; orderId: string },
): Promise<void> {
  const held = { person_id: person, order_ref: orderId }
  await db.updateTable('processor_event').set(held).where('event_id', '=', id).execute()
}

/** Forgets that a message came. */
export async function dropMessage(db: Query<PaymentTables>, id: string): Promise<void> {
  await db.deleteFrom('processor_event').where('event_id', '=', id).execute()
}
