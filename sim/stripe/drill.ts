import type { Booked, Drill, Misfortune } from '../faults/drill.ts'
import type { SimState } from '../state.ts'
import { refund } from './deeds.ts'
import { closeDispute, openDispute } from './disputes.ts'
import type { Intent } from './state.ts'

/** Stripe's books, and what may befall a payment there. */
export function stripeDrill(state: SimState): Drill {
  return {
    books: () => books(state),
    knows: ['refund', 'refundPart', 'disputeOpen', 'disputeWon', 'disputeLost'],
    befall: (order, what) => {
      const intent = paidOf(state, order).at(-1)
      return intent !== undefined && strike(state, intent, what)
    },
  }
}

function orderOf(state: SimState, { session }: Intent): string {
  return state.stripe.sessions.get(session)?.client_reference_id ?? ''
}

function paidOf(state: SimState, order: string): Intent[] {
  return [...state.stripe.intents.values()].filter(
    (intent) => intent.status === 'succeeded' && orderOf(state, intent) === order,
  )
}

function strike(state: SimState, intent: Intent, what: Misfortune): boolean {
  const left = intent.amount - intent.refunded
  const isOpen = [...state.stripe.disputes.values()].some(({ payment_intent }) => payment_intent === intent.id)
  if (left === 0 || isOpen) return false
  if (what === 'refund' || what === 'refundPart') {
    const amount = what === 'refund' ? left : Math.ceil(left / 3)
    refund(state, intent, { amount, metadata: { order: orderOf(state, intent) } })
    return true
  }
  const dispute = openDispute(state, intent)
  if (what !== 'disputeOpen') closeDispute(state, dispute, what === 'disputeWon' ? 'won' : 'lost')
  return true
}

function books(state: SimState): Booked[] {
  const orders = new Set([...state.stripe.sessions.values()].map((session) => session.client_reference_id ?? ''))
  return [...orders].map((order) => {
    const intents = new Set(paidOf(state, order).map(({ id }) => id))
    const sum = (amounts: readonly number[]): number => amounts.reduce((all, one) => all + one, 0)
    const refunds = [...state.stripe.refunds.values()].filter((one) => intents.has(one.payment_intent))
    return {
      order,
      captured: sum(paidOf(state, order).map(({ amount }) => amount)),
      refunded: sum(refunds.filter(({ status }) => status === 'succeeded').map(({ amount }) => amount)),
      dispute: disputeOf(state, intents),
    }
  })
}

function disputeOf(state: SimState, intents: ReadonlySet<string>): Booked['dispute'] {
  const last = [...state.stripe.disputes.values()].filter((one) => intents.has(one.payment_intent)).at(-1)
  if (!last) return 'none'
  return last.status === 'won' || last.status === 'lost' ? last.status : 'open'
}
