import type { Channel } from '../../../contact/index.ts'
import type { PersonId } from '../../../vault/index.ts'
import type { CampaignContext } from '../context.ts'
import { takeYes } from '../news/ask.ts'
import { consentOf, consenting } from '../news/queries.ts'
import { addressOf, markOf, type GoodRow, type ReadList } from './rows.ts'

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
  const marks = channel === 'post' ? await marksThere(ctx) : new Set<string>()
  let [stopped, known] = [0, 0]
  for (const row of list.good) {
    const value = addressOf(channel, row.values)
    if (await ctx.contact.many.isStopped({ channel, value })) stopped += 1
    else if (marks.has(markOf(ctx, channel, value)) || (await isKnown(ctx, channel, value))) known += 1
    else fresh.push(row)
  }
  return { fresh, stopped, known, bad: list.bad }
}

/** Houses are found by their marks only, so those of the readers by post are laid side by side. */
async function marksThere(ctx: CampaignContext): Promise<Set<string>> {
  const marks = new Set<string>()
  let after: string | undefined
  for (;;) {
    const page = await consenting(ctx.db.query, { channel: 'post', state: 'live', after, most: 1000 })
    if (page.length === 0) return marks
    for (const mark of page.flatMap((person) => housesOf(ctx, person))) marks.add(mark)
    after = page.at(-1)
  }
}

function housesOf(ctx: CampaignContext, person: PersonId): string[] {
  const own = ctx.vault.stopMarks(person).filter(({ channel }) => channel === 'post')
  return own.map(({ mark }) => Buffer.from(mark).toString('base64'))
}

async function isKnown(ctx: CampaignContext, channel: Channel, value: string): Promise<boolean> {
  if (channel === 'post') return false
  const persons: readonly PersonId[] = await ctx.vault.find(channel === 'mail' ? 'email' : 'telephone', value)
  const consents = await Promise.all(persons.map((person) => consentOf(ctx.db.query, { person, channel })))
  return consents.some((consent) => consent?.state === 'live')
}

/** Takes lines in, each by itself; run again after a crash, it goes on with those that are not there yet. Answers how many. */
export async function takeIn(ctx: CampaignContext, channel: Channel, rows: readonly GoodRow[]): Promise<number> {
  for (const { values, words, agreedAt } of rows)
    await takeYes(ctx, { channel, values, words, source: 'import', askedAt: agreedAt })
  return rows.length
}
