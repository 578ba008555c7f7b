import type { Booked, Drill } from '../faults/drill.ts'
import type { SimState } from '../state.ts'
import { chargeBack, refundNow, reverse } from './adjustments.ts'
import { adjustedOf, totalOf } from './shapes.ts'
import type { Transaction } from './state.ts'

/** Paddle's books, and what may befall a payment there. A part cannot be paid back in one press, so that is left out. */
export function paddleDrill(state: SimState): Drill {
  return {
    books: () => books(state),
    knows: ['refund', 'disputeOpen', 'disputeWon'],
    befall: (order, what) => {
      const one = completedOf(state, order).at(-1)
      if (!one) return false
      if (what === 'refund') return refundNow(state, one) !== undefined
      const made = chargeBack(state, one, 'chargeback')
      return made !== undefined && (what === 'disputeOpen' || reverse(state, made) !== undefined)
    },
  }
}

function completedOf(state: SimState, order: string): Transaction[] {
  return [...state.paddle.transactions.values()].filter(
    ({ customData, status }) => status === 'completed' && customData?.['order'] === order,
  )
}

function books(state: SimState): Booked[] {
  const named = [...state.paddle.transactions.values()].map(({ customData }) => customData?.['order'])
  return [...new Set(named.filter((order) => typeof order === 'string'))].map((order) => {
    const paid = completedOf(state, order)
    const ids = new Set(paid.map(({ id }) => id))
    const all = [...state.paddle.adjustments.values()].filter(({ transaction }) => ids.has(transaction))
    const sum = (amounts: readonly number[]): number => amounts.reduce((whole, one) => whole + one, 0)
    const back = all.filter(({ action, status }) => action === 'refund' && status === 'approved')
    const disputes = all.filter(({ action }) => action === 'chargeback')
    return {
      order,
      captured: sum(paid.map(totalOf)),
      refunded: sum(back.map((one) => adjustedOf(one).total)),
      dispute: disputes.length === 0 ? 'none' : disputes.some(({ status }) => status === 'approved') ? 'open' : 'won',
    }
  })
}
