import type { Grants } from '../grants.ts'

/** A row of work: opaque ids only, never a personal value. */
export type JobTables = {
  job: {
    job_id: string
    key: string
    kind: string
    ids: JobIds | string
    person_id: string | null
    run_at: Date
    leased_until: Date | null
    tries: number
    because: string | null
    done_at: Date | null
  }
}

/** What a job may carry. Shape: opaque ids and small numbers. */
export type JobIds = Readonly<Record<string, string | number>>

/** The rights of the app on the job table; it deletes only what an erasure takes with it. */
export const jobGrants: Grants = { job: ['select', 'insert', 'update', 'delete'] }
