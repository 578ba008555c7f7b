export type { StoreContext } from './context.ts'
export { storeRoutes } from './routes.tsx'
export { askForReceipt, receiptMail } from './receipt.ts'
