import { dayIn, instant } from '../../lib/index.ts'
import type { CountContext, VisitsContext } from './context.ts'
import { dropDays, type Stretch } from './queries.ts'

const MONTHS = 25

/** The days that are kept, today included. Source: the guidance of the French authority on audience measurement, 25 months. */
export function keptDays({ now, timeZone }: Pick<VisitsContext, 'now' | 'timeZone'>): Stretch {
  const last = dayIn(timeZone, now())
  const start = instant(`${last}T00:00:00Z`)
  start.setUTCMonth(start.getUTCMonth() - MONTHS)
  return { first: start.toISOString().slice(0, 10), last }
}

/** Removes the sums of days that are older than what is kept. */
export function sweepVisits(ctx: Pick<CountContext, 'db' | 'now' | 'timeZone'>): Promise<void> {
  return ctx.db.tx((tx) => dropDays(tx, keptDays(ctx).first))
}
