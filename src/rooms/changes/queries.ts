import { sql, type Query, type Tx } from '../../db/index.ts'
import type { Clause } from '../../policy/index.ts'
import type { ChangeTables } from './tables.ts'

/** A change of the policy. Shape: `fromOn` a day as `YYYY-MM-DD`; `announcedAt` null when nobody was told before. */
export type PolicyChange = {
  readonly id: string
  readonly hash: string
  readonly fromOn: string
  readonly announcedAt: Date | null
  readonly toldAt: Date | null
  readonly clauses: readonly Clause[]
}

function changes(db: Query<ChangeTables>) {
  return db
    .selectFrom('policy_change')
    .select([
      'change_id as id',
      'hash',
      sql<string>`from_on::text`.as('fromOn'),
      'announced_at as announcedAt',
      'told_at as toldAt',
      sql<readonly Clause[]>`clauses`.as('clauses'),
    ])
}

/** The change that leads to a policy with this hash. */
export function changeTo(db: Query<ChangeTables>, hash: string): Promise<PolicyChange | undefined> {
  return changes(db).where('hash', '=', hash).executeTakeFirst()
}

/** One change. */
export function changeById(db: Query<ChangeTables>, id: string): Promise<PolicyChange | undefined> {
  return changes(db).where('change_id', '=', id).executeTakeFirst()
}

/** Writes a change; of two starts at once one writes it. Answers whether this one did. */
export async function addChange(tx: Tx<ChangeTables>, change: Omit<PolicyChange, 'toldAt'>): Promise<boolean> {
  const written = await tx
    .insertInto('policy_change')
    .values({
      change_id: change.id,
      hash: change.hash,
      from_on: change.fromOn,
      announced_at: change.announcedAt,
      clauses: JSON.stringify(change.clauses),
      told_at: null,
    })
    .onConflict((known) => known.column('hash').doNothing())
    .returning('change_id')
    .executeTakeFirst()
  return written !== undefined
}

/** Notes that the last mail about a change was asked for. */
export async function noteTold(db: Query<ChangeTables>, id: string, at: Date): Promise<void> {
  await db.updateTable('policy_change').set({ told_at: at }).where('change_id', '=', id).execute()
}
