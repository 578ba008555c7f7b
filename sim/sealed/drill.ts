import type { Booked, Drill, Misfortune } from '../faults/drill.ts'
import type { SimState } from '../state.ts'
import { dispute, refund } from './deeds.ts'
import type { SealedOrder } from './state.ts'

/** This processor's books, and what may befall a payment there. */
export function sealedDrill(state: SimState): Drill {
  return {
    books: () => books(state),
    knows: ['refund', 'refundPart', 'disputeOpen', 'disputeWon', 'disputeLost'],
    befall: (order, what) => {
      const paid = [...state.sealed.orders.values()].find(
        (one) => one.order === order && one.status === 'completed' && one.dispute === 'none',
      )
      if (!paid || paid.refunded === paid.amount) return false
      void strike(state, paid, what)
      return true
    },
  }
}

async function strike(state: SimState, order: SealedOrder, what: Misfortune): Promise<void> {
  const left = order.amount - order.refunded
  if (what === 'refund') await refund(state, order, { amount: left })
  else if (what === 'refundPart') await refund(state, order, { amount: Math.ceil(left / 3) })
  else {
    await dispute(state, order, 'open')
    if (what !== 'disputeOpen') await dispute(state, order, what === 'disputeWon' ? 'won' : 'lost')
  }
}

function books({ sealed }: SimState): Booked[] {
  const orders = new Map<string, SealedOrder[]>()
  for (const one of sealed.orders.values()) orders.set(one.order, [...(orders.get(one.order) ?? []), one])
  return [...orders].map(([order, tries]) => {
    const paid = tries.filter(({ status }) => status === 'completed')
    const payments = new Set(paid.map(({ payment }) => payment))
    const back = [...sealed.refunds.values()].filter((one) => payments.has(one.payment) && one.status === 'succeeded')
    return {
      order,
      captured: sum(paid),
      refunded: sum(back),
      dispute: paid.map((one) => one.dispute).find((one) => one !== 'none') ?? 'none',
    }
  })
}

function sum(of: readonly { readonly amount: number }[]): number {
  return of.reduce((all, { amount }) => all + amount, 0)
}
