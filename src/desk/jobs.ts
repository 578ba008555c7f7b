import type { Contact } from '../contact/index.ts'
import { issue, register, revoke } from '../core/licences/index.ts'
import { addTask, type OrderId } from '../core/orders/index.ts'
import { ask, refundPayment } from '../core/payments/index.ts'
import type { JobHandler } from '../db/index.ts'
import { eraseDelivered, type PrivacyContext } from '../rooms/privacy/index.ts'
import { markDelivered, sendReceipt, type StoreContext } from '../rooms/store/index.ts'
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
    'licences.issue': (ids) => issue(licences, { orderId: order(ids), unit: Number(ids['unit']) }),
    'licences.register': (ids) => register(licences, order(ids)),
    'licences.revoke': (ids) => revoke(licences, order(ids)),
    'orders.receipt': (ids) => sendReceipt(of.store, of.contact, order(ids)),
    'orders.delivered': (ids) => markDelivered(of.store, order(ids)),
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
    'payments.ask': (ids) => ask(payments, order(ids)),
    'payments.refund': (ids) =>
      refundPayment(payments, {
        orderId: order(ids),
        refundId: String(ids['refundId']),
        paymentRef: String(ids['paymentRef']),
        amountMinor: Number(ids['amountMinor']),
      }),
  }
}
