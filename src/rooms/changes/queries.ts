import { sql, type Query, type Tx } from '../../db/index.ts'
import type { Clause } from '../../policy/index.ts'
import type { ChangeTables } from './tables.ts'

/** From which version to which words. The same words may come again later, and then that is another change. */
export type ChangeKey = { readonly hash: string; readonly replaces: number }

/** A change of the policy. Shape: `fromOn` a day as `YYYY-MM-DD`; `announcedAt` null when nobody is told of it. */
export type PolicyChange = ChangeKey & {
  readonly id: string
  readonly fromOn: string
  readonly announcedAt: Date | null
  readonly toldAt: Date | null
  readonly earlyAt: Date | null
  readonly clauses: readonly Clause[]
}

function changes(db: Query<ChangeTables>) {
  return db
    .selectFrom('policy_change')
    .select([
      'change_id as id',
      'hash',
      'replaces',
      sql<string>`from_on::text`.as('fromOn'),
      'announced_at as announcedAt',
      'told_at as toldAt',
      'early_at as earlyAt',
      sql<readonly Clause[]>`clauses`.as('clauses'),
    ])
}

/** The change that leads from a version to a policy with this hash. */
export function changeTo(db: Query<ChangeTables>, { hash, replaces }: ChangeKey): Promise<PolicyChange | undefined> {
  return changes(db).where('hash', '=', hash).where('replaces', '=', replaces).executeTakeFirst()
}

/** One change. */
export function changeById(db: Query<ChangeTables>, id: string): Promise<PolicyChange | undefined> {
  return changes(db).where('change_id', '=', id).executeTakeFirst()
}

/** Writes what is known of a change now; it keeps the id that it got first. */
export async function putChange(tx: Tx<ChangeTables>, change: PolicyChange): Promise<void> {
  const now = {
    from_on: change.fromOn,
    announced_at: change.announcedAt,
    told_at: change.toldAt,
    early_at: change.earlyAt,
  }
  const { hash, replaces } = change
  await tx
    .insertInto('policy_change')
    .values({ change_id: change.id, hash, replaces, clauses: JSON.stringify(change.clauses), ...now })
    .onConflict((known) => known.columns(['hash', 'replaces']).doUpdateSet(now))
    .execute()
}

/** Takes back every other announcement that would change the same version: brought back later, people are told anew. */
export async function withdrawOthers(tx: Tx<ChangeTables>, { hash, replaces }: ChangeKey): Promise<void> {
  await tx
    .updateTable('policy_change')
    .set({ announced_at: null, told_at: null })
    .where('replaces', '=', replaces)
    .where('hash', '!=', hash)
    .execute()
}

/** Notes that a full round was asked for, unless the change was taken back or got another day meanwhile. */
export async function noteTold(
  db: Query<ChangeTables>,
  { id, fromOn }: Pick<PolicyChange, 'id' | 'fromOn'>,
  at: Date,
): Promise<void> {
  await db
    .updateTable('policy_change')
    .set({ told_at: at })
    .where('change_id', '=', id)
    .where('from_on', '=', fromOn)
    .where('announced_at', 'is not', null)
    .where('told_at', 'is', null)
    .execute()
}
