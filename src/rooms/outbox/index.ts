export { outboxRoutes, type OutboxContext } from './routes.tsx'
