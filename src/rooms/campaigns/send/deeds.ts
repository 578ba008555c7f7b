import { enqueue, type JobResult, type JobTables, type Tx } from '../../../db/index.ts'
import { later, newId } from '../../../lib/index.ts'
import type { CampaignContext } from '../context.ts'
import { campaignById, moveOn } from '../queries.ts'
import { refOf } from '../refs.ts'
import type { CampaignState, CampaignTables } from '../tables.ts'
import { judged } from './audience.ts'
import { addRecipients, lockCampaign, takeNext } from './queries.ts'

const PAGE = 200
const MOST_WAITING = 400
const ROUND_MS = 1_000
const done: JobResult = { outcome: 'done' }

/** Starts a draft: from now on its words stand, and those for whom it is meant are drawn. Answers false when it was started before. */
export function start(ctx: CampaignContext, id: string): Promise<boolean> {
  return move(ctx, { id, from: ['draft'], to: 'drawing', job: 'campaigns.draw' })
}

/** Holds a campaign: what waits goes on waiting. */
export function pause(ctx: CampaignContext, id: string): Promise<boolean> {
  return move(ctx, { id, from: ['sending'], to: 'paused' })
}

/** Goes on where it was held. */
export function goOn(ctx: CampaignContext, id: string): Promise<boolean> {
  return move(ctx, { id, from: ['paused'], to: 'sending', job: 'campaigns.feed' })
}

/** Ends a campaign of letters or calls. */
export function finish(ctx: CampaignContext, id: string): Promise<boolean> {
  return move(ctx, { id, from: ['sending', 'paused'], to: 'done' })
}

type Move = { id: string; from: readonly CampaignState[]; to: CampaignState; job?: string }

async function move(ctx: CampaignContext, { id, from, to, job }: Move): Promise<boolean> {
  const at = ctx.now()
  const round = await ctx.db.tx(async (tx) => {
    const moved = await moveOn(tx, { id, from, to, at })
    if (moved !== undefined && job)
      await enqueue(tx as unknown as Tx<JobTables>, at, [jobFor(job, { id, round: moved })])
    return moved
  })
  ctx.kick()
  return round !== undefined
}

function jobFor(kind: string, { id, round, turn = 0 }: { id: string; round: number; turn?: number }) {
  return { key: `${kind}:${id}:${round}:${turn}`, kind, ids: { campaign: id, round, turn } }
}

/** Draws those for whom a campaign is meant, each once however often this runs, then begins to send. */
export async function draw(ctx: CampaignContext, id: string): Promise<JobResult> {
  const campaign = await campaignById(ctx.db.query, id)
  if (campaign?.state !== 'drawing') return done
  for await (const { chosen } of judged(ctx, campaign)) {
    const people = chosen.map((person) => ({ id: newId<'recipient'>(ctx.now()), person }))
    await ctx.db.tx((tx) => addRecipients(tx, id, people))
  }
  await move(ctx, { id, from: ['drawing'], to: 'sending', job: 'campaigns.feed' })
  return done
}

/**
 * Asks for the next mails of a campaign, never many more than can go out soon, so that a pause holds soon too. Who was taken and what was
 * asked for them are one transaction: a program that dies goes on exactly where it was.
 */
export async function feed(ctx: CampaignContext, of: { id: string; round: number; turn: number }): Promise<JobResult> {
  const { id, round, turn } = of
  if ((await campaignById(ctx.db.query, id))?.channel !== 'mail') return done
  const waiting = await ctx.contact.many.waiting(refOf(id))
  const at = ctx.now()
  const next = await ctx.db.tx(async (tx) => {
    const locked = await lockCampaign(tx, id)
    if (locked?.state !== 'sending' || locked.round !== round) return 'held'
    // Whatever was held in an earlier round has no work of its own any more, so it is asked for before anything new, however much it is.
    if (turn === 0) await ctx.contact.many.goOn(tx, refOf(id))
    const asked = waiting < MOST_WAITING ? await askNext(ctx, tx, id) : 0
    if (asked === 0 && waiting === 0) return 'over'
    if (asked === 0) await ctx.contact.many.goOn(tx, refOf(id))
    const again = { ...jobFor('campaigns.feed', { id, round, turn: turn + 1 }), runAt: later(at, ROUND_MS) }
    await enqueue(tx as unknown as Tx<JobTables>, at, [again])
    return 'more'
  })
  if (next === 'over') await move(ctx, { id, from: ['sending'], to: 'done' })
  ctx.kick()
  return done
}

async function askNext(ctx: CampaignContext, tx: Tx<CampaignTables>, id: string): Promise<number> {
  const persons = await takeNext(tx, { campaign: id, at: ctx.now(), most: PAGE })
  const order = { kind: 'news', purpose: 'campaignMail', for: refOf(id), line: 'bulk' } as const
  const mails = persons.map((person) => ({ ...order, person, key: `news:${id}:${person}` }))
  await ctx.contact.many.send(tx, mails)
  return persons.length
}

/** Sends once more what perhaps arrived. Answers how many. */
export async function sendUnknownAgain(ctx: CampaignContext, id: string): Promise<number> {
  const mails = await ctx.db.tx((tx) => ctx.contact.many.again(tx, refOf(id)))
  if (mails > 0) await move(ctx, { id, from: ['done'], to: 'sending', job: 'campaigns.feed' })
  ctx.kick()
  return mails
}
