import type { Contact } from '../contact/index.ts'
import { followRight, issue, type IssueContext } from '../core/licences/index.ts'
import {
  addTask,
  endClocks,
  orderById,
  refundIncident,
  refundPage,
  startClocks,
  type OrderId,
  type OrderTables,
} from '../core/orders/index.ts'
import { ask, attachMessages, endPages, openUntil, refundPayment } from '../core/payments/index.ts'
import type { JobHandler, Query } from '../db/index.ts'
import { eraseDelivered, type PrivacyContext } from '../rooms/privacy/index.ts'
import { askForReceipt, type StoreContext } from '../rooms/store/index.ts'
import type { Core } from './settings.ts'

/** Which room does which kind of work. */
export function jobs(
  core: Core,
  of: { store: StoreContext; privacy: PrivacyContext; contact: Contact },
): Record<string, JobHandler> {
  const { orders, licences } = core
  const { payments } = of.store
  const order = (ids: Parameters<JobHandler>[0]): OrderId => String(ids['orderId']) as OrderId
  return {
    'licences.issue': (ids) => issueKeys(core, of.contact, order(ids)),
    'licences.follow': (ids) => followRight(licences, order(ids)),
    'orders.incident': (ids) => refundPage(orders, ids),
    'orders.payBack': (ids) => refundIncident(orders, ids),
    'orders.task': async (ids) => {
      await addTask(orders.db.query, core.now(), {
        about: `order:${order(ids)}`,
        kind: String(ids['task']),
        ref: String(ids['ref'] ?? ''),
      })
      return { outcome: 'done' }
    },
    'orders.erase': async (ids) => {
      await eraseDelivered(of.privacy, order(ids))
      return { outcome: 'done' }
    },
    'orders.clocks': async (ids) => {
      const runAt = await endClocks(orders, order(ids), (id) => openUntil(payments, id))
      return runAt ? { outcome: 'later', because: 'may-be-paid', runAt } : { outcome: 'done' }
    },
    'payments.expire': (ids) => endPages(payments, order(ids)),
    'payments.ask': (ids) => ask(payments, order(ids)),
    'payments.attach': async (ids) => {
      await attachMessages(payments, order(ids))
      return { outcome: 'done' }
    },
    'payments.refund': (ids) =>
      refundPayment(payments, {
        orderId: order(ids),
        refundId: String(ids['refundId']),
        paymentRef: String(ids['paymentRef']),
        amountMinor: Number(ids['amountMinor']),
        ...(ids['processor'] !== undefined && { processor: String(ids['processor']) }),
      }),
  }
}

/** Issues the keys of an order and asks for what follows from it; however often it runs, a piece has one key. */
export function issueKeys(core: Core, contact: Contact, orderId: OrderId): ReturnType<typeof issue> {
  return issue({ ...core.licences, alsoIssued: whatFollows(core, contact) }, orderId)
}

/** What follows from issued keys, in their transaction: the receipt, and the clocks of a download, which is delivered by it. */
function whatFollows({ orders }: Core, contact: Contact): IssueContext['alsoIssued'] {
  return async (tx, { orderId, person, lines }) => {
    await askForReceipt(contact, tx, { orderId, person })
    if (!lines.every((line) => line.goods === 'download')) return
    const sold = await orderById(tx as unknown as Query<OrderTables>, orderId)
    await startClocks(orders, tx, { person, soldAt: sold?.paid_at ?? orders.now() })
  }
}
