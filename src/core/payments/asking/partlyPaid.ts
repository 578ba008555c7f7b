import { after } from '../../../lib/index.ts'
import { addTask, partlyPaidUntold, stateOf } from '../../orders/index.ts'
import type { PaymentContext } from '../context.ts'
import { sessionsOf } from '../queries.ts'

/** Where a processor takes the whole price at once, or each product of a basket within minutes, the rest is not late but lost. */
const PATIENCE = 'P1D'

/**
 * Tells staff of orders of which a part was paid and the rest did not come: by hand within the time that was given, elsewhere within a day.
 * Such an order gives no key, and nothing else would say that its money is there.
 */
export async function tellPartlyPaid(ctx: Pick<PaymentContext, 'db' | 'orders' | 'now'>): Promise<void> {
  const now = ctx.now()
  for (const id of await partlyPaidUntold(ctx.orders.db.query)) {
    const { payment, payments, refund } = await stateOf(ctx.orders, id)
    if (payment !== 'partlyPaid' || refund === 'full' || refund === 'pending') continue
    const [page] = await sessionsOf(ctx.db.query, id)
    const last = payments.at(-1)?.at ?? now
    const until = page?.processor === 'manual' ? page.expires_at : after(last, PATIENCE)
    if (until <= now) await addTask(ctx.orders.db.query, now, { about: `order:${id}`, kind: 'partlyPaid', ref: '' })
  }
}
