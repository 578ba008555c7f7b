import { earlier } from '../../lib/index.ts'
import type { Finding } from '../../policy/index.ts'
import { lastScan } from './queries.ts'
import type { SearchContext } from './search.ts'
import { en } from './words.ts'

const TWO_NIGHTS_MS = 48 * 3_600_000

/**
 * What the last search showed. A search that found something, missed something or is too old shows nothing good, and neither
 * does a first one that does not come to its end. Shape: `firstBy` is when there must have been one, if any is made.
 */
export async function cardEvidence(
  ctx: Pick<SearchContext, 'db' | 'now'>,
  { minute, firstBy }: { readonly minute: (at: Date) => string; readonly firstBy: Date | undefined },
): Promise<Finding> {
  const last = await lastScan(ctx.db.query)
  if (!last) return { holds: !firstBy || ctx.now() < firstBy, text: en.evidence.nothing }
  const when = minute(last.at)
  if (last.found > 0) return { holds: false, text: en.evidence.found(when) }
  if (last.missed > 0) return { holds: false, text: en.evidence.missed(when) }
  if (last.at < earlier(ctx.now(), TWO_NIGHTS_MS)) return { holds: false, text: en.evidence.late(when) }
  return { holds: true, text: en.evidence.clean(when, last) }
}
