import type { Contact } from '../../../contact/index.ts'
import { keysOf } from '../../../core/licences/index.ts'
import { linesOf, type OrderId } from '../../../core/orders/index.ts'
import {
  endUnpaid,
  lookAtProcessors,
  sweepMessages,
  sweepProcessors,
  tellPartlyPaid,
  unsignedKept,
  type Adapter,
  type PaymentContext,
} from '../../../core/payments/index.ts'
import { waitAtMost } from '../../../lib/index.ts'
import { recipientName } from '../../../policy/index.ts'
import { issueKeys } from '../../jobs.ts'
import { paymentsRail, paymentsRoutes } from '../../../rooms/payments/index.ts'
import type { Joined, Part } from '../../part.ts'
import type { Core } from '../../settings.ts'

/** How long a processor is let wait for a key. */
const KEY_MS = 3_000

/** The staff's pages about payments, and what payments do by themselves: ask processors for what they never told, and destroy messages whose time is over. */
export function paymentsPart(joined: Joined, payments: PaymentContext): Part {
  const { web, desk, now, policy, orders, partners, vault, keys, envelopes } = joined
  const nameOf = ({ facts }: Adapter): string => recipientName(policy, facts.id)
  return {
    routes: paymentsRoutes({ web, desk, now, policy, orders, payments, partners, vault }),
    rail: () => Promise.resolve(paymentsRail()),
    probes: {
      swreg: () => unsignedKept(payments, 'swreg'),
      regnow: () => unsignedKept(payments, 'regnow'),
      hostedCards: () => lookAtProcessors(payments, { nameOf, day: web.dates.day }),
    },
    hourly: async () => {
      await sweepProcessors(payments)
      await sweepMessages(payments)
      await keys.noticeKeys.dropOld()
      await endUnpaid(payments)
      await tellPartlyPaid(payments)
    },
    stop: async () => envelopes.stop(),
  }
}

/** Issues the keys of a paid order and answers those of one offer, for a processor that waits. */
export function keysNow(core: Core, contact: Contact): PaymentContext['keysNow'] {
  return async (orderId, offerId) => {
    await waitAtMost(KEY_MS, issueKeys(core, contact, orderId))
    const units = await unitsOf(core, orderId, offerId)
    const actor = { role: 'program', id: 'payments' } as const
    const keys = await keysOf(core.licences, { orderId, actor, for: `order:${orderId}` })
    return keys.flatMap(({ unit, key, revokedAt }) => (key && !revokedAt && units.has(unit) ? [key] : []))
  }
}

/** Which pieces of an order are of one offer. */
async function unitsOf({ orders }: Core, orderId: OrderId, offerId: string): Promise<ReadonlySet<number>> {
  const lines = await linesOf(orders.db.query, orderId)
  const pieces = lines.flatMap((line) => Array.from({ length: line.quantity }, () => line.offerId))
  return new Set(pieces.flatMap((piece, unit) => (piece === offerId ? [unit] : [])))
}
