import { Hono } from 'hono'
import { storyOf } from '../cards.ts'
import type { Booked, Drill } from '../faults/drill.ts'
import type { SimState } from '../state.ts'
import { chargeBack, decide, refundNow, reverse } from './adjustments.ts'
import { arrive, payOut } from './payouts.ts'
import { adjustedOf, totalOf } from './shapes.ts'
import type { Adjustment, Transaction } from './state.ts'
import { cancel, pay, settle } from './transactions.ts'
import { notify } from './webhooks.ts'

/** What whoever tests may do at Paddle: see what happened, play a story, and what processor and bank do by themselves. */
export function paddleControl(state: SimState): Hono {
  const { transactions, adjustments, payouts, events } = state.paddle
  const control = new Hono()
  control.get('/transactions', (c) => c.json([...transactions.values()]))
  control.post('/transactions/:id/pay/:story', (c) => {
    const one = transactions.get(c.req.param('id'))
    const story = storyOf(c.req.param('story'))
    return one?.status === 'draft' && story ? c.json(pay(state, one, { story })) : c.notFound()
  })
  control.post('/transactions/:id/:deed', (c) => {
    const one = transactions.get(c.req.param('id'))
    const done = one && transactionDeeds[c.req.param('deed')]?.(state, one)
    return done === undefined ? c.notFound() : c.json({ done })
  })
  control.get('/adjustments', (c) => c.json([...adjustments.values()]))
  control.post('/adjustments/:id/:deed', (c) => {
    const one = adjustments.get(c.req.param('id'))
    const done = one && adjustmentDeeds[c.req.param('deed')]?.(state, one)
    return done === undefined ? c.notFound() : c.json({ done })
  })
  control.post('/events/:id/tell', (c) =>
    events.has(c.req.param('id')) ? c.json({ id: notify(state, c.req.param('id')).id }) : c.notFound(),
  )
  control.get('/payouts', (c) => c.json([...payouts.values()]))
  control.post('/payouts', (c) => c.json(payOut(state)))
  control.post('/payouts/:id/arrives', (c) => {
    const one = payouts.get(c.req.param('id'))
    return one ? c.json({ done: arrive(state, one) }) : c.notFound()
  })
  return control
}

type Deeds<T> = Readonly<Record<string, (state: SimState, one: T) => boolean>>

const transactionDeeds: Deeds<Transaction> = {
  succeeds: (state, one) => settle(state, one, true),
  fails: (state, one) => settle(state, one, false),
  cancel,
  refund: (state, one) => refundNow(state, one) !== undefined,
  chargeback: (state, one) => chargeBack(state, one, 'chargeback') !== undefined,
  warn: (state, one) => chargeBack(state, one, 'chargeback_warning') !== undefined,
}

const adjustmentDeeds: Deeds<Adjustment> = {
  approve: (state, one) => decide(state, one, 'approved'),
  reject: (state, one) => decide(state, one, 'rejected'),
  reverse: (state, one) => reverse(state, one) !== undefined,
}

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
