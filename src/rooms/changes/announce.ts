import { enqueue, type Database, type JobTables, type Tx } from '../../db/index.ts'
import { after, dayIn, newId } from '../../lib/index.ts'
import { clauses, policyHash, type Policy } from '../../policy/index.ts'
import { addChange, changeTo } from './queries.ts'
import type { ChangeTables } from './tables.ts'

/** So long before a change takes effect people are told at least. */
const NOTICE = 'P14D'

/** The vendor's policy, and the one that it announces. Shape: `from` a day as `YYYY-MM-DD` in the vendor's time zone. */
export type Announced = {
  readonly policy: Policy
  readonly announced?: { readonly from: string; readonly policy: Policy }
}

type AnnounceContext = { readonly db: Database<ChangeTables>; readonly now: Date; readonly timeZone: string }

/**
 * Which policy is in force now: the announced one when its day has come and people knew of it for two weeks, else the present one.
 * A change that is announced for the first time is noted, and with it the work to tell everybody. Source: promise told.
 */
export async function policyNow(
  ctx: AnnounceContext,
  { policy, announced }: Announced,
): Promise<{ inForce: Policy; next: { policy: Policy; on: string } | undefined }> {
  if (!announced || policyHash(announced.policy) === policyHash(policy))
    return { inForce: announced?.policy ?? policy, next: undefined }
  const known = (await changeTo(ctx.db.query, policyHash(announced.policy))) ?? (await note(ctx, announced))
  const on = laterDay(announced.from, dayIn(ctx.timeZone, after(known.announcedAt ?? ctx.now, NOTICE)))
  return on <= dayIn(ctx.timeZone, ctx.now)
    ? { inForce: announced.policy, next: undefined }
    : { inForce: policy, next: { policy: announced.policy, on } }
}

async function note(
  { db, now, timeZone }: AnnounceContext,
  { from, policy }: { from: string; policy: Policy },
): Promise<{ announcedAt: Date | null }> {
  const id = newId<'change'>(now)
  const fromOn = laterDay(from, dayIn(timeZone, after(now, NOTICE)))
  const change = { id, hash: policyHash(policy), fromOn, announcedAt: now, clauses: clauses(policy) }
  await db.tx(async (tx) => {
    if (!(await addChange(tx, change))) return
    const work = { key: `policy-change:${id}`, kind: 'changes.tell', ids: { change: id } }
    await enqueue(tx as unknown as Tx<JobTables>, now, [work])
  })
  return { announcedAt: now }
}

/** Notes a change that takes effect without having been announced although people are held: the promise is broken, and the page says so. */
export async function noteUntold({ db, now, timeZone }: AnnounceContext, policy: Policy): Promise<void> {
  const id = newId<'change'>(now)
  const change = {
    id,
    hash: policyHash(policy),
    fromOn: dayIn(timeZone, now),
    announcedAt: null,
    clauses: clauses(policy),
  }
  await db.tx((tx) => addChange(tx, change))
}

function laterDay(a: string, b: string): string {
  return a > b ? a : b
}
