import { sql } from 'kysely'
import { later, newId } from '../../lib/index.ts'
import type { Query, Tx } from '../database.ts'
import type { JobIds, JobTables } from './tables.ts'

/** Work asked for inside a deed's transaction. Shape: `key` is unique for ever; `runAt` in UTC, default now. */
export type NewJob = {
  readonly key: string
  readonly kind: string
  readonly ids: JobIds
  readonly person?: string
  readonly runAt?: Date
}

/** A job that was taken, with its try. */
export type Taken = { readonly id: string; readonly kind: string; readonly ids: JobIds; readonly tries: number }

/** Asks for work, once for each key. */
export async function enqueue<T extends JobTables>(tx: Tx<T>, at: Date, jobs: readonly NewJob[]): Promise<void> {
  if (jobs.length === 0) return
  const rows = jobs.map((job) => ({
    job_id: newId(at),
    key: job.key,
    kind: job.kind,
    ids: JSON.stringify(job.ids),
    person_id: job.person ?? null,
    run_at: job.runAt ?? at,
    tries: 0,
  }))
  const jobTx = tx as unknown as Tx<JobTables>
  await jobTx
    .insertInto('job')
    .values(rows as never)
    .onConflict((conflict) => conflict.column('key').doNothing())
    .execute()
}

/** Which kinds of work a worker does: some only, or all but some. */
export type Lane = { readonly only: readonly string[] } | { readonly but: readonly string[] }

/** What is taken. Shape: `except` still runs here, however long ago its lease ended; without a lane, every kind. */
export type Take = {
  readonly most: number
  readonly leaseMs: number
  readonly except?: readonly string[]
  readonly lane?: Lane | undefined
}

/** Takes what is due, each row by one worker only. */
export async function takeDue(
  db: Query<JobTables>,
  at: Date,
  { most, leaseMs, except = [], lane = { but: [] } }: Take,
): Promise<Taken[]> {
  const until = later(at, leaseMs)
  const mine =
    'only' in lane ? sql`kind = any (${[...lane.only]}::text[])` : sql`kind <> all (${[...lane.but]}::text[])`
  const { rows } = await sql<Taken>`
    with due as (
      select job_id from job
      where done_at is null and run_at <= ${at} and (leased_until is null or leased_until < ${at})
        and job_id <> all (${[...except]}::uuid[]) and ${mine}
      order by run_at, job_id limit ${most} for update skip locked)
    update job set leased_until = ${until}, tries = tries + 1 from due
    where job.job_id = due.job_id returning job.job_id as id, job.kind, job.ids, job.tries`.execute(db)
  return rows
}

/** Marks jobs done, but for those that somebody took over since: only the holder of the lease ends a job. */
export async function markDone(db: Query<JobTables>, at: Date, done: readonly Taken[]): Promise<void> {
  await sql`
    update job set done_at = ${at}, leased_until = null, because = null
    from unnest(${done.map(({ id }) => id)}::uuid[], ${done.map(({ tries }) => tries)}::integer[]) as mine (job_id, tries)
    where job.job_id = mine.job_id and job.tries = mine.tries and job.done_at is null`.execute(db)
}

/** Gives a job back for a later try, with a word for why. */
export async function putBack(
  db: Query<JobTables>,
  job: Taken,
  later: { runAt: Date; because: string },
): Promise<void> {
  await db
    .updateTable('job')
    .set({ run_at: later.runAt, leased_until: null, because: later.because })
    .where('job_id', '=', job.id)
    .where('tries', '=', job.tries)
    .where('done_at', 'is', null)
    .execute()
}

/** Gives back what a process that is gone had taken, so that nobody waits for its lease to end. */
export async function freeLeases(db: Query<JobTables>): Promise<void> {
  await db
    .updateTable('job')
    .set({ leased_until: null })
    .where('done_at', 'is', null)
    .where('leased_until', 'is not', null)
    .execute()
}

/** Jobs that keep failing, for staff. Shape: kind, word, tries. */
export function stuckJobs(
  db: Query<JobTables>,
  tries: number,
): Promise<{ kind: string; because: string | null; tries: number }[]> {
  return db
    .selectFrom('job')
    .select(['kind', 'because', 'tries'])
    .where('done_at', 'is', null)
    .where('tries', '>=', tries)
    .execute()
}
