import type { Query } from '../../db/index.ts'
import type { RunId } from './context.ts'
import type { ImportTables } from './tables.ts'

/** What the rows of a report came to. Shape: rows of the file, each counted once. */
export type Counts = {
  readonly done: number
  readonly taken: number
  readonly known: number
  readonly unpaid: number
  readonly refused: number
}

/** One run, as the page shows it. */
export type PastRun = Counts & {
  readonly mapping: string
  readonly lines: number
  readonly begunAt: Date
  readonly endedAt: Date | null
  readonly by: string
}

/** Writes that a run began. */
export async function addRun(
  db: Query<ImportTables>,
  run: { id: RunId; mark: Buffer; mapping: string; lines: number; at: Date; by: string },
): Promise<void> {
  const none = { done: 0, taken: 0, known: 0, unpaid: 0, refused: 0, ended_at: null }
  const { id, mark, mapping, lines, at, by } = run
  await db
    .insertInto('import_run')
    .values({ run_id: id, file_mark: mark, mapping, lines, begun_at: at, by, ...none })
    .execute()
}

/** Adds what a piece of the file came to; `endedAt` with the last. */
export async function noteProgress(
  db: Query<ImportTables>,
  id: RunId,
  { endedAt, ...counts }: Counts & { endedAt?: Date },
): Promise<void> {
  await db
    .updateTable('import_run')
    .set((row) => ({
      done: row('done', '+', counts.done),
      taken: row('taken', '+', counts.taken),
      known: row('known', '+', counts.known),
      unpaid: row('unpaid', '+', counts.unpaid),
      refused: row('refused', '+', counts.refused),
      ...(endedAt && { ended_at: endedAt }),
    }))
    .where('run_id', '=', id)
    .where('ended_at', 'is', null)
    .execute()
}

/** The newest runs. */
export async function newestRuns(db: Query<ImportTables>, most: number): Promise<PastRun[]> {
  return db
    .selectFrom('import_run')
    .select(['mapping', 'lines', 'done', 'taken', 'known', 'unpaid', 'refused', 'by'])
    .select(['begun_at as begunAt', 'ended_at as endedAt'])
    .orderBy('begun_at', 'desc')
    .limit(most)
    .execute()
}
