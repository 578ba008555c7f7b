import type { Channel } from '../../../contact/index.ts'
import type { CampaignContext } from '../context.ts'
import { takeYes } from '../news/ask.ts'
import { addressMark, addressMarks, readers, withGround } from '../news/readers.ts'
import { addressOf, type GoodRow, type ReadList } from './rows.ts'

/** A list, sorted by what becomes of each line. */
export type SortedList = {
  readonly fresh: readonly GoodRow[]
  readonly stopped: number
  readonly known: number
  readonly bad: ReadList['bad']
}

/** Sorts the lines of a list. Whoever said no stays out in whatever spelling; whoever is there already is not written twice. */
export async function sortList(ctx: CampaignContext, channel: Channel, list: ReadList): Promise<SortedList> {
  const fresh: GoodRow[] = []
  const there = await marksThere(ctx, channel)
  let [stopped, known] = [0, 0]
  for (const row of list.good) {
    const value = addressOf(channel, row.values)
    const mark = addressMark(ctx, channel, value)
    if (await ctx.contact.many.isStopped({ channel, value })) stopped += 1
    else if (there.known.has(mark)) known += 1
    else if (there.takenBack.has(mark)) stopped += 1
    else fresh.push(row)
  }
  return { fresh, stopped, known, bad: list.bad }
}

type There = { readonly known: ReadonlySet<string>; readonly takenBack: ReadonlySet<string> }

/** The addresses of all readers as marks, laid side by side so that no line needs a question of its own. */
async function marksThere(ctx: CampaignContext, channel: Channel): Promise<There> {
  const grounded = await withGround(ctx, channel)
  const there = { known: new Set<string>(), takenBack: new Set<string>() }
  for await (const page of readers(ctx, channel))
    for (const person of page) {
      const marks = grounded.has(person) ? there.known : there.takenBack
      for (const mark of addressMarks(ctx, person, channel)) marks.add(mark)
    }
  return there
}

/** Takes lines in, each by itself; run again after a crash, it goes on with those that are not there yet. Answers how many. */
export async function takeIn(ctx: CampaignContext, channel: Channel, rows: readonly GoodRow[]): Promise<number> {
  for (const { values, words, agreedAt } of rows)
    await takeYes(ctx, { channel, values, words, source: 'import', askedAt: agreedAt })
  return rows.length
}
