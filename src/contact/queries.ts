import { sql, type Query, type Tx } from '../db/index.ts'
import type { Purpose, RetentionClass } from '../policy/index.ts'
import type { PersonId, Ref } from '../vault/index.ts'
import type { Channel, ContactTables, MailOutcome } from './tables.ts'

/** One row of the contact ledger. Shape: ids and words. */
export type LedgerRow = {
  readonly mailId: string
  readonly channel: Channel
  readonly kind: string
  readonly person: PersonId
  readonly purpose: Purpose
  readonly for: Ref
  readonly madeAt: Date
  readonly messageId: string
  readonly handedOverAt: Date | null
  readonly outcome: MailOutcome | null
  readonly because: string | null
  readonly keptClass: RetentionClass | null
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
] as const

/** Takes a key for a mail; answers whether it was free. */
export async function takeKey(tx: Tx<ContactTables>, key: string, mailId: string): Promise<boolean> {
  const taken = await tx
    .insertInto('contact_key')
    .values({ key, mail_id: mailId })
    .onConflict((known) => known.column('key').doNothing())
    .returning('mail_id')
    .executeTakeFirst()
  return taken !== undefined
}

/** Writes a mail that waits. */
export async function addMail(
  tx: Tx<ContactTables>,
  mail: Pick<LedgerRow, 'mailId' | 'kind' | 'person' | 'purpose' | 'for' | 'madeAt' | 'messageId'>,
): Promise<void> {
  await tx
    .insertInto('contact_ledger')
    .values({
      mail_id: mail.mailId,
      channel: 'mail',
      kind: mail.kind,
      person_id: mail.person,
      purpose: mail.purpose,
      ref: mail.for,
      made_at: mail.madeAt,
      message_id: mail.messageId,
    } as ContactTables['contact_ledger'])
    .execute()
}

/** One mail. */
export function mailById(db: Query<ContactTables>, mailId: string): Promise<LedgerRow | undefined> {
  return db.selectFrom('contact_ledger').select(columns).where('mail_id', '=', mailId).executeTakeFirst()
}

/** Locks a mail that still waits until the transaction ends; answers whether it waits. */
export async function lockWaiting(tx: Tx<ContactTables>, mailId: string): Promise<boolean> {
  const row = await tx
    .selectFrom('contact_ledger')
    .select('mail_id')
    .where('mail_id', '=', mailId)
    .where('outcome', 'is', null)
    .forUpdate()
    .executeTakeFirst()
  return row !== undefined
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
export async function isRepeated(db: Query<ContactTables>, kind: string): Promise<boolean> {
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
