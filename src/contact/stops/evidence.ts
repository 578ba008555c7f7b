import { earlier } from '../../lib/index.ts'
import type { Purpose } from '../../policy/index.ts'
import type { ContactContext } from '../context.ts'
import { liveStops, madeSince, type LiveStop, type MadeRow } from './queries.ts'

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
  const since = earlier(ctx.now(), MONTH_MS)
  let [sent, afterNo] = [0, 0]
  let after: string | undefined
  for (;;) {
    const page = await madeSince(ctx.db.query, { purposes, since, after, most: PAGE })
    if (page.length === 0) return { sent, afterNo }
    sent += page.length
    afterNo += await wrongIn(ctx, page)
    after = page.at(-1)?.mailId
  }
}

async function wrongIn(ctx: EvidenceContext, page: readonly MadeRow[]): Promise<number> {
  const marks = new Map(page.map(({ person }) => [person, ctx.vault.stopMarks(person)]))
  const all = [...marks.values()].flatMap((own) => own.map(({ mark }) => mark))
  const stops = new Map<string, LiveStop[]>()
  for (const stop of await liveStops(ctx.db.query, all)) {
    const key = stop.mark.toString('hex')
    stops.set(key, [...(stops.get(key) ?? []), stop])
  }
  const stood = ({ person, channel, at }: MadeRow): boolean =>
    (marks.get(person) ?? [])
      .flatMap(({ mark }) => stops.get(Buffer.from(mark).toString('hex')) ?? [])
      .some((stop) => (stop.channel === 'all' || stop.channel === channel) && stop.since < at)
  return page.filter(stood).length
}
