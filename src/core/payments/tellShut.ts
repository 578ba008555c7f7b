import { dayIn } from '../../lib/index.ts'
import { addTask } from '../orders/index.ts'
import type { PaymentContext } from './context.ts'

/** Tells staff, once a day while it lasts, that nothing may be passed on to a processor. Source: promise committed-partners. */
export function tellShut(
  ctx: Pick<PaymentContext, 'now' | 'orders'>,
  recipient: string,
  because: string,
): Promise<void> {
  const at = ctx.now()
  const ref = `${because}:${dayIn('UTC', at)}`
  return addTask(ctx.orders.db.query, at, { about: `partner:${recipient}`, kind: 'partner-shut', ref })
}
