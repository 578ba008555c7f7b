import { sql, type Query, type Tx } from '../../db/index.ts'
import { earlier } from '../../lib/index.ts'
import { firstSights, type FirstSights, type Tally } from './count/tally.ts'
import type { Reason, VisitTables } from './tables.ts'

/** Which sum of which process this is. */
type Sheet = { readonly process: string; readonly sequence: number; readonly at: Date }

/** Writes a sum down, once however often it is handed in. Marks of a day that is closed cannot be told apart any more, so they count nobody. */
export async function addTally(tx: Tx<VisitTables>, tally: Tally, sheet: Sheet): Promise<void> {
  if (!(await isNext(tx, sheet))) return
  const open = await addViews(tx, tally)
  const fresh = open ? await freshMarks(tx, tally) : []
  const sights = firstSights(tally, fresh)
  if (sights.visitors + sights.known > 0) await addVisitors(tx, tally.day, sights)
  await addPages(tx, tally, sights)
  await addSources(tx, tally.day, sights)
  await addFiltered(tx, tally)
}

async function isNext(tx: Tx<VisitTables>, { process, sequence, at }: Sheet): Promise<boolean> {
  const { rows } = await sql`
    insert into visit_flush (process_id, sequence, flushed_at) values (${process}, ${sequence}, ${at})
    on conflict (process_id) do update set sequence = excluded.sequence, flushed_at = excluded.flushed_at
    where visit_flush.sequence < excluded.sequence returning process_id`.execute(tx)
  return rows.length > 0
}

/** The row of the day is locked from here on, so that processes write one after the other. Answers whether the day is still open. */
async function addViews(tx: Tx<VisitTables>, { day, views, gpc, dnt }: Tally): Promise<boolean> {
  const { rows } = await sql<{ gone: Date | null }>`
    insert into visit_day as d (day, views, gpc_views, dnt_views) values (${day}, ${views}, ${gpc}, ${dnt})
    on conflict (day) do update set views = d.views + excluded.views,
      gpc_views = d.gpc_views + excluded.gpc_views, dnt_views = d.dnt_views + excluded.dnt_views
    returning seen_gone_at as gone`.execute(tx)
  return rows[0]?.gone === null
}

async function freshMarks(tx: Tx<VisitTables>, { day, seen }: Tally): Promise<string[]> {
  if (seen.size === 0) return []
  const marks = [...seen.keys()].sort().map((mark) => Buffer.from(mark, 'latin1'))
  const { rows } = await sql<{ seen: Buffer }>`
    insert into visit_seen (day, seen) select ${day}::date, mark from unnest(${marks}::bytea[]) as shown (mark)
    on conflict do nothing returning seen`.execute(tx)
  return rows.map((row) => Buffer.from(row.seen).toString('latin1'))
}

async function addVisitors(tx: Tx<VisitTables>, day: string, sights: FirstSights): Promise<void> {
  await sql`
    update visit_day set visitors = visitors + ${sights.visitors}, known = known + ${sights.known},
      returned = returned + ${sights.returned} where day = ${day}`.execute(tx)
}

async function addPages(tx: Tx<VisitTables>, { day, pages }: Tally, sights: FirstSights): Promise<void> {
  const routes = [...new Set([...pages.keys(), ...sights.pages.keys()])].sort()
  if (routes.length === 0) return
  const views = routes.map((route) => pages.get(route) ?? 0)
  const visitors = routes.map((route) => sights.pages.get(route) ?? 0)
  await sql`
    insert into visit_page as p (day, route, views, visitors)
    select ${day}::date, route, views, visitors
    from unnest(${routes}::text[], ${views}::integer[], ${visitors}::integer[]) as sums (route, views, visitors)
    on conflict (day, route) do update
    set views = p.views + excluded.views, visitors = p.visitors + excluded.visitors`.execute(tx)
}

async function addSources(tx: Tx<VisitTables>, day: string, { sources }: FirstSights): Promise<void> {
  if (sources.size === 0) return
  const hosts = [...sources.keys()].sort()
  const visitors = hosts.map((host) => sources.get(host) ?? 0)
  await sql`
    insert into visit_source as s (day, host, visitors)
    select ${day}::date, host, visitors from unnest(${hosts}::text[], ${visitors}::integer[]) as sums (host, visitors)
    on conflict (day, host) do update set visitors = s.visitors + excluded.visitors`.execute(tx)
}

async function addFiltered(tx: Tx<VisitTables>, { day, filtered }: Tally): Promise<void> {
  if (filtered.size === 0) return
  const reasons = [...filtered.keys()].sort()
  const requests = reasons.map((reason) => filtered.get(reason) ?? 0)
  await sql`
    insert into visit_filtered as f (day, reason, requests)
    select ${day}::date, reason, requests from unnest(${reasons}::text[], ${requests}::integer[]) as sums (reason, requests)
    on conflict (day, reason) do update set requests = f.requests + excluded.requests`.execute(tx)
}

const DAY_MS = 86_400_000

/** Empties the marks of every day before one, and says with the same stroke that they and their key are gone. */
export async function closeDays(tx: Tx<VisitTables>, before: string, at: Date): Promise<void> {
  await tx
    .updateTable('visit_day')
    .set({ seen_gone_at: at })
    .where('day', '<', before)
    .where('seen_gone_at', 'is', null)
    .execute()
  await tx.deleteFrom('visit_seen').where('day', '<', before).execute()
  await tx.deleteFrom('visit_flush').where('flushed_at', '<', earlier(at, DAY_MS)).execute()
}

/** Puts the sources of days that are over under one name, where fewer visitors came from them: one address may name one person. */
export async function foldSources(
  tx: Tx<VisitTables>,
  { before, least, other }: { before: string; least: number; other: string },
): Promise<void> {
  await sql`
    with rare as (
      delete from visit_source where day < ${before} and visitors < ${least} and host not like '(%' returning day, visitors)
    insert into visit_source as s (day, host, visitors)
    select day, ${other}, sum(visitors)::integer from rare group by day
    on conflict (day, host) do update set visitors = s.visitors + excluded.visitors`.execute(tx)
}

/** Removes the sums of every day before one. */
export async function dropDays(tx: Tx<VisitTables>, before: string): Promise<void> {
  await tx.deleteFrom('visit_page').where('day', '<', before).execute()
  await tx.deleteFrom('visit_source').where('day', '<', before).execute()
  await tx.deleteFrom('visit_filtered').where('day', '<', before).execute()
  await tx.deleteFrom('visit_seen').where('day', '<', before).execute()
  await tx.deleteFrom('visit_day').where('day', '<', before).execute()
}

/** The days of a stretch, both ends included. Shape: `YYYY-MM-DD`. */
export type Stretch = { readonly first: string; readonly last: string }

/** The sums of one day. */
export type DayRow = { readonly day: string; readonly views: number; readonly visitors: number }

/** The sums of each day of a stretch on which anybody came, the oldest first. */
export async function daysOf(db: Query<VisitTables>, { first, last }: Stretch): Promise<DayRow[]> {
  const { rows } = await sql<DayRow>`
    select to_char(day, 'YYYY-MM-DD') as day, views, visitors from visit_day
    where day between ${first} and ${last} order by visit_day.day`.execute(db)
  return rows
}

/** What a stretch adds up to. */
export type Totals = {
  readonly views: number
  readonly visitors: number
  readonly known: number
  readonly returned: number
  readonly signalled: number
}

/** The sums of a whole stretch; visitors are those of each day, since nobody is known from one day to the next. */
export async function totalsOf(db: Query<VisitTables>, { first, last }: Stretch): Promise<Totals> {
  const { rows } = await sql<Totals>`
    select coalesce(sum(views), 0)::integer as views, coalesce(sum(visitors), 0)::integer as visitors,
      coalesce(sum(known), 0)::integer as known, coalesce(sum(returned), 0)::integer as returned,
      coalesce(sum(gpc_views + dnt_views), 0)::integer as signalled
    from visit_day where day between ${first} and ${last}`.execute(db)
  return rows[0] ?? { views: 0, visitors: 0, known: 0, returned: 0, signalled: 0 }
}

/** A page and how often it was looked at, by how many. */
export type PageRow = { readonly route: string; readonly views: number; readonly visitors: number }

/** The pages of a stretch that were looked at most. */
export async function pagesOf(db: Query<VisitTables>, { first, last }: Stretch): Promise<PageRow[]> {
  const { rows } = await sql<PageRow>`
    select route, sum(views)::integer as views, sum(visitors)::integer as visitors from visit_page
    where day between ${first} and ${last} group by route order by 2 desc, 1 limit 30`.execute(db)
  return rows
}

/** A place that visitors came from, and how many did. */
export type SourceRow = { readonly host: string; readonly visitors: number }

/** The hosts of a stretch from which most visitors came. Those from which fewer than `least` came are one line under another name, the last. */
export async function sourcesOf(
  db: Query<VisitTables>,
  { first, last }: Stretch,
  { least, other }: { least: number; other: string },
): Promise<SourceRow[]> {
  const { rows } = await sql<SourceRow>`
    with sums as (
      select host, sum(visitors)::integer as visitors from visit_source
      where day between ${first} and ${last} group by host),
    shown as (
      select host, visitors from sums where visitors >= ${least} and host <> ${other} order by visitors desc, host limit 30),
    rare as (
      select sum(visitors)::integer as visitors from sums where visitors < ${least} or host = ${other})
    select host, visitors from (
      select host, visitors, 1 as place from shown
      union all select ${other}::text, visitors, 2 from rare where visitors > 0) as lines
    order by place, visitors desc, host`.execute(db)
  return rows
}

/** How many requests of a stretch were no visits, by the reason. */
export async function filteredOf(
  db: Query<VisitTables>,
  { first, last }: Stretch,
): Promise<{ reason: Reason; requests: number }[]> {
  const { rows } = await sql<{ reason: Reason; requests: number }>`
    select reason, sum(requests)::integer as requests from visit_filtered
    where day between ${first} and ${last} group by reason order by 2 desc, 1`.execute(db)
  return rows
}

/** What shows how counting is done. Shape: `marks` are those of days before one; `goneAt` when the last day that is over was closed. */
export type Traces = {
  readonly days: number
  readonly marks: number
  readonly unclosed: number
  readonly old: number
  readonly odd: number
  readonly goneAt: Date | null
}

/** Looks for what should not be there: marks of a former day, days that are kept too long, a route that could hold a secret. */
export async function tracesOf(db: Query<VisitTables>, { first, last }: Stretch): Promise<Traces> {
  const { rows } = await sql<Traces>`
    select (select count(*)::integer from visit_day) as days,
      (select count(*)::integer from visit_seen where day < ${last}) as marks,
      (select count(*)::integer from visit_day where day < ${last} and seen_gone_at is null) as unclosed,
      (select count(*)::integer from visit_day where day < ${first}) as old,
      (select count(*)::integer from visit_page where route ~ '[?@]' or (route not like '/products/%' and route ~ '[A-Za-z0-9_-]{22}')) as odd,
      (select seen_gone_at from visit_day where day < ${last} order by day desc limit 1) as "goneAt"`.execute(db)
  return rows[0] ?? { days: 0, marks: 0, unclosed: 0, old: 0, odd: 0, goneAt: null }
}
