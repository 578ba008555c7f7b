import { sql, type Query, type Tx } from '../../db/index.ts'
import type { InboundOutcome, InboundTables } from './tables.ts'

/** One mail of the mailbox by its number. */
export type Place = { readonly validity: string; readonly uid: number }

/** Which of some numbers were dealt with, and how. */
export async function dealtWith(
  db: Query<InboundTables>,
  of: { validity: string; uids: readonly number[] },
): Promise<Map<number, InboundOutcome>> {
  const { rows } = await sql<{ uid: string; outcome: InboundOutcome }>`
    select uid, outcome from inbound_uid where validity = ${of.validity}::bigint and uid = any (${[...of.uids]}::bigint[])`.execute(
    db,
  )
  return new Map(rows.map((row) => [Number(row.uid), row.outcome]))
}

/** Notes that a mail was dealt with; answers whether nobody else did. */
export async function noteUid(
  tx: Tx<InboundTables>,
  { validity, uid }: Place,
  how: { outcome: InboundOutcome; at: Date },
): Promise<boolean> {
  const row = await tx
    .insertInto('inbound_uid')
    .values({ validity, uid: String(uid), ...how })
    .onConflict((known) => known.columns(['validity', 'uid']).doNothing())
    .returning('uid')
    .executeTakeFirst()
  await tx.deleteFrom('inbound_try').where('validity', '=', validity).where('uid', '=', String(uid)).execute()
  return row !== undefined
}

/** Takes the mark of what a sender wrote; answers whether it is new. */
export async function takeMark(tx: Tx<InboundTables>, mark: Buffer, at: Date): Promise<boolean> {
  const row = await tx
    .insertInto('inbound_mark')
    .values({ mark, at })
    .onConflict((known) => known.column('mark').doNothing())
    .returning('at')
    .executeTakeFirst()
  return row !== undefined
}

/** Whether what a sender wrote was taken in before. */
export async function isMarked(db: Query<InboundTables>, mark: Buffer): Promise<boolean> {
  const row = await db.selectFrom('inbound_mark').select('at').where('mark', '=', mark).executeTakeFirst()
  return row !== undefined
}

/** The highest number that was dealt with; 0 when none was. */
export async function highestTaken(db: Query<InboundTables>, validity: string): Promise<number> {
  const row = await db
    .selectFrom('inbound_uid')
    .select((from) => from.fn.max('uid').as('uid'))
    .where('validity', '=', validity)
    .executeTakeFirst()
  return Number(row?.uid ?? 0)
}

/** Mails that could not be read or filed yet, and when each may be tried again. */
export async function triesOf(db: Query<InboundTables>, validity: string): Promise<Map<number, Date>> {
  const rows = await db.selectFrom('inbound_try').select(['uid', 'next_at']).where('validity', '=', validity).execute()
  return new Map(rows.map((row) => [Number(row.uid), row.next_at]))
}

/** Forgets tries of mails that are gone, or were dealt with after all. */
export async function dropTries(
  db: Query<InboundTables>,
  of: { validity: string; uids: readonly number[] },
): Promise<void> {
  if (of.uids.length === 0) return
  await db
    .deleteFrom('inbound_try')
    .where('validity', '=', of.validity)
    .where('uid', 'in', of.uids.map(String))
    .execute()
}

/** Counts one more try that failed; answers how many there were. */
export async function countTry(
  db: Query<InboundTables>,
  { validity, uid }: Place,
  how: { because: string; nextAt: Date },
): Promise<number> {
  const row = await db
    .insertInto('inbound_try')
    .values({ validity, uid: String(uid), tries: 1, because: how.because, next_at: how.nextAt })
    .onConflict((known) =>
      known.columns(['validity', 'uid']).doUpdateSet((set) => ({
        tries: set('inbound_try.tries', '+', 1),
        because: how.because,
        next_at: how.nextAt,
      })),
    )
    .returning('tries')
    .executeTakeFirstOrThrow()
  return row.tries
}
