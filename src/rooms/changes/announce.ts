import { enqueue, type Database, type JobTables, type Tx } from '../../db/index.ts'
import { after, dayIn, newId } from '../../lib/index.ts'
import { clauses, policyHash, type Policy } from '../../policy/index.ts'
import { isEarly, laterDay, mayTakeEffect, NOTICE, type Standing } from './due.ts'
import { changeTo, putChange, withdrawOthers, type PolicyChange } from './queries.ts'
import type { ChangeTables } from './tables.ts'

/** A policy and the day from which it shall hold. Shape: `from` as `YYYY-MM-DD` in the vendor's time zone. */
export type Next = { readonly from: string; readonly policy: Policy }

/** The vendor's policy, and the one that it announces. */
export type Announced = { readonly policy: Policy; readonly announced?: Next }

/**
 * Which policy is in force now, and which one waits: the announced one is in force when it may be and its day has come, or when the program
 * turned to it before; going back from there is a change as well.
 */
export async function policyNow(
  ctx: Standing,
  { policy, announced }: Announced,
): Promise<{ inForce: Policy; next: Next | undefined }> {
  if (!announced || policyHash(announced.policy) === policyHash(policy))
    return { inForce: announced?.policy ?? policy, next: undefined }
  return (await hasTurned(ctx, announced))
    ? { inForce: announced.policy, next: undefined }
    : { inForce: policy, next: announced }
}

async function hasTurned(ctx: Standing, { from, policy }: Next): Promise<boolean> {
  if (!ctx.published) return false
  if (ctx.published.hash === policyHash(policy)) return !(await isEarly(ctx))
  return from <= dayIn(ctx.timeZone, ctx.now) && (await mayTakeEffect(ctx, policy))
}

type AnnounceContext = {
  readonly db: Database<ChangeTables>
  readonly now: Date
  readonly timeZone: string
  /** The version in force. */
  readonly replaces: number
}

/**
 * Notes what is announced, and with it the work to tell everybody, when that is new or its day was moved; what is announced no longer is taken back.
 * A day that was moved forward counts as announced now: people were told another.
 */
export async function announce(ctx: AnnounceContext, next: Next | undefined): Promise<void> {
  const key = { hash: next ? policyHash(next.policy) : '', replaces: ctx.replaces }
  await ctx.db.tx(async (tx) => {
    await withdrawOthers(tx, key)
    const known = await changeTo(tx, key)
    const change = next && asAnnounced(ctx, next, known)
    if (!change) return
    await putChange(tx, change)
    await askRound(tx, { id: change.id, round: String(ctx.now.getTime()) }, ctx.now)
  })
}

/** What has to be written, if anything has. */
function asAnnounced(ctx: AnnounceContext, next: Next, known: PolicyChange | undefined): PolicyChange | undefined {
  const { now, timeZone } = ctx
  const soonest = laterDay(next.from, dayIn(timeZone, after(now, NOTICE)))
  if (!known?.announcedAt || soonest < known.fromOn)
    return { ...blank(ctx, next.policy), ...(known && { id: known.id }), fromOn: soonest, announcedAt: now }
  return next.from > known.fromOn ? { ...known, fromOn: next.from } : undefined
}

/** Asks for a round of mails, once for each name that it is given. */
export async function askRound(
  tx: Tx<ChangeTables>,
  { id, round }: { id: string; round: string },
  at: Date,
): Promise<void> {
  const work = { key: `policy-change:${id}:${round}`, kind: 'changes.tell', ids: { change: id } }
  await enqueue(tx as unknown as Tx<JobTables>, at, [work])
}

/** Notes a change that takes effect before it may although people are held: the promise is broken, and the page says so. */
export async function noteEarly(ctx: AnnounceContext, policy: Policy): Promise<void> {
  const change = blank(ctx, policy)
  await ctx.db.tx(async (tx) => {
    const known = await changeTo(tx, change)
    await putChange(tx, { ...change, ...known, earlyAt: ctx.now })
  })
}

function blank({ now, timeZone, replaces }: AnnounceContext, policy: Policy): PolicyChange {
  return {
    id: newId<'change'>(now),
    hash: policyHash(policy),
    replaces,
    fromOn: dayIn(timeZone, now),
    announcedAt: null,
    toldAt: null,
    earlyAt: null,
    clauses: clauses(policy),
  }
}
