export type { StoreContext } from './context.ts'
export { askForPayment, howToPayMail } from './byHand/howToPay.ts'
export { storeRoutes } from './routes.tsx'
export { askForReceipt, receiptMail } from './receipt.ts'
