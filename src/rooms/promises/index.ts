export type { PromisesContext, PublishedVersion } from './context.ts'
export { promisesRoutes } from './routes.tsx'
export { watchPromises } from './watch.ts'
