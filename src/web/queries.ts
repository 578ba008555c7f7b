import { sql, type Query, type Tx } from '../db/index.ts'
import type { LinkKind, StaffRole, WebTables } from './tables.ts'

type Handle = Query<WebTables>

/** A link as it is stored. */
export type StoredLink = {
  kind: LinkKind
  orderId: string | null
  staffId: string | null
  subjectId: string | null
  expiresAt: Date
}

const opened = [
  'kind',
  'order_id as orderId',
  'staff_id as staffId',
  'subject_id as subjectId',
  'expires_at as expiresAt',
] as const

/** Writes one link and the persons that it opens. */
export async function insertLink(
  tx: Query<WebTables>,
  link: StoredLink & { hash: Buffer; madeAt: Date; persons: readonly string[] },
): Promise<void> {
  const { hash, kind, orderId, staffId, subjectId, madeAt, expiresAt, persons } = link
  await tx
    .insertInto('link')
    .values({
      token_hash: hash,
      kind,
      order_id: orderId,
      staff_id: staffId,
      subject_id: subjectId,
      made_at: madeAt,
      expires_at: expiresAt,
      spent_at: null,
    })
    .execute()
  if (persons.length === 0) return
  await tx
    .insertInto('link_person')
    .values(persons.map((person) => ({ token_hash: hash, person_id: person })))
    .execute()
}

/** The link with this hash if it is of the kind asked for, not yet spent and not over. */
export function liveLink(
  db: Handle,
  link: { hash: Buffer; kind: LinkKind; at: Date },
): Promise<StoredLink | undefined> {
  return db
    .selectFrom('link')
    .select(opened)
    .where('token_hash', '=', link.hash)
    .where('kind', '=', link.kind)
    .where('spent_at', 'is', null)
    .where('expires_at', '>', link.at)
    .executeTakeFirst()
}

/** Marks a live link as used; of two who try at once, one gets it. */
export function markSpent(
  tx: Tx<WebTables>,
  link: { hash: Buffer; kind: LinkKind; at: Date },
): Promise<StoredLink | undefined> {
  return tx
    .updateTable('link')
    .set({ spent_at: link.at })
    .where('token_hash', '=', link.hash)
    .where('kind', '=', link.kind)
    .where('spent_at', 'is', null)
    .where('expires_at', '>', link.at)
    .returning(opened)
    .executeTakeFirst()
}

/** The persons that a link opens; an erasure removes them one by one. */
export async function personsOfLink(db: Handle, hash: Buffer): Promise<string[]> {
  const rows = await db
    .selectFrom('link_person')
    .select('person_id')
    .where('token_hash', '=', hash)
    .orderBy('person_id')
    .execute()
  return rows.map((row) => row.person_id)
}

/** Removes links and sessions that ended before the instant. */
export async function deleteEnded(tx: Tx<WebTables>, before: Date): Promise<void> {
  const ended = tx.selectFrom('link').select('token_hash').where('expires_at', '<', before)
  await tx.deleteFrom('link_person').where('token_hash', 'in', ended).execute()
  await tx.deleteFrom('link').where('expires_at', '<', before).execute()
  await tx.deleteFrom('staff_session').where('expires_at', '<', before).execute()
}

/** Writes a member of staff, or nothing when the label is taken. */
export async function insertStaff(
  tx: Tx<WebTables>,
  staff: { id: string; label: string; role: StaffRole; at: Date },
): Promise<void> {
  await tx
    .insertInto('staff')
    .values({ staff_id: staff.id, label: staff.label, role: staff.role, made_at: staff.at, left_at: null })
    .onConflict((clash) => clash.column('label').doNothing())
    .execute()
}

/** The member of staff with this label who has not left. */
export function staffByLabel(
  db: Handle,
  label: string,
): Promise<{ id: string; label: string; role: StaffRole } | undefined> {
  return db
    .selectFrom('staff')
    .select(['staff_id as id', 'label', 'role'])
    .where('label', '=', label)
    .where('left_at', 'is', null)
    .executeTakeFirst()
}

/** The owners who have not left. */
export async function ownersAtWork(db: Handle): Promise<string[]> {
  const rows = await db
    .selectFrom('staff')
    .select('staff_id')
    .where('role', '=', 'owner')
    .where('left_at', 'is', null)
    .orderBy('staff_id')
    .execute()
  return rows.map(({ staff_id }) => staff_id)
}

/** The label of a member of staff, also of one who left. */
export async function staffLabel(db: Handle, id: string): Promise<string | undefined> {
  const row = await db.selectFrom('staff').select('label').where('staff_id', '=', id).executeTakeFirst()
  return row?.label
}

/** Writes a session. */
export async function insertSession(
  tx: Tx<WebTables>,
  session: { hash: Buffer; staffId: string; at: Date; expiresAt: Date },
): Promise<void> {
  await tx
    .insertInto('staff_session')
    .values({
      session_hash: session.hash,
      staff_id: session.staffId,
      made_at: session.at,
      expires_at: session.expiresAt,
    })
    .execute()
}

/** Who is signed in by this session, if it is not over and they have not left. */
export function staffOfSession(
  db: Handle,
  session: { hash: Buffer; at: Date },
): Promise<{ id: string; label: string; role: StaffRole } | undefined> {
  return db
    .selectFrom('staff_session')
    .innerJoin('staff', 'staff.staff_id', 'staff_session.staff_id')
    .select(['staff.staff_id as id', 'staff.label', 'staff.role'])
    .where('staff_session.session_hash', '=', session.hash)
    .where('staff_session.expires_at', '>', session.at)
    .where('staff.left_at', 'is', null)
    .executeTakeFirst()
}

/** Whether a session was made that lasts longer than so many seconds. */
export async function isLongerSession(db: Handle, seconds: number): Promise<boolean> {
  const { rows } = await sql<{ longer: boolean }>`
    select exists (select from staff_session where expires_at > made_at + ${seconds} * interval '1 second') as longer`.execute(
    db,
  )
  return rows[0]?.longer ?? false
}

/** Ends one session. */
export async function deleteSession(tx: Tx<WebTables>, hash: Buffer): Promise<void> {
  await tx.deleteFrom('staff_session').where('session_hash', '=', hash).execute()
}

/** Marks a member of staff as gone and ends all their sessions. */
export async function markLeft(tx: Tx<WebTables>, staff: { id: string; at: Date }): Promise<void> {
  await tx
    .updateTable('staff')
    .set({ left_at: staff.at })
    .where('staff_id', '=', staff.id)
    .where('left_at', 'is', null)
    .execute()
  await tx.deleteFrom('staff_session').where('staff_id', '=', staff.id).execute()
}
