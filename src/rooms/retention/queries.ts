import { sql, type Query } from '../../db/index.ts'
import { newId } from '../../lib/index.ts'
import type { HeldBecause, RetentionTables } from './tables.ts'

/** One run, in counts. Shape: `groups` are single groups that nothing needed any more, `looks` lines of the log, `failed` persons who wait for the next run. */
export type Run = {
  readonly at: Date
  readonly outcome: 'done' | 'held'
  readonly because: HeldBecause | null
  readonly persons: number
  readonly groups: number
  readonly drafts: number
  readonly looks: number
  readonly failed: number
}

/** Writes a run. */
export async function addRun(db: Query<RetentionTables>, run: Run): Promise<void> {
  await db
    .insertInto('retention_run')
    .values({ run_id: newId<'run'>(run.at), ...run })
    .execute()
}

/** The newest run of all. */
export function lastRun(db: Query<RetentionTables>): Promise<Run | undefined> {
  return newest(db).limit(1).executeTakeFirst()
}

/** The newest runs that did something or were held. */
export function runsWorthSeeing(db: Query<RetentionTables>, most: number): Promise<Run[]> {
  return newest(db)
    .where((row) =>
      row.or([row('outcome', '=', 'held'), row('persons', '>', 0), row('drafts', '>', 0), row('groups', '>', 0)]),
    )
    .limit(most)
    .execute()
}

function newest(db: Query<RetentionTables>) {
  return db
    .selectFrom('retention_run')
    .select(['at', 'outcome', 'because', 'persons', 'groups', 'drafts', 'looks', 'failed'])
    .orderBy(sql`sequence`, 'desc')
}
