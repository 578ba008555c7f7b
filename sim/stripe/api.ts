import { Hono, type Context } from 'hono'
import { secondsAt } from '../faults/rules.ts'
import type { SimState } from '../state.ts'
import { expire, refund } from './deeds.ts'
import { nested, pairsAt, textAt, type Nested } from './form.ts'
import { intentBody, refundBody, sessionBody } from './shapes.ts'
import type { Session } from './state.ts'

type Answer = { readonly status: 200 | 400 | 404; readonly body: Record<string, unknown> }

const ok = (body: Record<string, unknown>): Answer => ({ status: 200, body })
const refuse = (message: string, param?: string, status: 400 | 404 = 400): Answer => ({
  status,
  body: {
    error: {
      type: 'invalid_request_error',
      message,
      ...(param && { param }),
      ...(status === 404 && { code: 'resource_missing' }),
    },
  },
})

/** The part of the processor's API that the shop uses. Source: the processor's public API reference; the official package works against it. */
export function stripeApi(state: SimState, apiKey: string): Hono {
  const api = new Hono()
  api.use(async (c, next) => {
    if (c.req.header('authorization') === `Bearer ${apiKey}`) return next()
    return c.json({ error: { type: 'invalid_request_error', message: 'Invalid API Key provided.' } }, 401)
  })
  api.post('/checkout/sessions', (c) => once(state, c, (form) => createSession(state, form)))
  api.get('/checkout/sessions/:id', (c) =>
    answer(
      c,
      withSession(state, c.req.param('id'), (session) => ok(sessionBody(state, session))),
    ),
  )
  api.post('/checkout/sessions/:id/expire', (c) =>
    once(state, c, () => withSession(state, c.req.param('id'), (session) => expireSession(state, session))),
  )
  api.get('/payment_intents/:id', (c) => {
    const intent = state.stripe.intents.get(c.req.param('id'))
    return answer(c, intent ? ok(intentBody(state, intent)) : refuse('No such payment_intent', 'intent', 404))
  })
  api.post('/refunds', (c) => once(state, c, (form) => createRefund(state, form)))
  return api
}

function answer(c: Context, { status, body }: Answer): Response {
  return c.json(body, status)
}

/** The same key with the same body gives the same answer; with another body an error. */
async function once(
  state: SimState,
  c: Context,
  work: (form: { [name: string]: Nested }) => Answer,
): Promise<Response> {
  const body = await c.req.text()
  const key = c.req.header('idempotency-key')
  const request = `${c.req.path}\n${body}`
  const known = key ? state.stripe.replies.get(key) : undefined
  if (known && known.request !== request)
    return c.json(
      {
        error: {
          type: 'idempotency_error',
          message: 'Keys for idempotent requests can only be used with the same parameters they were first used with.',
        },
      },
      400,
    )
  if (known)
    return c.body(known.body, known.status as 200, {
      'content-type': 'application/json',
      'idempotent-replayed': 'true',
    })
  const made = work(nested(body))
  if (key) state.stripe.replies.set(key, { request, status: made.status, body: JSON.stringify(made.body) })
  return answer(c, made)
}

function withSession(state: SimState, id: string, work: (session: Session) => Answer): Answer {
  const session = state.stripe.sessions.get(id)
  return session ? work(session) : refuse('No such checkout session', 'session', 404)
}

function createSession(state: SimState, form: { [name: string]: Nested }): Answer {
  const amount = Number(item(form, 'price_data', 'unit_amount')) * Number(item(form, 'quantity') ?? 1)
  const successUrl = textAt(form, 'success_url')
  if (textAt(form, 'mode') !== 'payment') return refuse('The simulator knows mode payment only.', 'mode')
  if (!Number.isInteger(amount) || amount < 1)
    return refuse('Invalid integer', 'line_items[0][price_data][unit_amount]')
  if (!successUrl) return refuse('Missing required param: success_url.', 'success_url')
  const session = sessionFrom(form, {
    id: state.random.id('cs_test'),
    amount,
    successUrl,
    now: secondsAt(state, 'stripe'),
  })
  state.stripe.sessions.set(session.id, session)
  return ok(sessionBody(state, session))
}

function item(form: { [name: string]: Nested }, ...path: string[]): string | undefined {
  return textAt(form, 'line_items', '0', ...path)
}

function sessionFrom(
  form: { [name: string]: Nested },
  { id, amount, successUrl, now }: { id: string; amount: number; successUrl: string; now: number },
): Session {
  return {
    id,
    created: now,
    expires_at: Number(textAt(form, 'expires_at') ?? now + 86_400),
    amount_total: amount,
    currency: item(form, 'price_data', 'currency') ?? 'eur',
    description: item(form, 'price_data', 'product_data', 'name') ?? '',
    success_url: successUrl,
    cancel_url: textAt(form, 'cancel_url') ?? null,
    client_reference_id: textAt(form, 'client_reference_id') ?? null,
    metadata: pairsAt(form, 'metadata'),
    status: 'open',
    payment_status: 'unpaid',
    payment_intent: null,
  }
}

function expireSession(state: SimState, session: Session): Answer {
  if (session.status !== 'open')
    return refuse(
      `Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of ${session.status}.`,
    )
  expire(state, session)
  return ok(sessionBody(state, session))
}

function createRefund(state: SimState, form: { [name: string]: Nested }): Answer {
  const intent = state.stripe.intents.get(textAt(form, 'payment_intent') ?? '')
  if (!intent || intent.status !== 'succeeded') return refuse('No such payment_intent', 'payment_intent', 404)
  const left = intent.amount - intent.refunded
  const amount = Number(textAt(form, 'amount') ?? left)
  if (left === 0) return refuse('Charge has already been refunded.', 'payment_intent')
  if (!Number.isInteger(amount) || amount < 1 || amount > left)
    return refuse('Refund amount is greater than unrefunded amount on charge.', 'amount')
  return ok(refundBody(refund(state, intent, { amount, metadata: pairsAt(form, 'metadata') })))
}
