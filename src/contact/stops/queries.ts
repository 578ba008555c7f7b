import { sql, type Query, type Tx } from '../../db/index.ts'
import type { Purpose } from '../../policy/index.ts'
import type { PersonId } from '../../vault/index.ts'
import type { BounceKind, Channel, ContactTables, StopReason } from '../tables.ts'

/** A mark and the channel that it is of. */
export type Mark = { readonly channel: Channel; readonly mark: Uint8Array }

/** A stop that is to be written. */
export type NewStop = {
  readonly channel: Channel | 'all'
  readonly mark: Uint8Array
  readonly because: StopReason
  readonly since: Date
}

/** Writes stops. One that is live stays as it is; one that was lifted begins anew. */
export async function addStops(tx: Tx<ContactTables>, stops: readonly NewStop[]): Promise<void> {
  for (const { channel, mark, because, since } of stops)
    await tx
      .insertInto('contact_stop')
      .values({ channel, mark: Buffer.from(mark), because, since, lifted_at: null })
      .onConflict((known) =>
        known
          .columns(['channel', 'mark'])
          .doUpdateSet({ because, since, lifted_at: null })
          .where('contact_stop.lifted_at', 'is not', null),
      )
      .execute()
}

/** Lifts the stops of one channel that stand for one of some reasons. Answers how many. */
export async function liftStops(
  tx: Tx<ContactTables>,
  of: { channel: Channel; marks: readonly Uint8Array[]; reasons: readonly StopReason[]; at: Date },
): Promise<number> {
  if (of.marks.length === 0) return 0
  const lifted = await tx
    .updateTable('contact_stop')
    .set({ lifted_at: of.at })
    .where('channel', '=', of.channel)
    .where(
      'mark',
      'in',
      of.marks.map((mark) => Buffer.from(mark)),
    )
    .where('because', 'in', [...of.reasons])
    .where('lifted_at', 'is', null)
    .returning('because')
    .execute()
  return lifted.length
}

/** A stop that holds now. */
export type LiveStop = {
  readonly channel: Channel | 'all'
  readonly mark: Buffer
  readonly because: StopReason
  readonly since: Date
}

/** The live stops of some marks, whatever their channel. */
export function liveStops(db: Query<ContactTables>, marks: readonly Uint8Array[]): Promise<LiveStop[]> {
  if (marks.length === 0) return Promise.resolve([])
  return db
    .selectFrom('contact_stop')
    .select(['channel', 'mark', 'because', 'since'])
    .where(
      'mark',
      'in',
      marks.map((mark) => Buffer.from(mark)),
    )
    .where('lifted_at', 'is', null)
    .execute()
}

/** Notes what a mail host told about a mail that it had taken. The first word about a mail stands. Answers whether it was news. */
export async function noteBounce(
  db: Query<ContactTables>,
  told: { mailId: string; bounce: BounceKind; at: Date },
): Promise<boolean> {
  const row = await db
    .updateTable('contact_ledger')
    .set({ bounce: told.bounce, bounced_at: told.at })
    .where('mail_id', '=', told.mailId)
    .where((is) => is.or([is('bounce', 'is', null), is('bounce', '<>', 'lasting')]))
    .returning('mail_id')
    .executeTakeFirst()
  return row !== undefined
}

/** How many mails to some persons came back for now since an instant, and of how many different things. */
export async function passingBounces(
  db: Query<ContactTables>,
  of: { persons: readonly PersonId[]; since: Date },
): Promise<{ mails: number; things: number }> {
  const { rows } = await sql<{ mails: number; things: number }>`
    select count(*)::int as mails, count(distinct ref)::int as things from contact_ledger
    where person_id = any (${[...of.persons]}::uuid[]) and bounce = 'passing' and bounced_at > ${of.since}`.execute(db)
  return rows[0] ?? { mails: 0, things: 0 }
}

/** How many stops hold, and how many were lifted. */
export async function stopCounts(db: Query<ContactTables>): Promise<{ live: number; lifted: number }> {
  const { rows } = await sql<{ live: number; lifted: number }>`
    select count(*) filter (where lifted_at is null)::int as live, count(lifted_at)::int as lifted from contact_stop`.execute(
    db,
  )
  return rows[0] ?? { live: 0, lifted: 0 }
}

/** Where a page of made contacts ended. Shape: `made` as the database writes an instant, since ours are coarser. */
export type MadePlace = { readonly made: string; readonly mailId: string }

/** A contact that was made: with whom, how, and when the last question whether it may be was behind it. */
export type MadeRow = MadePlace & { readonly person: PersonId; readonly channel: Channel; readonly at: Date }

const LAST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff'

/** The place behind everything that was made up to an instant. */
export function madeUntil(at: Date): MadePlace {
  return { made: at.toISOString(), mailId: LAST_ID }
}

/** Contacts for some purposes that were made after a place, a page at a time in the order in which they were made. */
export async function madeSince(
  db: Query<ContactTables>,
  of: { purposes: readonly Purpose[]; after: MadePlace; most: number },
): Promise<MadeRow[]> {
  const { made, mailId } = of.after
  const { rows } = await sql<MadeRow>`
    select mail_id as "mailId", handed_over_at::text as made, person_id as person, channel,
      coalesce(tried_at, handed_over_at) as at
    from contact_ledger
    where handed_over_at is not null and (handed_over_at, mail_id) > (${made}::timestamptz, ${mailId}::uuid)
      and purpose = any (${[...of.purposes]}::text[])
    order by handed_over_at, mail_id limit ${of.most}`.execute(db)
  return rows
}
