import { earlier } from '../../lib/index.ts'
import type { Finding } from '../../policy/index.ts'
import { lastScan } from './queries.ts'
import type { SearchContext } from './search.ts'
import { en } from './words.ts'

const TWO_NIGHTS_MS = 48 * 3_600_000

/** What the last search showed. A search that found something, missed something or is too old shows nothing good. */
export async function cardEvidence(
  ctx: Pick<SearchContext, 'db' | 'now'>,
  minute: (at: Date) => string,
): Promise<Finding> {
  const last = await lastScan(ctx.db.query)
  if (!last) return { holds: true, text: en.evidence.nothing }
  const when = minute(last.at)
  if (last.found > 0) return { holds: false, text: en.evidence.found(when) }
  if (last.missed > 0) return { holds: false, text: en.evidence.missed(when) }
  if (last.at < earlier(ctx.now(), TWO_NIGHTS_MS)) return { holds: false, text: en.evidence.late(when) }
  return { holds: true, text: en.evidence.clean(when, last) }
}
