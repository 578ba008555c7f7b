import { Hono } from 'hono'
import { strikes } from '../faults/rules.ts'
import type { SimState } from '../state.ts'
import { answer, found, listed, missing, ok, once, refuse, type Answer } from './answers.ts'
import { endRefund, refund } from './deeds.ts'
import { closeDispute, reviewDispute } from './disputes.ts'
import { pairsAt, textAt, type Form } from './form.ts'
import { createSession, expireSession } from './sessions.ts'
import {
  chargeBody,
  disputeBody,
  entryBody,
  intentBody,
  payoutBody,
  refundBody,
  sessionBody,
  warningBody,
} from './shapes.ts'
import type { Entry, Intent } from './state.ts'

/** The part of the processor's API that a shop uses. Source: the processor's public API reference; the official package works against it. */
export function stripeApi(state: SimState, apiKey: string): Hono {
  const api = new Hono()
  api.use(async (c, next) => {
    if (c.req.header('authorization') === `Bearer ${apiKey}`) return next()
    return c.json({ error: { type: 'invalid_request_error', message: 'Invalid API Key provided.' } }, 401)
  })
  for (const routes of [checkoutRoutes, refundRoutes, disputeRoutes, bookRoutes]) api.route('/', routes(state))
  api.notFound((c) => c.json({ error: { type: 'invalid_request_error', message: 'Unrecognized request URL' } }, 404))
  return api
}

function checkoutRoutes(state: SimState): Hono {
  const { sessions, intents } = state.stripe
  const disagrees = (kind: string): boolean => strikes(state, 'apiDisagrees', { face: 'stripe', kind }) !== undefined
  const routes = new Hono()
  routes.post('/checkout/sessions', (c) => once(state, c, (form) => createSession(state, form)))
  routes.get('/checkout/sessions', (c) => {
    const payment = c.req.query('payment_intent')
    const all = [...sessions.values()].filter((one) => payment === undefined || one.payment_intent === payment)
    return listed(c, all, (session) => sessionBody(state, session))
  })
  routes.get('/checkout/sessions/:id', (c) =>
    answer(
      c,
      found(sessions.get(c.req.param('id')), 'checkout.session', (session) => {
        const body = sessionBody(state, session)
        return ok(disagrees('checkout.session') ? { ...body, payment_status: 'unpaid' } : body)
      }),
    ),
  )
  routes.post('/checkout/sessions/:id/expire', (c) =>
    once(state, c, () =>
      found(sessions.get(c.req.param('id')), 'checkout.session', (session) => expireSession(state, session)),
    ),
  )
  routes.get('/payment_intents/:id', (c) =>
    answer(
      c,
      found(intents.get(c.req.param('id')), 'payment_intent', (intent) => {
        const charge = wants(c.req.queries(), 'latest_charge') ? { latest_charge: chargeBody(state, intent) } : {}
        const status = disagrees('payment_intent') ? { status: 'processing', amount_received: 0 } : {}
        return ok({ ...intentBody(intent), ...charge, ...status })
      }),
    ),
  )
  routes.get('/charges/:id', (c) =>
    answer(
      c,
      found(byCharge(state, c.req.param('id')), 'charge', (intent) => ok(chargeBody(state, intent))),
    ),
  )
  return routes
}

function wants(queries: Record<string, string[]>, field: string): boolean {
  return Object.entries(queries).some(([name, values]) => name.startsWith('expand[') && values.includes(field))
}

function byCharge(state: SimState, charge: string): Intent | undefined {
  return [...state.stripe.intents.values()].find((intent) => intent.charge === charge)
}

function refundRoutes(state: SimState): Hono {
  const { refunds } = state.stripe
  const routes = new Hono()
  routes.post('/refunds', (c) => once(state, c, (form) => createRefund(state, form)))
  routes.get('/refunds', (c) => listed(c, ofPayment(refunds.values(), c.req.query()), refundBody))
  routes.get('/refunds/:id', (c) =>
    answer(
      c,
      found(refunds.get(c.req.param('id')), 'refund', (one) => ok(refundBody(one))),
    ),
  )
  routes.post('/refunds/:id/cancel', (c) =>
    once(state, c, () =>
      found(refunds.get(c.req.param('id')), 'refund', (one) =>
        one.status === 'pending' && endRefund(state, one, 'canceled')
          ? ok(refundBody(one))
          : refuse(`Refund has a status of ${one.status} and cannot be canceled.`),
      ),
    ),
  )
  return routes
}

type OfPayment = { readonly payment_intent: string; readonly charge: string }

function ofPayment<T extends OfPayment>(all: Iterable<T>, query: Record<string, string>): T[] {
  const { payment_intent: payment, charge } = query
  return [...all].filter((one) => (!payment || one.payment_intent === payment) && (!charge || one.charge === charge))
}

function createRefund(state: SimState, form: Form): Answer {
  const charge = textAt(form, 'charge')
  const intent = charge ? byCharge(state, charge) : state.stripe.intents.get(textAt(form, 'payment_intent') ?? '')
  if (intent?.status !== 'succeeded') return missing('payment_intent')
  const left = intent.amount - intent.refunded
  const amount = Number(textAt(form, 'amount') ?? left)
  const asked = { amount, metadata: pairsAt(form, 'metadata'), reason: textAt(form, 'reason') }
  if (isDisputed(state, intent)) return refuse('This charge has been charged back.', { code: 'charge_disputed' })
  return wrongAmount(amount, left) ?? ok(refundBody(refund(state, intent, asked)))
}

function wrongAmount(amount: number, left: number): Answer | undefined {
  if (left === 0) return refuse('Charge has already been refunded.', { code: 'charge_already_refunded' })
  if (!Number.isInteger(amount) || amount < 1) return refuse('Invalid positive integer', { param: 'amount' })
  if (amount <= left) return undefined
  return refuse('Refund amount is greater than unrefunded amount on charge.', { param: 'amount' })
}

function isDisputed(state: SimState, intent: Intent): boolean {
  return intent.disputeIds.some((id) => state.stripe.disputes.get(id)?.status !== 'won')
}

function disputeRoutes(state: SimState): Hono {
  const { disputes, warnings } = state.stripe
  const routes = new Hono()
  routes.get('/radar/early_fraud_warnings', (c) => listed(c, ofPayment(warnings.values(), c.req.query()), warningBody))
  routes.get('/disputes', (c) =>
    listed(c, ofPayment(disputes.values(), c.req.query()), (one) => disputeBody(state, one)),
  )
  routes.get('/disputes/:id', (c) =>
    answer(
      c,
      found(disputes.get(c.req.param('id')), 'dispute', (one) => ok(disputeBody(state, one))),
    ),
  )
  routes.post('/disputes/:id', (c) =>
    once(state, c, (form) =>
      found(disputes.get(c.req.param('id')), 'dispute', (one) => {
        one.metadata = { ...one.metadata, ...pairsAt(form, 'metadata') }
        if (textAt(form, 'submit') === 'true') reviewDispute(state, one)
        return ok(disputeBody(state, one))
      }),
    ),
  )
  routes.post('/disputes/:id/close', (c) =>
    once(state, c, () =>
      found(disputes.get(c.req.param('id')), 'dispute', (one) =>
        closeDispute(state, one, 'lost') ? ok(disputeBody(state, one)) : refuse('This dispute is already closed'),
      ),
    ),
  )
  return routes
}

function bookRoutes(state: SimState): Hono {
  const { payouts, entries } = state.stripe
  const routes = new Hono()
  routes.get('/payouts', (c) => {
    const status = c.req.query('status')
    return listed(
      c,
      [...payouts.values()].filter((one) => !status || one.status === status),
      payoutBody,
    )
  })
  routes.get('/payouts/:id', (c) =>
    answer(
      c,
      found(payouts.get(c.req.param('id')), 'payout', (one) => ok(payoutBody(one))),
    ),
  )
  routes.get('/balance_transactions', (c) => {
    const asked = c.req.query()
    const names = ['payout', 'type', 'source', 'currency'] as const
    const isAsked = (one: Entry): boolean => names.every((name) => !asked[name] || one[name] === asked[name])
    const whole = wants(c.req.queries(), 'data.source')
    return listed(c, [...entries.values()].filter(isAsked), (one) => (whole ? withSource(state, one) : entryBody(one)))
  })
  routes.get('/balance_transactions/:id', (c) =>
    answer(
      c,
      found(entries.get(c.req.param('id')), 'balance_transaction', (one) => ok(entryBody(one))),
    ),
  )
  routes.get('/events', (c) =>
    listed(c, eventsOf(state, c.req.queries()), ({ body }) => JSON.parse(body) as Answer['body']),
  )
  routes.get('/events/:id', (c) =>
    answer(
      c,
      found(state.messages.get(c.req.param('id')), 'event', ({ body }) => ok(JSON.parse(body) as Answer['body'])),
    ),
  )
  return routes
}

/** A line with the charge or the refund that it is about, where it is about one. */
function withSource(state: SimState, entry: Entry): Answer['body'] {
  const [intent, refund] = [byCharge(state, entry.source), state.stripe.refunds.get(entry.source)]
  const source = intent ? chargeBody(state, intent) : refund && refundBody(refund)
  return { ...entryBody(entry), ...(source && { source }) }
}

type Told = { readonly id: string; readonly created: number; readonly body: string }

function eventsOf(state: SimState, queries: Record<string, string[]>): Told[] {
  const types = Object.entries(queries).flatMap(([name, values]) => (/^types?(\[|$)/.test(name) ? values : []))
  return [...state.messages.values()]
    .filter(({ face, kind }) => face === 'stripe' && (types.length === 0 || types.some((type) => isOf(kind, type))))
    .map(({ id, body, made }) => ({ id, body, created: Math.floor(made / 1000) }))
}

function isOf(kind: string, type: string): boolean {
  return type.endsWith('*') ? kind.startsWith(type.slice(0, -1)) : kind === type
}
