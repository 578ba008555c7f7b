import type { Database } from '../../db/index.ts'
import { after, dayIn } from '../../lib/index.ts'
import { policyHash, type Policy } from '../../policy/index.ts'
import { changeTo, type PolicyChange } from './queries.ts'
import type { ChangeTables } from './tables.ts'

/** So long before a change takes effect people are told at least. */
export const NOTICE = 'P14D'

/** When it is, and what visitors read now. Shape: `published` is missing before the first start. */
export type Standing = {
  readonly db: Pick<Database<ChangeTables>, 'query'>
  readonly now: Date
  readonly timeZone: string
  readonly published: { readonly version: number; readonly hash: string } | undefined
}

/** The day on which a change takes effect: its own, and two weeks after everybody was told at least. Shape: `YYYY-MM-DD`. */
export function dueOn(
  { now, timeZone }: Pick<Standing, 'now' | 'timeZone'>,
  { fromOn, toldAt }: Pick<PolicyChange, 'fromOn' | 'toldAt'>,
): string {
  return laterDay(fromOn, dayIn(timeZone, after(toldAt ?? now, NOTICE)))
}

/**
 * Whether a policy may be in force now: it is what visitors read, or it was announced, everybody was told, and its day has come. Source: promise told.
 */
export async function mayTakeEffect(ctx: Standing, policy: Policy): Promise<boolean> {
  const hash = policyHash(policy)
  if (!ctx.published || ctx.published.hash === hash) return true
  return isDue(ctx, await changeTo(ctx.db.query, { hash, replaces: ctx.published.version }))
}

/** Whether what visitors read now took effect before it might, and might not yet. */
export async function isEarly(ctx: Standing): Promise<boolean> {
  const { published } = ctx
  if (!published) return false
  const change = await changeTo(ctx.db.query, { hash: published.hash, replaces: published.version - 1 })
  return change !== undefined && change.earlyAt !== null && !isDue(ctx, change)
}

function isDue(ctx: Standing, change: PolicyChange | undefined): boolean {
  if (!change?.toldAt || after(change.toldAt, NOTICE) > ctx.now) return false
  return dueOn(ctx, change) <= dayIn(ctx.timeZone, ctx.now)
}

/** The later of two days. */
export function laterDay(a: string, b: string): string {
  return a > b ? a : b
}
