import { sql } from '../db/index.ts'
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

/** Counts for the promises page: rows of the log, and how many of them the policy would not allow. */
export async function logCount(ctx: VaultContext): Promise<{ all: number; outside: number }> {
  const { rows } = await sql<{ all_rows: string; outside_policy: string }>`select * from vault.log_count()`.execute(
    ctx.db.query,
  )
  return { all: Number(rows[0]?.all_rows ?? 0), outside: Number(rows[0]?.outside_policy ?? 0) }
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
