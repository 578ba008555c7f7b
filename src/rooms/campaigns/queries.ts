import { sql, type Query, type Tx } from '../../db/index.ts'
import type { Channel } from '../../contact/index.ts'
import type { PersonId } from '../../vault/index.ts'
import type { CampaignState, CampaignTables, MarkKind } from './tables.ts'

/** One campaign. Shape: `code` is the same for all; `onlyIn` a country in two letters; `round` counts how often it was set going. */
export type Campaign = {
  readonly id: string
  readonly code: string
  readonly channel: Channel
  readonly state: CampaignState
  readonly heading: string
  readonly words: string
  readonly onlyProduct: string | null
  readonly onlyIn: string | null
  readonly round: number
  readonly madeAt: Date
  readonly startedAt: Date | null
}

const columns = [
  'campaign_id as id',
  'code',
  'channel',
  'state',
  'heading',
  'words',
  'only_product as onlyProduct',
  'only_in as onlyIn',
  'round',
  'made_at as madeAt',
  'started_at as startedAt',
] as const

/** Everybody whom a query gives in the order of their ids, a page at a time. Shape: `next` answers those after somebody, and nobody at the end. */
export async function* paged(next: (after: PersonId | undefined) => Promise<PersonId[]>): AsyncGenerator<PersonId[]> {
  for (let page = await next(undefined); page.length > 0; page = await next(page.at(-1))) yield page
}

/** Every campaign, the newest first. */
export function campaigns(db: Query<CampaignTables>): Promise<Campaign[]> {
  return db.selectFrom('campaign').select(columns).orderBy('made_at', 'desc').orderBy('campaign_id', 'desc').execute()
}

/** One campaign. */
export function campaignById(db: Query<CampaignTables>, id: string): Promise<Campaign | undefined> {
  return db.selectFrom('campaign').select(columns).where('campaign_id', '=', id).executeTakeFirst()
}

/** The campaign of a code. */
export function campaignByCode(db: Query<CampaignTables>, code: string): Promise<Campaign | undefined> {
  return db.selectFrom('campaign').select(columns).where('code', '=', code).executeTakeFirst()
}

/** Whether any campaign was ever started. */
export async function anyStarted(db: Query<CampaignTables>): Promise<boolean> {
  const row = await db
    .selectFrom('campaign')
    .select('campaign_id')
    .where('started_at', 'is not', null)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** What staff write of a campaign. */
export type Draft = Pick<Campaign, 'channel' | 'heading' | 'words' | 'onlyProduct' | 'onlyIn'>

/** Writes a new campaign. */
export async function addCampaign(
  db: Query<CampaignTables>,
  made: Draft & Pick<Campaign, 'id' | 'code' | 'madeAt'> & { readonly madeBy: string },
): Promise<void> {
  await db
    .insertInto('campaign')
    .values({
      campaign_id: made.id,
      code: made.code,
      state: 'draft',
      ...rowOf(made),
      made_at: made.madeAt,
      made_by: made.madeBy,
    } as CampaignTables['campaign'])
    .execute()
}

function rowOf({ channel, heading, words, onlyProduct, onlyIn }: Draft) {
  return { channel, heading, words, only_product: onlyProduct, only_in: onlyIn }
}

/** Changes a draft. Answers false when it is none any more. */
export async function changeDraft(db: Query<CampaignTables>, id: string, draft: Draft): Promise<boolean> {
  const row = await db
    .updateTable('campaign')
    .set(rowOf(draft))
    .where('campaign_id', '=', id)
    .where('state', '=', 'draft')
    .returning('campaign_id')
    .executeTakeFirst()
  return row !== undefined
}

/** Removes a draft. */
export async function dropDraft(db: Query<CampaignTables>, id: string): Promise<void> {
  await db.deleteFrom('campaign').where('campaign_id', '=', id).where('state', '=', 'draft').execute()
}

/** Moves a campaign on, if it is in one of some states. Answers its round, or undefined when it was in none of them. */
export async function moveOn(
  db: Query<CampaignTables>,
  of: { id: string; from: readonly CampaignState[]; to: CampaignState; at: Date },
): Promise<number | undefined> {
  const { rows } = await sql<{ round: number }>`
    update campaign set state = ${of.to}, round = round + 1,
      started_at = coalesce(started_at, case when ${of.to} = 'drawing' then ${of.at}::timestamptz end),
      ended_at = case when ${of.to} = 'done' then ${of.at}::timestamptz end
    where campaign_id = ${of.id} and state = any (${[...of.from]}::text[]) returning round`.execute(db)
  return rows[0]?.round
}

/** Counts something that came back for a campaign, once. */
export async function noteMark(
  tx: Tx<CampaignTables>,
  mark: { campaign: string; kind: MarkKind; ref: string; at: Date },
): Promise<void> {
  await tx
    .insertInto('campaign_mark')
    .values({ campaign_id: mark.campaign, kind: mark.kind, ref: mark.ref, at: mark.at })
    .onConflict((known) => known.doNothing())
    .execute()
}

/** What came back for a campaign, counted. */
export async function marksOf(db: Query<CampaignTables>, id: string): Promise<Readonly<Record<MarkKind, number>>> {
  const { rows } = await sql<{ kind: MarkKind; marks: number }>`
    select kind, count(*)::int as marks from campaign_mark where campaign_id = ${id} group by kind`.execute(db)
  return { reply: 0, order: 0, no: 0, ...Object.fromEntries(rows.map((row) => [row.kind, row.marks])) }
}
