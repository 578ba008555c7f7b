import { sql, type Query, type Tx } from '../db/index.ts'
import type { Purpose, RetentionClass } from '../policy/index.ts'
import type { PersonId, Ref } from '../vault/index.ts'
import type { MailKind } from './kinds.ts'
import type { BounceKind, Channel, ContactTables, MailOutcome } from './tables.ts'

/** One row of the contact ledger. Shape: ids and words. */
export type LedgerRow = {
  readonly mailId: string
  readonly channel: Channel
  readonly kind: MailKind
  readonly person: PersonId
  readonly purpose: Purpose
  readonly for: Ref
  readonly madeAt: Date
  readonly messageId: string
  readonly handedOverAt: Date | null
  readonly outcome: MailOutcome | null
  readonly because: string | null
  readonly keptClass: RetentionClass | null
  readonly triedAt: Date | null
  readonly bouncedAt: Date | null
  readonly bounce: BounceKind | null
}

const columns = [
  'mail_id as mailId',
  'channel',
  'kind',
  'person_id as person',
  'purpose',
  'ref as for',
  'made_at as madeAt',
  'message_id as messageId',
  'handed_over_at as handedOverAt',
  'outcome',
  'because',
  'kept_class as keptClass',
  'tried_at as triedAt',
  'bounced_at as bouncedAt',
  'bounce',
] as const

/** A row of the ledger as it begins, with the key of the effect that asked for it. */
export type NewRow = Pick<
  LedgerRow,
  'mailId' | 'channel' | 'kind' | 'person' | 'purpose' | 'for' | 'madeAt' | 'messageId'
> & { readonly key: string }

/** Takes the keys of some contacts; answers those rows whose key was free. */
export async function takeKeys(tx: Tx<ContactTables>, rows: readonly NewRow[]): Promise<NewRow[]> {
  if (rows.length === 0) return []
  const taken = await tx
    .insertInto('contact_key')
    .values(rows.map(({ key, mailId }) => ({ key, mail_id: mailId })))
    .onConflict((known) => known.column('key').doNothing())
    .returning('mail_id')
    .execute()
  const free = new Set(taken.map((row) => row.mail_id))
  return rows.filter(({ mailId }) => free.has(mailId))
}

/** Writes rows of the ledger; without an end they wait. */
export async function addRows(
  tx: Tx<ContactTables>,
  rows: readonly NewRow[],
  ended?: Pick<End, 'outcome' | 'because'>,
): Promise<void> {
  if (rows.length === 0) return
  const values = rows.map((row) => ({
    mail_id: row.mailId,
    channel: row.channel,
    kind: row.kind,
    person_id: row.person,
    purpose: row.purpose,
    ref: row.for,
    made_at: row.madeAt,
    message_id: row.messageId,
    handed_over_at: ended?.outcome === 'handed-over' ? row.madeAt : null,
    outcome: ended?.outcome ?? null,
    because: ended?.because ?? null,
  }))
  await tx
    .insertInto('contact_ledger')
    .values(values as ContactTables['contact_ledger'][])
    .execute()
}

/** One mail. */
export function mailById(db: Query<ContactTables>, mailId: string): Promise<LedgerRow | undefined> {
  return db.selectFrom('contact_ledger').select(columns).where('mail_id', '=', mailId).executeTakeFirst()
}

/** The mails that went out under some Message-IDs, in the order of these. Shape: without angle brackets. */
export async function mailsByMessage(
  db: Query<ContactTables>,
  messageIds: readonly string[],
): Promise<readonly LedgerRow[]> {
  if (messageIds.length === 0) return []
  const rows = await db
    .selectFrom('contact_ledger')
    .select(columns)
    .where('message_id', 'in', [...messageIds])
    .execute()
  return rows.toSorted((a, b) => messageIds.indexOf(a.messageId) - messageIds.indexOf(b.messageId))
}

/** How many mails of a kind some persons were to get since an instant. */
export async function countSince(
  db: Query<ContactTables>,
  of: { persons: readonly PersonId[]; kind: MailKind; since: Date },
): Promise<number> {
  const { rows } = await sql<{ mails: number }>`
    select count(*)::int as mails from contact_ledger
    where person_id = any (${[...of.persons]}::uuid[]) and kind = ${of.kind} and made_at >= ${of.since}`.execute(db)
  return rows[0]?.mails ?? 0
}

/** How the contacts for one thing went, counted by outcome; `waiting` has none, and `bounced` are those that came back for good. */
export async function tallyOf(db: Query<ContactTables>, ref: Ref): Promise<Readonly<Record<string, number>>> {
  const { rows } = await sql<{ outcome: string; contacts: number }>`
    select case when bounce = 'lasting' then 'bounced' else coalesce(outcome, 'waiting') end as outcome, count(*)::int as contacts
    from contact_ledger where ref = ${ref} group by 1`.execute(db)
  return Object.fromEntries(rows.map((row) => [row.outcome, row.contacts]))
}

/** How many contacts for one thing have no end yet. */
export async function waitingFor(db: Query<ContactTables>, ref: Ref): Promise<number> {
  const { rows } = await sql<{ waiting: number }>`
    select count(*)::int as waiting from contact_ledger where ref = ${ref} and outcome is null`.execute(db)
  return rows[0]?.waiting ?? 0
}

/** The contacts for one thing, a page at a time by their ids; without `outcomes`, of every outcome. */
export function contactsFor(
  db: Query<ContactTables>,
  of: { ref: Ref; after: string | undefined; most: number; outcomes?: readonly MailOutcome[] },
): Promise<LedgerRow[]> {
  let found = db.selectFrom('contact_ledger').select(columns).where('ref', '=', of.ref)
  if (of.after) found = found.where('mail_id', '>', of.after)
  if (of.outcomes) found = found.where('outcome', 'in', [...of.outcomes])
  return found.orderBy('mail_id').limit(of.most).execute()
}

/** Mails for one thing that wait while no work is asked for them: they were held back. */
export async function heldBack(tx: Tx<ContactTables>, ref: Ref): Promise<string[]> {
  const { rows } = await sql<{ mail: string }>`
    select l.mail_id as mail from contact_ledger l
    where l.ref = ${ref} and l.outcome is null and l.channel = 'mail' and not exists (
      select from job j where j.done_at is null and j.kind = 'contact.bulk' and j.ids ->> 'mail' = l.mail_id::text)`.execute(
    tx,
  )
  return rows.map((row) => row.mail)
}

/** Lets mails that may or may not have arrived wait again. Answers which. */
export async function waitAgain(tx: Tx<ContactTables>, ref: Ref): Promise<string[]> {
  const rows = await tx
    .updateTable('contact_ledger')
    .set({ outcome: null, because: null, tried_at: null })
    .where('ref', '=', ref)
    .where('outcome', '=', 'unknown')
    .returning('mail_id')
    .execute()
  return rows.map((row) => row.mail_id)
}

/** Locks a mail until the transaction ends; answers how it has ended so far, or undefined when there is no such mail. */
export async function lockMail(tx: Tx<ContactTables>, mailId: string): Promise<Pick<LedgerRow, 'outcome'> | undefined> {
  return tx.selectFrom('contact_ledger').select('outcome').where('mail_id', '=', mailId).forUpdate().executeTakeFirst()
}

/** Notes that a waiting mail is being handed in from now on. Answers false when that was noted before, or it has ended. */
export async function beginTry(db: Query<ContactTables>, mailId: string, at: Date): Promise<boolean> {
  const row = await db
    .updateTable('contact_ledger')
    .set({ tried_at: at })
    .where('mail_id', '=', mailId)
    .where('outcome', 'is', null)
    .where('tried_at', 'is', null)
    .returning('mail_id')
    .executeTakeFirst()
  return row !== undefined
}

/** Notes that the try came to nothing for certain, so that another may follow. */
export async function endTry(db: Query<ContactTables>, mailId: string): Promise<void> {
  await db
    .updateTable('contact_ledger')
    .set({ tried_at: null })
    .where('mail_id', '=', mailId)
    .where('outcome', 'is', null)
    .execute()
}

/** How a mail ended, for its row. */
export type End = {
  readonly outcome: MailOutcome
  readonly because?: string
  readonly at: Date
  readonly keptClass?: RetentionClass
}

/** Writes how a mail ended. */
export async function endMail(tx: Tx<ContactTables>, mailId: string, end: End): Promise<void> {
  await tx
    .updateTable('contact_ledger')
    .set({
      outcome: end.outcome,
      because: end.because ?? null,
      handed_over_at: end.outcome === 'handed-over' ? end.at : null,
      kept_class: end.keptClass ?? null,
    })
    .where('mail_id', '=', mailId)
    .execute()
}

/** Every contact with a person, the oldest first. */
export function mailsTo(db: Query<ContactTables>, person: PersonId): Promise<LedgerRow[]> {
  return db
    .selectFrom('contact_ledger')
    .select(columns)
    .where('person_id', '=', person)
    .orderBy('made_at')
    .orderBy('mail_id')
    .execute()
}

/** The newest mails of all. */
export function newestMails(db: Query<ContactTables>, most: number): Promise<LedgerRow[]> {
  return db
    .selectFrom('contact_ledger')
    .select(columns)
    .orderBy('made_at', 'desc')
    .orderBy('mail_id', 'desc')
    .limit(most)
    .execute()
}

/** Whether any one thing has more than one mail of a kind. */
export async function isRepeated(db: Query<ContactTables>, kind: MailKind): Promise<boolean> {
  const row = await db
    .selectFrom('contact_ledger')
    .select('ref')
    .where('kind', '=', kind)
    .groupBy('ref')
    .having((count) => count.fn.countAll<string>(), '>', '1')
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** How many mails wait, and how many ended in each way. */
export async function mailCounts(db: Query<ContactTables>): Promise<Readonly<Record<string, number>>> {
  const { rows } = await sql<{ outcome: string; mails: number }>`
    select coalesce(outcome, 'waiting') as outcome, count(*)::int as mails from contact_ledger group by 1`.execute(db)
  return Object.fromEntries(rows.map((row) => [row.outcome, row.mails]))
}
