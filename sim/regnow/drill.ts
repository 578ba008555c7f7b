import type { Booked, Drill } from '../faults/drill.ts'
import type { SimState } from '../state.ts'
import { operate } from './deeds.ts'
import { totalOf } from './link.ts'
import type { RegnowOrder, Status } from './state.ts'

/** RegNow's books, and what may befall an order there. A chargeback is told when it is over, so there is none that is open or won. */
export function regnowDrill(state: SimState): Drill {
  return {
    books: () => books(state),
    knows: ['refund', 'disputeLost'],
    befall: (order, what) => {
      const paid = [...state.regnow.orders.values()].find(
        ({ params, status }) => params['linkid'] === order && status === 'C',
      )
      if (!paid) return false
      void operate(state, paid, what === 'refund' ? 'refund' : 'chargeback')
      return true
    },
  }
}

const PAID: ReadonlySet<Status> = new Set(['C', 'R', 'B'])

function books({ regnow }: SimState): Booked[] {
  const orders = new Map<string, RegnowOrder[]>()
  for (const one of regnow.orders.values()) {
    const order = one.params['linkid'] ?? ''
    orders.set(order, [...(orders.get(order) ?? []), ...(PAID.has(one.status) ? [one] : [])])
  }
  const sum = (of: readonly RegnowOrder[]): number => of.reduce((all, one) => all + totalOf(one), 0)
  return [...orders].map(([order, paid]) => ({
    order,
    captured: sum(paid),
    refunded: sum(paid.filter(({ status }) => status === 'R')),
    dispute: paid.some(({ status }) => status === 'B') ? 'lost' : 'none',
  }))
}
