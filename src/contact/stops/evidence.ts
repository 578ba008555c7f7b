import { earlier } from '../../lib/index.ts'
import type { Purpose } from '../../policy/index.ts'
import type { ContactContext } from '../context.ts'
import { liveStops, madeSince, madeUntil, type LiveStop, type MadeRow } from './queries.ts'
import { concerns, hex } from './stop.ts'

const MONTH_MS = 30 * 86_400_000
const PAGE = 1000

type EvidenceContext = Pick<ContactContext, 'db' | 'vault' | 'now'>

/**
 * The contacts of the last thirty days for some purposes, and those of them that were made although a no stood by then. It looks at the
 * ledger and the stops themselves and trusts no gate. Whoever was erased since has no marks left to compare.
 */
export async function madeAfterNo(
  ctx: EvidenceContext,
  purposes: readonly Purpose[],
): Promise<{ sent: number; afterNo: number }> {
  let [sent, afterNo] = [0, 0]
  let after = madeUntil(earlier(ctx.now(), MONTH_MS))
  for (;;) {
    const page = await madeSince(ctx.db.query, { purposes, after, most: PAGE })
    const last = page.at(-1)
    if (!last) return { sent, afterNo }
    sent += page.length
    afterNo += await wrongIn(ctx, page)
    after = last
  }
}

async function wrongIn(ctx: EvidenceContext, page: readonly MadeRow[]): Promise<number> {
  const marks = new Map(page.map(({ person }) => [person, ctx.vault.stopMarks(person)]))
  const all = [...marks.values()].flatMap((own) => own.map(({ mark }) => mark))
  const stops = new Map<string, LiveStop[]>()
  for (const stop of await liveStops(ctx.db.query, all)) {
    const key = hex(stop.mark)
    stops.set(key, [...(stops.get(key) ?? []), stop])
  }
  const stood = ({ person, channel, at }: MadeRow): boolean =>
    (marks.get(person) ?? [])
      .flatMap(({ mark }) => stops.get(hex(mark)) ?? [])
      .some((stop) => concerns(stop, channel) && stop.since < at)
  return page.filter(stood).length
}
