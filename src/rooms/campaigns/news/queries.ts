import { sql, type Query, type Tx } from '../../../db/index.ts'
import type { Channel } from '../../../contact/index.ts'
import type { PersonId } from '../../../vault/index.ts'
import type { CampaignTables, ConsentSource, ConsentState } from '../tables.ts'

/** One yes as it is written. Shape: `hash` of the words that were said yes to. */
export type NewConsent = {
  readonly person: PersonId
  readonly channel: Channel
  readonly state: ConsentState
  readonly source: ConsentSource
  readonly notice: number
  readonly hash: Buffer
  readonly askedAt: Date
}

/** One yes, with the words that it was said to. Where it came from and under which notice stays in its row, as the proof. */
export type Consent = Pick<NewConsent, 'state' | 'askedAt'> & { readonly words: string }

/** Keeps a sentence that is said yes to, once. */
export async function keepWording(
  tx: Tx<CampaignTables>,
  wording: { hash: Buffer; words: string; at: Date },
): Promise<void> {
  await tx
    .insertInto('news_wording')
    .values({ hash: wording.hash, words: wording.words, first_at: wording.at })
    .onConflict((known) => known.column('hash').doNothing())
    .execute()
}

/**
 * Removes the sentences that no yes refers to any more. Shape: the lock waits for a yes that is being written to a sentence that is there
 * already; without it the sentence could go from under it.
 */
export async function dropWordings(tx: Tx<CampaignTables>): Promise<void> {
  await sql`lock table news_wording in share row exclusive mode`.execute(tx)
  await sql`delete from news_wording w where not exists (select from news_consent c where c.wording_hash = w.hash)`.execute(
    tx,
  )
}

/** Writes a yes. */
export async function addConsent(tx: Tx<CampaignTables>, consent: NewConsent): Promise<void> {
  const { person, channel, state, source, notice, hash, askedAt } = consent
  await tx
    .insertInto('news_consent')
    .values({
      person_id: person,
      channel,
      state,
      source,
      notice,
      wording_hash: hash,
      asked_at: askedAt,
      confirmed_at: null,
      ended_at: null,
    })
    .execute()
}

/** Confirms what a person asked for on some channels. Answers those that are in force, also if they were confirmed before. */
export async function confirmConsents(
  tx: Tx<CampaignTables>,
  of: { person: PersonId; channels: readonly Channel[]; at: Date },
): Promise<Channel[]> {
  if (of.channels.length === 0) return []
  await tx
    .updateTable('news_consent')
    .set({ state: 'live', confirmed_at: of.at })
    .where('person_id', '=', of.person)
    .where('channel', 'in', [...of.channels])
    .where('state', '=', 'pending')
    .execute()
  const live = await tx
    .selectFrom('news_consent')
    .select('channel')
    .where('person_id', '=', of.person)
    .where('channel', 'in', [...of.channels])
    .where('state', '=', 'live')
    .execute()
  return live.map((row) => row.channel)
}

/** Ends the yes of some persons on one channel. */
export async function endConsents(
  tx: Tx<CampaignTables>,
  of: { persons: readonly PersonId[]; channel: Channel; at: Date },
): Promise<void> {
  if (of.persons.length === 0) return
  await tx
    .updateTable('news_consent')
    .set({ state: 'ended', ended_at: of.at })
    .where('person_id', 'in', [...of.persons])
    .where('channel', '=', of.channel)
    .where('state', '<>', 'ended')
    .execute()
}

/** The yes of a person on one channel. */
export async function consentOf(
  db: Query<CampaignTables>,
  of: { person: PersonId; channel: Channel },
): Promise<Consent | undefined> {
  const { rows } = await sql<Consent>`
    select c.state, c.asked_at as "askedAt", w.words
    from news_consent c join news_wording w on w.hash = c.wording_hash
    where c.person_id = ${of.person} and c.channel = ${of.channel}`.execute(db)
  return rows[0]
}

/** Persons whose yes on a channel is in force, a page at a time. */
export async function consenting(
  db: Query<CampaignTables>,
  of: { channel: Channel; after: PersonId | undefined; most: number },
): Promise<PersonId[]> {
  let found = db
    .selectFrom('news_consent')
    .select('person_id')
    .where('channel', '=', of.channel)
    .where('state', '=', 'live')
  if (of.after) found = found.where('person_id', '>', of.after)
  return (await found.orderBy('person_id').limit(of.most).execute()).map((row) => row.person_id)
}

/** Persons whose yes by mail waits since before an instant. */
export async function pendingSince(db: Query<CampaignTables>, before: Date): Promise<PersonId[]> {
  const rows = await db
    .selectFrom('news_consent')
    .select('person_id')
    .distinct()
    .where('state', '=', 'pending')
    .where('asked_at', '<', before)
    .limit(1000)
    .execute()
  return rows.map((row) => row.person_id)
}

/** How many of the yeses in force do not say to which words. */
export async function wordlessConsents(db: Query<CampaignTables>): Promise<number> {
  const { rows } = await sql<{ wordless: number }>`
    select count(*)::int as wordless from news_consent c
    where c.state = 'live' and not exists (select from news_wording w where w.hash = c.wording_hash)`.execute(db)
  return rows[0]?.wordless ?? 0
}
