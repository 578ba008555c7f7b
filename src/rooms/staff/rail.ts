import { countTasks, listOrders } from '../../core/orders/index.ts'
import type { RailItem, Staff } from '../../web/index.ts'
import type { StaffContext } from './context.ts'
import { en } from './words.ts'

/** The rail's entries of this room. Shape: the first is where the desk begins; `more` are the other rooms' entries, set between. */
export async function staffRail(
  ctx: Pick<StaffContext, 'orders' | 'partners'>,
  who: Staff,
  more: readonly RailItem[],
): Promise<RailItem[]> {
  const waiting = (await listOrders(ctx.orders.db.query, 'toSend')).length
  const tasks = await countTasks(ctx.orders.db.query, who.id)
  const toTell = (await ctx.partners.waitingForStaff()).length
  return [
    { href: '/desk', label: en.today, count: tasks },
    { href: '/desk/orders', label: en.orders, count: waiting },
    ...more,
    { href: '/desk/partners', label: en.partners, count: toTell },
    { href: '/promises', label: en.promises },
  ]
}
