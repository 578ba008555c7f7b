export type { StaffContext } from './context.ts'
export { staffRoutes } from './routes.tsx'
export { staffLink } from './signIn.tsx'
