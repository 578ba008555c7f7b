export { sql } from 'kysely'
export { liveColumns } from './columns.ts'
export type { Database, Query, Tx } from './database.ts'
export { openEngine, type Engine, type OwnerQuery, type Source } from './engine.ts'
export type { Grants } from './grants.ts'
export { enqueue, freeLeases, stuckJobs, type NewJob } from './jobs/queries.ts'
export { jobGrants, type JobIds, type JobTables } from './jobs/tables.ts'
export {
  runJobs,
  startWorker,
  type JobContext,
  type JobHandler,
  type JobResult,
  type JobWorker,
} from './jobs/worker.ts'
export { callControl, listenControl, type ControlRequest } from './control.ts'
export { takeLock } from './lock.ts'
export { migrate, type Plan } from './migrate.ts'
