import type { Reason } from '../tables.ts'
import type { Signal } from './judge.ts'
import { OTHER } from './network.ts'

/** What the first sight of a mark counts as. Shape: `returned` when a known visitor did not choose that only today. */
type FirstSight =
  | { readonly of: 'visitor'; readonly source: string }
  | { readonly of: 'page'; readonly route: string }
  | { readonly of: 'known'; readonly returned: boolean }

/** What was counted of one day and is not written down yet. Shape: marks are 8 bytes, spelled in latin1. */
export type Tally = {
  readonly day: string
  hits: number
  views: number
  gpc: number
  dnt: number
  readonly pages: Map<string, number>
  readonly filtered: Map<Reason, number>
  readonly seen: Map<string, FirstSight>
}

/** What a day keeps apart: routes and sources beyond these are counted as other ones. */
export type Apart = { readonly routes: Set<string>; readonly sources: Set<string> }

const MOST_ROUTES = 5000
const MOST_SOURCES = 1000
/** While the database cannot be reached, more visitors than these are counted as views only. */
const MOST_MARKS = 200_000

/** An empty sum of a day. */
export function emptyTally(day: string): Tally {
  return { day, hits: 0, views: 0, gpc: 0, dnt: 0, pages: new Map(), filtered: new Map(), seen: new Map() }
}

/** One page view. Shape: `marks` is undefined for somebody who asked not to be told apart, or on a day that is over. */
export type View = { readonly route: string; readonly source: string; readonly signal: Signal | undefined }

/** The marks of a visitor: of the day, of the day and page, and of the one who asked to be recognised. */
export type Marks = { readonly visitor: string; readonly page: string; readonly known: string | undefined }

/** Adds a page view to a sum. */
export function addView(tally: Tally, apart: Apart, { view, marks }: { view: View; marks: Marks | undefined }): void {
  const route = kept(apart.routes, view.route, MOST_ROUTES)
  tally.hits += 1
  tally.views += 1
  if (view.signal) tally[view.signal] += 1
  tally.pages.set(route, (tally.pages.get(route) ?? 0) + 1)
  if (!marks || tally.seen.size >= MOST_MARKS) return
  if (!tally.seen.has(marks.visitor))
    tally.seen.set(marks.visitor, { of: 'visitor', source: kept(apart.sources, view.source, MOST_SOURCES) })
  if (!tally.seen.has(marks.page)) tally.seen.set(marks.page, { of: 'page', route })
  if (marks.known !== undefined) addKnown(tally, marks.known, true)
}

/** Adds somebody who asked to be recognised; the first sight of a day holds. */
export function addKnown(tally: Tally, mark: string, returned: boolean): void {
  if (!tally.seen.has(mark)) tally.seen.set(mark, { of: 'known', returned })
}

/** Adds a request that is no visit. */
export function addFiltered(tally: Tally, reason: Reason): void {
  tally.hits += 1
  tally.filtered.set(reason, (tally.filtered.get(reason) ?? 0) + 1)
}

function kept(known: Set<string>, name: string, most: number): string {
  if (known.has(name)) return name
  if (known.size >= most) return OTHER
  known.add(name)
  return name
}

/** The sums that only the marks which nobody had shown before that day can tell. */
export type FirstSights = {
  readonly visitors: number
  readonly known: number
  readonly returned: number
  readonly pages: ReadonlyMap<string, number>
  readonly sources: ReadonlyMap<string, number>
}

/** Adds up what the fresh ones among a sum's marks stand for. */
export function firstSights({ seen }: Tally, fresh: readonly string[]): FirstSights {
  const sums = {
    visitors: 0,
    known: 0,
    returned: 0,
    pages: new Map<string, number>(),
    sources: new Map<string, number>(),
  }
  const more = (map: Map<string, number>, name: string): void => void map.set(name, (map.get(name) ?? 0) + 1)
  for (const mark of fresh) {
    const sight = seen.get(mark)
    if (sight?.of === 'page') more(sums.pages, sight.route)
    if (sight?.of === 'visitor') {
      sums.visitors += 1
      more(sums.sources, sight.source)
    }
    if (sight?.of === 'known') {
      sums.known += 1
      if (sight.returned) sums.returned += 1
    }
  }
  return sums
}
