export type { PaymentsContext } from './context.ts'
export { paymentsRail, paymentsRoutes } from './routes.tsx'
