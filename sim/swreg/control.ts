import { Hono, type Context } from 'hono'
import type { CardStory } from '../cards.ts'
import type { SimState } from '../state.ts'
import { callForKey, keyFields, refund } from './calls.ts'
import { pay } from './deeds.ts'
import { results } from './declines.ts'
import { report } from './report.ts'
import type { Basket, Switches } from './state.ts'
import { buyerOf } from '../linked/buyer.tsx'

/** What each switch can be set to. */
export const positions = {
  charset: ['utf-8', 'windows-1252'],
  keyLimit: [250, 600],
  fileLimit: [250_000, 65_535],
  security: ['key', 'address'],
  retries: [true, false],
  databaseDown: [false, true],
} as const satisfies Partial<Record<keyof Switches, readonly unknown[]>>

/** What the vendor and whoever tests may do at SWREG. */
export function swregControl(state: SimState): Hono {
  const { baskets, notes, switches } = state.swreg
  const control = new Hono()
  control.get('/baskets', (c) => c.json([...baskets.values()]))
  control.get('/notes', (c) => c.json(notes))
  control.get('/report.tsv', (c) => c.body(report(state.swreg), 200, { 'content-type': 'text/tab-separated-values' }))
  control.post('/baskets/:id/pay/:story', async (c) => {
    const basket = baskets.get(c.req.param('id'))
    return basket?.status === 'open'
      ? c.json(await pay(state, basket, { story: c.req.param('story') as CardStory }))
      : c.notFound()
  })
  control.post('/lines/:number/refund', (c) => done(c, refund(state, c.req.param('number'), c.req.query('type'))))
  control.post('/switches/:name/:value', (c) => done(c, set(switches, c.req.param('name'), c.req.param('value'))))
  control.post('/next/:result', (c) => {
    const result = Number(c.req.param('result'))
    if (results[result] === undefined) return c.notFound()
    switches.next = result
    return done(c, true)
  })
  control.post('/test', async (c) => {
    const { text, status } = await callForKey(state, sample(state))
    notes.push({ subject: 'Test of your keygen', text: `${status}: ${text}` })
    return done(c, true)
  })
  return control
}

/** A browser goes back to the desk; anything else is told. */
function done(c: Context, isDone: boolean): Response {
  if ((c.req.header('accept') ?? '').includes('text/html')) return c.redirect('/swreg/desk', 303)
  return c.json({ done: isDone }, isDone ? 200 : 404)
}

function set(switches: Switches, name: string, value: string): boolean {
  const known: readonly unknown[] = Object.hasOwn(positions, name) ? positions[name as keyof typeof positions] : []
  const chosen = known.find((one) => String(one) === value)
  if (chosen === undefined) return false
  Object.assign(switches, { [name]: chosen })
  return true
}

/** An order that nobody placed. */
function sample(state: SimState): Record<string, string> {
  const [product = ''] = Object.keys(state.settings.swreg?.products ?? {})
  const line = { product, variation: '0', delivery: '0', quantity: 1, unit: 100, key: '', file: '', refunded: false }
  const basket: Basket = {
    id: 'sample',
    created: 0,
    currency: 'EUR',
    params: { t: 'test' },
    lines: [{ ...line, number: '1' }],
    buyer: buyerOf({ title: 'Mr', first: 'Test', last: 'Buyer', email: 'test@example.org' }),
    status: 'paid',
  }
  return keyFields(basket, { ...line, number: '1' })
}
