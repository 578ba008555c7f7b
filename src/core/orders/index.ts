export { cartToken, quote, readCart, tidy, type Cart, type Quote, type QuotedLine } from './cart.ts'
export { offerOf, productOf, readCatalogue, taxRate, type Catalogue, type Offer, type Product } from './catalogue.ts'
export { attempt, cancel, endClocks, eraseAfterDelivery, handOver, startClocks, stateOf } from './commands.ts'
export type { AlsoSettled, OrderContext } from './context.ts'
export { dropDraft, oldDrafts } from './drafts/drop.ts'
export { desired, type EffectKind, type TaskKind } from './desired.ts'
export { refundReasons, type Fact, type FactKind, type OrderId, type RefundReason } from './facts.ts'
export { fold } from './fold/fold.ts'
export {
  rightOf,
  UNDER_WAY,
  type Dispute,
  type Headline,
  type OrderState,
  type Payment,
  type Refund,
  type Right,
} from './fold/state.ts'
export type { PastLine, PastSale } from './past/sale.ts'
export { knowsSale, takeIn, tryIn, type AlsoWrite, type SaleContext, type TakenIn } from './past/takeIn.ts'
export { askedFor, orderIdOf, place, type NewOrder, type Placed } from './place.ts'
export { capturedAs, capturedIn, hasMisfits, orderOfPayment, paymentKey } from './payment/queries.ts'
export { receiveByPayment } from './payment/receive.ts'
export {
  factsOf,
  linesOf,
  listOrders,
  numberOf,
  orderById,
  orderByNumber,
  ordersOf,
  personOf,
  type OrderLine,
  type OrderRow,
} from './queries.ts'
export { addDailyTask, addTask, countTasks, finishTask, openTasks, toldTask, type Task } from './tasks/queries.ts'
export { receive, receiveWith, underLock } from './record.ts'
export { askByHand, paidBack } from './refunds/byHand.ts'
export { decideRight } from './refunds/decide.ts'
export { countPayable, refundAll, refundIncident, refundPage } from './refunds/incident.ts'
export {
  byHandOf,
  byHandTask,
  oldestCapture,
  processorsOf,
  progressOf,
  type PaidAt,
  type Progress,
} from './refunds/queries.ts'
export { blockedBy, leftOf, refund, type NoRefund } from './refunds/refund.ts'
export { ordersTold, partlyPaidUntold } from './told/queries.ts'
export { orderGrants, type OrderTables } from './tables.ts'
