import { sql } from '../../db/index.ts'
import { errorCode, later, word } from '../../lib/index.ts'
import type { RetentionClass } from '../../policy/index.ts'
import type { Actor, VaultContext } from '../context.ts'
import type { PersonId } from '../keys/store.ts'
import { erase } from './erase.ts'

const clock: Actor = { role: 'program', id: 'retention' }
const NOBODY = '00000000-0000-0000-0000-000000000000'
const PAGE = 500

/** Who is over, and in which classes. */
export type Over = { readonly person: PersonId; readonly classes: readonly RetentionClass[] }

/** What is over, `of` how many people in all. Shape: `groups` are single groups that nothing needs any more, in a class that something else keeps. */
export type Due = { readonly over: readonly Over[]; readonly of: number; readonly groups: number }

/** Looks for what is over, and changes nothing. */
export async function due(ctx: VaultContext): Promise<Due> {
  const over: Over[] = []
  for await (const page of overdue(ctx)) over.push(...page)
  const { rows } = await sql<{ groups: string }>`select vault.unneeded() as groups`.execute(ctx.db.query)
  const of = ctx.keys.madeBefore(later(ctx.now(), 1)).length
  return { over, of, groups: Number(rows[0]?.groups ?? 0) }
}

/** What a run destroyed. Shape: `failed` persons of whom something could not be destroyed yet. */
export type Expired = { readonly persons: number; readonly groups: number; readonly failed: number }

/**
 * Destroys what was found over: the keys of each class whose last ground ended, then its rows; a person of whom nothing is left is
 * gone. Whatever came alive since is left. One that fails stops nobody else. Safe to stop at any point: what was begun is finished later.
 */
export async function expire(ctx: VaultContext, found: readonly Over[]): Promise<Expired> {
  let [persons, failed] = [0, 0]
  for (const one of found) {
    const done = await expireOne(ctx, one).catch((error: unknown) => {
      ctx.log('retention.failed', { because: word(errorCode(error)) })
      return undefined
    })
    if (done === undefined) failed += 1
    else if (done) persons += 1
  }
  const { rows } = await sql<{ groups: string }>`select vault.drop_unneeded() as groups`.execute(ctx.db.query)
  return { persons, failed, groups: Number(rows[0]?.groups ?? 0) }
}

/** Answers whether anything was over still: it may have come alive since it was looked for. */
async function expireOne(ctx: VaultContext, { person, classes }: Over): Promise<boolean> {
  const { rows } = await sql<{ over: RetentionClass[] }>`
    select vault.end_grounds(${person}, ${[...classes]}::text[]) as over`.execute(ctx.db.query)
  const over = rows[0]?.over ?? []
  if (over.length > 0) await erase(ctx, { person, actor: clock, classes: over, because: 'clock' })
  return over.length > 0
}

async function* overdue(ctx: VaultContext): AsyncGenerator<Over[]> {
  let after = NOBODY
  for (;;) {
    const { rows } = await sql<{ person: PersonId; classes: RetentionClass[] }>`
      select person_id as person, classes from vault.due(${after}, ${PAGE})`.execute(ctx.db.query)
    const last = rows.at(-1)
    if (!last) return
    yield rows
    after = last.person
  }
}

/** Removes log rows of days before one. Shape: `before` as `YYYY-MM-DD`. Answers how many. */
export async function dropOldLooks(ctx: VaultContext, before: string): Promise<number> {
  const { rows } = await sql<{ done: string }>`select vault.drop_old_looks(${before}::date) as done`.execute(
    ctx.db.query,
  )
  return Number(rows[0]?.done ?? 0)
}
