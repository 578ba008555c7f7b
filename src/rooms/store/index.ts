export type { StoreContext } from './context.ts'
export { storeRoutes } from './routes.tsx'
export { markDelivered, receiptMail, sendReceipt } from './receipt.ts'
