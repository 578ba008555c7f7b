import { dayIn, earlier } from '../../lib/index.ts'
import type { EvidenceId, Finding } from '../../policy/index.ts'
import type { VisitsContext } from './context.ts'
import { tracesOf } from './queries.ts'
import { keptDays } from './sweep.ts'
import { en } from './words.ts'

const MINUTE_MS = 60_000

/** What shows that visits are counted as promised. A day has a minute to close; what is kept of it is as old as the sweep of the hour allows. */
export function visitsProbes(ctx: VisitsContext): Partial<Record<EvidenceId, () => Promise<Finding>>> {
  return {
    visits: async () => {
      await ctx.counter?.flush()
      const { first } = keptDays({ ...ctx, now: () => earlier(ctx.now(), 60 * MINUTE_MS) })
      const last = dayIn(ctx.timeZone, earlier(ctx.now(), MINUTE_MS))
      const { days, marks, unclosed, old, odd, goneAt } = await tracesOf(ctx.db.query, { first, last })
      const words = en.traces(goneAt ? en.goneAt(ctx.web.dates.minute(goneAt)) : '')
      if (marks + unclosed + old + odd > 0) return { holds: false, text: words.broken }
      return { holds: true, text: days > 0 ? words.holds : words.nothing }
    },
  }
}
