export type { RetentionContext } from './context.ts'
export { retentionRail, retentionRoutes } from './routes.tsx'
export { runRetention } from './run.ts'
export { retentionGrants } from './tables.ts'
