import { Hono } from 'hono'
import { storyOf } from '../cards.ts'
import type { SimState } from '../state.ts'
import { chargeBack, decide, refundNow, reverse } from './adjustments.ts'
import { arrive, payOut } from './payouts.ts'
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
