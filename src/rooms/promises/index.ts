export type { PromisesContext } from './context.ts'
export { promisesRoutes } from './routes.tsx'
export { watchPromises } from './watch.ts'
