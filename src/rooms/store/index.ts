export type { StoreContext } from './context.ts'
export { storeRoutes } from './routes.tsx'
