import type { Context } from 'hono'
import { dayIn, earlier, noonOf } from '../../lib/index.ts'
import { BarChart, Figures, Link, Sheet, Table, type AtDesk } from '../../web/index.ts'
import type { VisitsContext } from './context.ts'
import { OTHER } from './count/network.ts'
import { LEAST } from './sweep.ts'
import {
  daysOf,
  filteredOf,
  pagesOf,
  sourcesOf,
  totalsOf,
  type DayRow,
  type PageRow,
  type SourceRow,
  type Stretch,
  type Totals,
} from './queries.ts'
import type { Reason } from './tables.ts'
import { en } from './words.ts'

const PERIODS = [30, 90, 365] as const
const DAY_MS = 86_400_000

/** What the page shows of one stretch of days. */
type Shown = {
  readonly days: readonly DayRow[]
  readonly totals: Totals
  readonly pages: readonly PageRow[]
  readonly sources: readonly SourceRow[]
  readonly filtered: readonly { readonly reason: Reason; readonly requests: number }[]
}

/** The staff's page of visits: each day, the pages looked at most, where visitors came from, and how many returned. */
export function visitsDesk(ctx: VisitsContext, c: Context): Promise<Response> {
  const asked = Number(c.req.query('days'))
  const period = PERIODS.find((days) => days === asked) ?? PERIODS[0]
  return ctx.desk.at(c, async (at) => {
    const shown = await read(ctx, period)
    return c.html(<VisitsPage ctx={ctx} at={at} period={period} shown={shown} />)
  })
}

async function read(ctx: VisitsContext, period: number): Promise<Shown> {
  const { query } = ctx.db
  const all = lastDays(dayIn(ctx.timeZone, ctx.now()), period)
  const stretch: Stretch = { first: all[0] ?? '', last: all.at(-1) ?? '' }
  const counted = new Map((await daysOf(query, stretch)).map((row) => [row.day, row]))
  return {
    days: all.map((day) => counted.get(day) ?? { day, views: 0, visitors: 0 }),
    totals: await totalsOf(query, stretch),
    pages: await pagesOf(query, stretch),
    sources: await sourcesOf(query, stretch, { least: LEAST, other: OTHER }),
    filtered: await filteredOf(query, stretch),
  }
}

/** The days up to one, that one included, by the calendar. */
function lastDays(last: string, many: number): string[] {
  const noon = noonOf(last)
  return Array.from({ length: many }, (_, at) =>
    earlier(noon, (many - 1 - at) * DAY_MS)
      .toISOString()
      .slice(0, 10),
  )
}

type PageProps = { readonly ctx: VisitsContext; readonly at: AtDesk; readonly period: number; readonly shown: Shown }

function VisitsPage({ ctx, at, period, shown }: PageProps) {
  const { pages, sources, filtered } = shown
  return (
    <ctx.desk.Page at={at} title={en.deskTitle} here="/desk/visits" purpose="statistics">
      <h1>{en.deskTitle}</h1>
      <nav class="tabs" aria-label={en.periods}>
        {PERIODS.map((days) => (
          <Link href={`/desk/visits?days=${days}`} current={days === period}>
            {en.days(days)}
          </Link>
        ))}
      </nav>
      <Figures items={figuresOf(shown.totals)} />
      <Sheet id="days" title={en.chartTitle}>
        <Days ctx={ctx} days={shown.days} />
      </Sheet>
      <Sheet id="pages" title={en.pagesTitle}>
        <Rows
          label={en.pagesTitle}
          head={[en.page, en.views, en.visitors]}
          rows={pages.map((row) => [row.route, row.views, row.visitors])}
        />
      </Sheet>
      <Sheet id="sources" title={en.sourcesTitle}>
        <Rows
          label={en.sourcesTitle}
          head={[en.source, en.visitors]}
          rows={sources.map((row) => [row.host, row.visitors])}
        />
      </Sheet>
      <Sheet id="filtered" title={en.filteredTitle}>
        <Rows
          label={en.filteredTitle}
          head={[en.reason, en.requests]}
          rows={filtered.map((row) => [en.reasons[row.reason], row.requests])}
        />
        <p class="small muted">{en.how}</p>
      </Sheet>
    </ctx.desk.Page>
  )
}

function figuresOf({ views, visitors, known, returned, signalled }: Totals) {
  const share = known > 0 ? en.percent(returned / known) : en.nobodyKnown
  return [
    { value: String(visitors), label: en.visitorsFigure },
    { value: String(views), label: en.viewsFigure },
    { value: share, label: en.returnedFigure, note: en.returnedNote(returned, known) },
    { value: String(signalled), label: en.signalledFigure },
  ]
}

function Days({ ctx, days }: { ctx: VisitsContext; days: readonly DayRow[] }) {
  const said = (day: string): string => ctx.web.dates.day(noonOf(day))
  const points = days.map(({ day, visitors, views }) => ({ label: said(day), value: visitors, behind: views }))
  const best = days.reduce((top, row) => (row.views > top.views ? row : top), { day: '', views: 0 })
  if (best.views === 0) return <p>{en.nothingYet}</p>
  const most = en.most(best.views, said(best.day))
  const rows = days.toReversed().map(({ day, visitors, views }) => [said(day), visitors, views])
  return (
    <>
      <BarChart label={en.chartLabel(days.length, most)} points={points} names={[en.visitors, en.views]} most={most} />
      <details>
        <summary>{en.figures}</summary>
        <Rows label={en.figures} head={[en.day, en.visitors, en.views]} rows={rows} />
      </details>
    </>
  )
}

type RowsProps = { label: string; head: readonly string[]; rows: readonly (readonly (string | number)[])[] }

function Rows({ label, head, rows }: RowsProps) {
  if (rows.length === 0) return <p>{en.nothingYet}</p>
  return <Table label={en.table(label)} head={head} rows={rows} right={head.map((_, column) => column).slice(1)} />
}
