import { sql, type Query, type Tx } from '../db/index.ts'
import type { Field } from '../policy/index.ts'
import type { PartnerTables, ToldState } from './tables.ts'

/** One row of the log, as it is written before anything leaves. Shape: names only. */
export type LogRow = {
  readonly id: string
  readonly recipient: string
  readonly purpose: string
  readonly ref: string
  readonly fields: readonly string[]
  readonly values: readonly string[]
  readonly person: string | null
  readonly at: Date
}

/** Writes the log row if the recipient's commitment with that hash is live, in one statement; answers whether it did. */
export async function logDisclosure(db: Query<PartnerTables>, row: LogRow, hash: string): Promise<boolean> {
  const written = await sql<{ id: string }>`
    insert into disclosure (disclosure_id, recipient, purpose, ref, fields, value_names, person_id, at)
    select ${row.id}::uuid, recipient, ${row.purpose}, ${row.ref}, ${[...row.fields]}::text[], ${[...row.values]}::text[],
      ${row.person}::uuid, ${row.at}::timestamptz
    from commitment where recipient = ${row.recipient} and hash = ${hash} and expires_at > ${row.at}::timestamptz
    returning disclosure_id as id`.execute(db)
  return written.rows.length === 1
}

/** Notes that nothing left after a log row was written, because the vault refused. */
export async function logWithheld(
  db: Query<PartnerTables>,
  row: { id: string; because: string; at: Date },
): Promise<void> {
  await db
    .insertInto('disclosure_withheld')
    .values({ disclosure_id: row.id, because: row.because, at: row.at })
    .execute()
}

/** A commitment as it was recorded. */
export type RecordedCommitment = {
  readonly recipient: string
  readonly hash: string
  readonly document: string
  readonly signedOn: string | null
  readonly expiresAt: Date
}

/** Every commitment that was ever recorded. */
export async function commitments(db: Query<PartnerTables>): Promise<RecordedCommitment[]> {
  const { rows } = await sql<RecordedCommitment>`
    select recipient, hash, document, signed_on::text as "signedOn", expires_at as "expiresAt" from commitment`.execute(
    db,
  )
  return rows
}

/** Notes the first start unless it is known, and answers it. */
export async function firstStart(tx: Tx<PartnerTables>, at: Date): Promise<Date> {
  await tx
    .insertInto('installation')
    .values({ one: true, first_started_at: at })
    .onConflict((known) => known.column('one').doNothing())
    .execute()
  const row = await tx.selectFrom('installation').select('first_started_at').executeTakeFirstOrThrow()
  return row.first_started_at
}

/** Records commitments; a known document may only get another end. */
export async function recordCommitments(tx: Tx<PartnerTables>, rows: readonly RecordedCommitment[]): Promise<void> {
  for (const row of rows)
    await tx
      .insertInto('commitment')
      .values({
        recipient: row.recipient,
        hash: row.hash,
        document: row.document,
        signed_on: row.signedOn,
        expires_at: row.expiresAt,
      })
      .onConflict((known) => known.columns(['recipient', 'hash']).doUpdateSet({ expires_at: row.expiresAt }))
      .execute()
}

/** What was passed on, the same thing once with how often. Shape: `at` is the first time, in UTC. */
export type PassedOnRow = {
  readonly at: Date
  readonly times: number
  readonly recipient: string
  readonly purpose: string
  readonly ref: string
  readonly fields: Field[]
  readonly values: string[]
}

/** What was passed on about a person, or for one order, mail or licence. */
export async function passedOnRows(
  db: Query<PartnerTables>,
  of: { person: string } | { ref: string },
): Promise<PassedOnRow[]> {
  const about = 'person' in of ? sql`d.person_id = ${of.person}::uuid` : sql`d.ref = ${of.ref}`
  const { rows } = await sql<PassedOnRow>`
    select min(d.at) as at, count(*)::int as times, d.recipient, d.purpose, d.ref, d.fields, d.value_names as values
    from disclosure d
    where ${about} and not exists (select from disclosure_withheld w where w.disclosure_id = d.disclosure_id)
    group by d.recipient, d.purpose, d.ref, d.fields, d.value_names order by 1`.execute(db)
  return rows
}

/** The recipients that were given personal fields of a person. */
export async function recipientsOf(db: Query<PartnerTables>, person: string): Promise<string[]> {
  const { rows } = await sql<{ recipient: string }>`
    select distinct d.recipient from disclosure d
    where d.person_id = ${person}::uuid and cardinality(d.fields) > 0
      and not exists (select from disclosure_withheld w where w.disclosure_id = d.disclosure_id)
    order by 1`.execute(db)
  return rows.map((row) => row.recipient)
}

/** A recipient that has to know of an erasure. */
export type ToldRow = {
  readonly id: string
  readonly person: string
  readonly recipient: string
  readonly state: ToldState
  readonly at: Date
}

/** Notes that a recipient must be told, once for each person and recipient. */
export async function addTold(tx: Tx<PartnerTables>, row: Omit<ToldRow, 'state'>): Promise<void> {
  await tx
    .insertInto('erasure_told')
    .values({ told_id: row.id, person_id: row.person, recipient: row.recipient, state: 'waiting', at: row.at })
    .onConflict((known) => known.columns(['person_id', 'recipient']).doNothing())
    .execute()
}

const toldColumns = ['told_id as id', 'person_id as person', 'recipient', 'state', 'at'] as const

/** Who had to be told of a person's erasure, and how far that is. */
export function toldOf(db: Query<PartnerTables>, person: string): Promise<ToldRow[]> {
  return db
    .selectFrom('erasure_told')
    .select(toldColumns)
    .where('person_id', '=', person)
    .orderBy('recipient')
    .execute()
}

/** What only a member of staff can tell, the oldest first. */
export function toldByHand(db: Query<PartnerTables>): Promise<ToldRow[]> {
  return db.selectFrom('erasure_told').select(toldColumns).where('state', '=', 'by-hand').orderBy('at').execute()
}

/** One row of the above. */
export function toldById(db: Query<PartnerTables>, id: string): Promise<ToldRow | undefined> {
  return db.selectFrom('erasure_told').select(toldColumns).where('told_id', '=', id).executeTakeFirst()
}

/** Notes how telling went, unless it went further since. */
export async function setTold(
  db: Query<PartnerTables>,
  row: { id: string; from: ToldState; state: ToldState; at: Date },
): Promise<void> {
  await db
    .updateTable('erasure_told')
    .set({ state: row.state, at: row.at })
    .where('told_id', '=', row.id)
    .where('state', '=', row.from)
    .execute()
}

/** What was passed on to whom and for what, each way once. Shape: names only. */
export type PassedOnWay = {
  readonly recipient: string
  readonly purpose: string
  readonly fields: readonly string[]
  readonly values: readonly string[]
}

/** The ways in which something was passed on since an instant: for the promises page. */
export async function waysSince(db: Query<PartnerTables>, since: Date): Promise<PassedOnWay[]> {
  return db
    .selectFrom('disclosure')
    .select(['recipient', 'purpose', 'fields', 'value_names as values'])
    .distinct()
    .where('at', '>=', since)
    .execute()
}
