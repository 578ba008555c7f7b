import type { Booked, Drill } from '../faults/drill.ts'
import type { SimState } from '../state.ts'
import { refund } from './calls.ts'
import type { Basket, Line } from './state.ts'

/** SWREG's books, and what may befall a payment there. How it told of a chargeback is not known, so none is played. */
export function swregDrill(state: SimState): Drill {
  return {
    books: () => books(state),
    knows: ['refund'],
    befall: (order) => {
      const line = paidIn(basketsOf(state, order)).find(({ refunded }) => !refunded)
      return line !== undefined && refund(state, line.number)
    },
  }
}

function basketsOf({ swreg }: SimState, order: string): Basket[] {
  return [...swreg.baskets.values()].filter(({ params }) => params['t'] === order)
}

function paidIn(baskets: readonly Basket[]): Line[] {
  return baskets.flatMap(({ status, lines }) => (status === 'paid' ? lines : []))
}

function books(state: SimState): Booked[] {
  const orders = new Map<string, Line[]>()
  for (const basket of state.swreg.baskets.values()) {
    const order = basket.params['t'] ?? ''
    orders.set(order, [...(orders.get(order) ?? []), ...paidIn([basket])])
  }
  const sum = (lines: readonly Line[]): number => lines.reduce((all, { unit, quantity }) => all + unit * quantity, 0)
  return [...orders].map(([order, lines]) => ({
    order,
    captured: sum(lines),
    refunded: sum(lines.filter(({ refunded }) => refunded)),
    dispute: 'none',
  }))
}
