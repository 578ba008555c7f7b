import { dayIn, instant } from '../../lib/index.ts'
import type { CountContext, VisitsContext } from './context.ts'
import { OTHER } from './count/network.ts'
import { dropDays, foldSources, type Stretch } from './queries.ts'

const MONTHS = 25

/** The days that are kept, today included. Source: the guidance of the French authority on audience measurement, 25 months. */
export function keptDays({ now, timeZone }: Pick<VisitsContext, 'now' | 'timeZone'>): Stretch {
  const last = dayIn(timeZone, now())
  const start = instant(`${last}T00:00:00Z`)
  start.setUTCMonth(start.getUTCMonth() - MONTHS)
  return { first: start.toISOString().slice(0, 10), last }
}

/** So many visitors of one day a source must have to be kept by its name. */
export const LEAST = 5

/** Removes the sums of days that are older than what is kept, and the names of sources that hardly anybody came from. */
export function sweepVisits(ctx: Pick<CountContext, 'db' | 'now' | 'timeZone'>): Promise<void> {
  const { first, last } = keptDays(ctx)
  return ctx.db.tx(async (tx) => {
    await dropDays(tx, first)
    await foldSources(tx, { before: last, least: LEAST, other: OTHER })
  })
}
