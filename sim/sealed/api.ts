import { Hono, type Context } from 'hono'
import { isoOf } from '../clock.ts'
import { strikes } from '../faults/rules.ts'
import type { SimState } from '../state.ts'
import { end, openOrder, refund } from './deeds.ts'
import type { SealedOrder } from './state.ts'

/** So many events are told in one answer. */
const PAGE = 100

type Body = Readonly<Record<string, unknown>>

function textAt(body: Body, name: string): string {
  const value = body[name]
  return typeof value === 'string' ? value : ''
}

/** The processor's API. Every name in it is chosen by this project. */
export function sealedApi(state: SimState, apiKey: string): Hono {
  const api = new Hono()
  api.use(async (c, next) => {
    if (c.req.header('authorization') === `Bearer ${apiKey}`) return next()
    return c.json({ error: 'Wrong API key.' }, 401)
  })
  api.post('/orders', (c) => once(state, c, (body) => Promise.resolve(opened(state, body))))
  api.get('/orders/:id', (c) => {
    const found = state.sealed.orders.get(c.req.param('id'))
    if (!found) return c.json({ error: 'Not known.' }, 404)
    const disagrees = strikes(state, 'apiDisagrees', { face: 'sealed', kind: c.req.path }) !== undefined
    return c.json({ ...shown(found), ...(disagrees && { status: 'open' }) })
  })
  api.get('/events', (c) => {
    const { since = '', after = '' } = c.req.query()
    const all = state.sealed.happened.filter(({ time }) => time >= since)
    const from = all.findIndex(({ event }) => event === after) + 1
    return c.json({ events: all.slice(from, from + PAGE), more: all.length > from + PAGE })
  })
  api.post('/orders/:id/expire', async (c) => {
    const found = state.sealed.orders.get(c.req.param('id'))
    if (!found) return c.json({ error: 'Not known.' }, 404)
    if (found.status === 'open') await end(state, found, 'expired')
    return c.json(shown(found))
  })
  api.post('/payments/:id/refunds', (c) => once(state, c, (body) => paidBack(state, c.req.param('id'), body)))
  return api
}

/** The same key with the same request gives the same answer; with another it is refused. */
async function once(state: SimState, c: Context, work: (body: Body) => Promise<object | undefined>): Promise<Response> {
  const request = await c.req.text()
  const key = c.req.header('idempotency-key') ?? ''
  const known = state.sealed.replies.get(key)
  if (known)
    return known.request === request ? c.json(known.body) : c.json({ error: 'Another request had this key.' }, 409)
  const body = await work(JSON.parse(request) as Body)
  if (!body) return c.json({ error: 'Not understood.' }, 422)
  if (key) state.sealed.replies.set(key, { request, body })
  return c.json(body)
}

function opened(state: SimState, body: Body): object | undefined {
  const [order, number, currency, description, returnUrl] = [
    'order',
    'number',
    'currency',
    'description',
    'return_url',
  ].map((name) => textAt(body, name)) as [string, string, string, string, string]
  const amount = Number(body['amount'])
  if (!order || !Number.isInteger(amount) || amount <= 0 || !URL.canParse(returnUrl)) return undefined
  const made = openOrder(state, { order, number, amount, currency, description, returnUrl })
  return { id: made.id, url: `${state.baseUrl}/sealed/pay/${made.id}`, expires: isoOf(made.expires) }
}

async function paidBack(state: SimState, payment: string, body: Body): Promise<object | undefined> {
  const found = [...state.sealed.orders.values()].find((one) => one.payment === payment)
  const amount = Number(body['amount'])
  const can =
    found?.status === 'completed' && Number.isInteger(amount) && amount > 0 && amount <= found.amount - found.refunded
  if (!found || !can) return undefined
  const made = await refund(state, found, { refund: textAt(body, 'refund'), amount })
  return { id: made.id, status: made.status, time: isoOf(made.time) }
}

function shown({ id, order, payment, status, amount, currency, changed }: SealedOrder): object {
  return { id, order, payment, status, amount, currency, changed: isoOf(changed) }
}
