import { sql, type Query, type Tx } from '../../../db/index.ts'
import type { PersonId } from '../../../vault/index.ts'
import type { CampaignTables } from '../tables.ts'

/** Somebody for whom a campaign was meant when it was started. */
export type Recipient = { readonly id: string; readonly person: PersonId; readonly tries: number }

/** Writes those for whom a campaign is meant, each once. */
export async function addRecipients(
  tx: Tx<CampaignTables>,
  campaign: string,
  people: readonly { readonly id: string; readonly person: PersonId }[],
): Promise<void> {
  if (people.length === 0) return
  await tx
    .insertInto('campaign_recipient')
    .values(
      people.map(({ id, person }) => ({
        campaign_id: campaign,
        person_id: person,
        recipient_id: id,
        asked_at: null,
        tries: 0,
        next_at: null,
        ended_at: null,
      })),
    )
    .onConflict((known) => known.columns(['campaign_id', 'person_id']).doNothing())
    .execute()
}

/** Takes the next of those for whom nothing was asked yet, and notes that it is. Shape: lock the campaign's row first. */
export async function takeNext(
  tx: Tx<CampaignTables>,
  of: { campaign: string; at: Date; most: number },
): Promise<PersonId[]> {
  const { rows } = await sql<{ person: PersonId }>`
    update campaign_recipient r set asked_at = ${of.at}
    where r.campaign_id = ${of.campaign} and r.person_id in (
      select n.person_id from campaign_recipient n
      where n.campaign_id = ${of.campaign} and n.asked_at is null and n.ended_at is null order by n.person_id limit ${of.most})
    returning r.person_id as person`.execute(tx)
  return rows.map((row) => row.person)
}

/** Holds a campaign for one transaction and answers its state and its round. */
export function lockCampaign(
  tx: Tx<CampaignTables>,
  id: string,
): Promise<Pick<CampaignTables['campaign'], 'state' | 'round'> | undefined> {
  return tx
    .selectFrom('campaign')
    .select(['state', 'round'])
    .where('campaign_id', '=', id)
    .forUpdate()
    .executeTakeFirst()
}

/** How many a campaign is meant for, and how many of them wait to be asked. */
export async function recipientCounts(db: Query<CampaignTables>, id: string): Promise<{ all: number; open: number }> {
  const { rows } = await sql<{ all: number; open: number }>`
    select count(*)::int as all, count(*) filter (where asked_at is null and ended_at is null)::int as open
    from campaign_recipient where campaign_id = ${id}`.execute(db)
  return rows[0] ?? { all: 0, open: 0 }
}

/** Everybody a campaign is meant for, a page at a time. */
export async function recipients(
  db: Query<CampaignTables>,
  of: { campaign: string; after: PersonId | undefined; most: number },
): Promise<PersonId[]> {
  let found = db.selectFrom('campaign_recipient').select('person_id').where('campaign_id', '=', of.campaign)
  if (of.after) found = found.where('person_id', '>', of.after)
  return (await found.orderBy('person_id').limit(of.most).execute()).map((row) => row.person_id)
}

/**
 * Takes the next person to be called: whoever was tried least, and is not to be left in peace until later. Shape: nobody else is given
 * them before `until`.
 */
export async function nextToCall(
  db: Query<CampaignTables>,
  of: { campaign: string; at: Date; until: Date },
): Promise<Recipient | undefined> {
  const { rows } = await sql<Recipient>`
    update campaign_recipient set next_at = ${of.until}
    where campaign_id = ${of.campaign} and recipient_id = (
      select recipient_id from campaign_recipient
      where campaign_id = ${of.campaign} and ended_at is null and (next_at is null or next_at <= ${of.at})
      order by tries, person_id limit 1 for update skip locked)
    returning recipient_id as id, person_id as person, tries`.execute(db)
  return rows[0]
}

/** One person of a call list. */
export async function recipientById(
  db: Query<CampaignTables>,
  of: { campaign: string; id: string },
): Promise<Recipient | undefined> {
  const row = await db
    .selectFrom('campaign_recipient')
    .select(['recipient_id as id', 'person_id as person', 'tries'])
    .where('campaign_id', '=', of.campaign)
    .where('recipient_id', '=', of.id)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  return row
}

/** Notes a call. Shape: `again` is when the next may be made; without it there is none. */
export async function noteCall(
  tx: Tx<CampaignTables>,
  of: { campaign: string; id: string; at: Date; again: Date | undefined },
): Promise<void> {
  await tx
    .updateTable('campaign_recipient')
    .set((now) => ({
      tries: now('tries', '+', 1),
      asked_at: of.at,
      next_at: of.again ?? null,
      ended_at: of.again ? null : of.at,
    }))
    .where('campaign_id', '=', of.campaign)
    .where('recipient_id', '=', of.id)
    .execute()
}

/** Ends everything that is still open for a person, on the lists of one channel. */
export async function endForPerson(
  tx: Tx<CampaignTables>,
  of: { persons: readonly PersonId[]; channel: string; at: Date },
): Promise<void> {
  await sql`
    update campaign_recipient r set ended_at = ${of.at} from campaign c
    where c.campaign_id = r.campaign_id and c.channel = ${of.channel} and r.ended_at is null
      and r.person_id = any (${[...of.persons]}::uuid[])`.execute(tx)
}
