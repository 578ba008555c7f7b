import { sql } from '../db/index.ts'
import type { Part, Purpose, RetentionClass } from '../policy/index.ts'
import type { VaultContext } from './context.ts'

/** The newest root of the access log. Shape: `day` as `YYYY-MM-DD`, `hash` in hex. */
export type Root = { readonly day: string; readonly hash: string }

/** Closes every finished day of the access log with a hash over its rows and the day before. */
export async function sealDays(ctx: VaultContext): Promise<number> {
  const { rows } = await sql<{ sealed: number }>`select vault.seal_days() as sealed`.execute(ctx.db.query)
  return rows[0]?.sealed ?? 0
}

/** The root that receipts print, so that customers are witnesses that the log was not rewritten. */
export async function root(ctx: VaultContext): Promise<Root> {
  const { rows } = await sql<{
    day: string
    hash: string
  }>`select day::text, encode(hash, 'hex') as hash from vault.root()`.execute(ctx.db.query)
  return rows[0] ?? { day: '', hash: '' }
}

/** The first day whose rows no longer agree with its root; undefined when all do. */
export async function firstAlteredDay(ctx: VaultContext): Promise<string | undefined> {
  const { rows } = await sql<{ day: string | null }>`select vault.first_altered_day()::text as day`.execute(
    ctx.db.query,
  )
  return rows[0]?.day ?? undefined
}

/** Looks since an instant, and how many of them no rule or ground could have allowed. Shape: `since` in UTC. */
export async function looksSince(ctx: VaultContext, since: Date): Promise<{ looks: number; outside: number }> {
  const { rows } = await sql<{
    looks: string
    outside: string
  }>`select * from vault.looks_since(${since})`.execute(ctx.db.query)
  return { looks: Number(rows[0]?.looks ?? 0), outside: Number(rows[0]?.outside ?? 0) }
}

/** How many sealed groups there are, and how many of them no ground of their person needs. */
export async function boxesChecked(ctx: VaultContext): Promise<{ boxes: number; groundless: number }> {
  const { rows } = await sql<{
    boxes: string
    groundless: string
  }>`select * from vault.boxes_checked()`.execute(ctx.db.query)
  return { boxes: Number(rows[0]?.boxes ?? 0), groundless: Number(rows[0]?.groundless ?? 0) }
}

/** A group that one purpose takes over from others, those of them that may have asked for it, and all of them. */
export type TakenOver = {
  readonly class: RetentionClass
  readonly part: Part
  readonly from: readonly Purpose[]
  readonly beside: readonly Purpose[]
}

/** How many groups were taken over although none of the purposes that ask for them has a ground of that person. Whoever gave none of `beside` was asked directly. */
export async function boxesBeyond(ctx: VaultContext, taken: TakenOver): Promise<number> {
  const { rows } = await sql<{
    boxes: string
  }>`select vault.boxes_beyond(${taken.class}, ${taken.part}, ${[...taken.from]}::text[], ${[...taken.beside]}::text[]) as boxes`.execute(
    ctx.db.query,
  )
  return Number(rows[0]?.boxes ?? 0)
}

/** Which kinds of boxes exist, with how many. */
export async function boxParts(ctx: VaultContext): Promise<{ class: string; part: string; boxes: number }[]> {
  const { rows } = await sql<{ class: string; part: string; boxes: string }>`select * from vault.box_parts()`.execute(
    ctx.db.query,
  )
  return rows.map((row) => ({ ...row, boxes: Number(row.boxes) }))
}

/** Under which versions of the notice grounds were given, with how many. */
export async function groundNotices(ctx: VaultContext): Promise<{ notice: number; grounds: number }[]> {
  const { rows } = await sql<{ notice: number; grounds: string }>`select * from vault.basis_notices()`.execute(
    ctx.db.query,
  )
  return rows.map((row) => ({ notice: row.notice, grounds: Number(row.grounds) }))
}
