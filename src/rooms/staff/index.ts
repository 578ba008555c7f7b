export type { StaffContext } from './context.ts'
export { staffRail } from './rail.ts'
export { staffRoutes } from './routes.tsx'
export { staffGoes, staffLink } from './signIn.tsx'
