import { Hono } from 'hono'
import { storyOf } from '../cards.ts'
import type { Booked, Drill, Misfortune } from '../faults/drill.ts'
import type { SimState } from '../state.ts'
import { endRefund, expire, pay, refund, settlePending } from './deeds.ts'
import { closeDispute, openDispute, reviewDispute, warn } from './disputes.ts'
import { arrive, failPayout, payOut } from './payouts.ts'
import type { Intent } from './state.ts'

/** What whoever tests may do at Stripe: see what happened, play a story, and what processor and bank do by themselves. */
export function stripeControl(state: SimState): Hono {
  const control = new Hono()
  for (const routes of [sessionControl, intentControl, afterControl]) control.route('/', routes(state))
  return control
}

function sessionControl(state: SimState): Hono {
  const { sessions } = state.stripe
  const control = new Hono()
  control.get('/sessions', (c) => c.json([...sessions.values()]))
  control.post('/sessions/:id/pay/:story', (c) => {
    const session = sessions.get(c.req.param('id'))
    const story = storyOf(c.req.param('story'))
    return session?.status === 'open' && story ? c.json(pay(state, session, story)) : c.notFound()
  })
  control.post('/sessions/:id/expire', (c) => {
    const session = sessions.get(c.req.param('id'))
    if (session?.status !== 'open') return c.notFound()
    expire(state, session)
    return c.json(session)
  })
  return control
}

/** Shape: `?amount=` for a part of the money, `?reason=` for a dispute. */
function intentControl(state: SimState): Hono {
  const { intents } = state.stripe
  const control = new Hono()
  control.get('/intents', (c) => c.json([...intents.values()]))
  control.post('/intents/:id/:deed', (c) => {
    const intent = intents.get(c.req.param('id'))
    const deed = intentDeeds[c.req.param('deed')]
    const made = intent && deed?.(state, intent, c.req.query())
    return made ? c.json(made) : c.notFound()
  })
  return control
}

type IntentDeed = (state: SimState, intent: Intent, asked: Record<string, string>) => object | undefined

const intentDeeds: Readonly<Record<string, IntentDeed>> = {
  succeeds: (state, intent) => settled(state, intent, true),
  fails: (state, intent) => settled(state, intent, false),
  dispute: (state, intent, { reason }) =>
    intent.refunded < intent.amount ? openDispute(state, intent, reason) : undefined,
  warn: (state, intent) => warn(state, intent),
  refund: (state, intent, asked) => {
    const left = intent.amount - intent.refunded
    const amount = Number(asked['amount'] ?? left)
    const can = Number.isInteger(amount) && amount > 0 && amount <= left
    return can ? refund(state, intent, { amount, metadata: {} }) : undefined
  },
}

function settled(state: SimState, intent: Intent, succeeds: boolean): Intent {
  settlePending(state, intent, succeeds)
  return intent
}

function afterControl(state: SimState): Hono {
  const { refunds, disputes, payouts } = state.stripe
  const control = new Hono()
  control.get('/refunds', (c) => c.json([...refunds.values()]))
  control.post('/refunds/:id/:end', (c) => {
    const one = refunds.get(c.req.param('id'))
    const end = { succeeds: 'succeeded', fails: 'failed', cancels: 'canceled' } as const
    const given = c.req.param('end')
    return one && given in end ? c.json({ done: endRefund(state, one, end[given as 'fails']) }) : c.notFound()
  })
  control.get('/disputes', (c) => c.json([...disputes.values()]))
  control.post('/disputes/:id/:end', (c) => {
    const one = disputes.get(c.req.param('id'))
    const end = c.req.param('end')
    if (!one) return c.notFound()
    if (end === 'review') return c.json({ done: reviewDispute(state, one) })
    return end === 'won' || end === 'lost' ? c.json({ done: closeDispute(state, one, end) }) : c.notFound()
  })
  control.get('/payouts', (c) => c.json([...payouts.values()]))
  control.post('/payouts', (c) => c.json(payOut(state)))
  control.post('/payouts/:id/:end', (c) => {
    const one = payouts.get(c.req.param('id'))
    const end = c.req.param('end')
    if (!one) return c.notFound()
    if (end === 'arrives') return c.json({ done: arrive(state, one) })
    return end === 'fails' ? c.json({ done: failPayout(state, one) }) : c.notFound()
  })
  return control
}

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
