import type { Booked } from '../../../sim/faults/drill.ts'
import { stateOf, type OrderId, type OrderState } from '../../../src/core/orders/index.ts'
import type { Remains } from '../../crash/stage.ts'
import type { Bought } from './buyer.ts'

/** What a storm came to. Shape: `keysDue` are the pieces of orders whose money is in by the processors' books; `wrong` names what does not agree. */
export type Tally = {
  readonly orders: number
  readonly keysDue: number
  readonly keysOut: number
  readonly duplicates: number
  readonly lost: number
  readonly stuck: number
  /** Pieces whose money is in, by processor. */
  readonly faces: Readonly<Record<string, number>>
  readonly wrong: readonly string[]
}

/** Compares the shop's orders with the processors' own books, one by one. */
export async function compare(shop: Remains, bought: readonly Bought[], books: readonly Booked[]): Promise<Tally> {
  const byOrder = new Map(books.map((one) => [one.order, one]))
  const keys = await counts(
    shop,
    'select order_id as id, count(*)::int as all from licence where order_id is not null group by 1',
  )
  const tasks = await counts(
    shop,
    `select substr(about, 7) as id, count(*)::int as all from task where about like 'order:%' and done_at is null group by 1`,
  )
  let [keysDue, keysOut, lost, stuck] = [0, 0, 0, 0]
  const wrong: string[] = []
  const faces: Record<string, number> = {}
  for (const one of bought) {
    const booked = byOrder.get(one.orderId) ?? {
      order: one.orderId,
      captured: 0,
      refunded: 0,
      dispute: 'none' as const,
    }
    const state = await stateOf(shop, one.orderId as OrderId)
    const due = state.placed && booked.captured >= state.placed.totalMinor && booked.captured > 0 ? one.pieces : 0
    const out = keys.get(one.orderId) ?? 0
    keysDue += due
    faces[one.plan.face] = (faces[one.plan.face] ?? 0) + due
    keysOut += out
    const hasTask = (tasks.get(one.orderId) ?? 0) > 0
    if (out < due) lost += hasTask ? 0 : 1
    const differs = difference(state, booked)
    if (differs && !hasTask) stuck += 1
    if (out !== due || (differs && !hasTask))
      wrong.push(
        `${one.plan.face} ${one.plan.after} ${one.plan.cards.join(' then ')}: keys ${out} of ${due}; ${differs}`,
      )
  }
  return { orders: bought.length, keysDue, keysOut, duplicates: await duplicates(shop), lost, stuck, faces, wrong }
}

async function counts(shop: Remains, text: string): Promise<ReadonlyMap<string, number>> {
  return new Map((await shop.rows(text)).map((row) => [String(row['id']), Number(row['all'])]))
}

function difference(state: OrderState, booked: Booked): string {
  const said = [
    state.capturedMinor === booked.captured ? '' : `money in ${state.capturedMinor} of ${booked.captured}`,
    state.refundedMinor === booked.refunded ? '' : `paid back ${state.refundedMinor} of ${booked.refunded}`,
    state.dispute === booked.dispute ? '' : `dispute ${state.dispute}, not ${booked.dispute}`,
  ]
  return said.filter((text) => text !== '').join(', ')
}

/** Pieces with two keys, keys of two pieces, orders with two receipts. */
async function duplicates(shop: Remains): Promise<number> {
  const looks = [
    'select order_id, unit from licence where order_id is not null group by 1, 2 having count(*) > 1',
    'select key_hash from licence group by 1 having count(*) > 1',
    `select ref from contact_ledger where kind = 'receipt' and outcome = 'handed-over' group by 1 having count(*) > 1`,
  ]
  const found = await Promise.all(looks.map((text) => shop.rows(text)))
  return found.reduce((sum, rows) => sum + rows.length, 0)
}
