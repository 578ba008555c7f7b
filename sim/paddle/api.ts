import { Hono, type Context } from 'hono'
import { strikes } from '../faults/rules.ts'
import type { SimState } from '../state.ts'
import { askRefund } from './adjustments.ts'
import { answer, listed, missing, ok, refuse, several, type Answer } from './answers.ts'
import { given, refundIn, wantedIn, type Given } from './asked.ts'
import { adjustmentBody, transactionBody, type Body } from './shapes.ts'
import type { Transaction } from './state.ts'
import { begin, cancel } from './transactions.ts'

/** The part of the processor's API that a shop uses. Source: the processor's public API reference; the official package works against it. */
export function paddleApi(state: SimState, apiKey: string): Hono {
  const api = new Hono()
  api.use(async (c, next) => {
    if (c.req.header('authorization')?.replace(/^bearer /i, '') === apiKey) return next()
    return answer(state, c, refuse('forbidden', 'You are not permitted to perform this request.', 403))
  })
  transactionRoutes(state, api)
  adjustmentRoutes(state, api)
  api.get('/events', (c) => {
    const types = several(c, 'event_type')
    const all = [...state.paddle.events.values()].filter(({ type }) => !types || types.includes(type))
    return listed(
      state,
      c,
      all.map(({ body }) => body),
    )
  })
  api.all('*', (c) => answer(state, c, missing()))
  return api
}

async function bodyOf(c: Context): Promise<Given> {
  return given(await c.req.json<unknown>().catch(() => undefined))
}

function transactionRoutes(state: SimState, api: Hono): void {
  const { transactions } = state.paddle
  const found = (id: string, give: (one: Transaction) => Answer): Answer => {
    const one = transactions.get(id)
    return one ? give(one) : missing()
  }
  api.post('/transactions', async (c) => {
    const wanted = wantedIn(await bodyOf(c), state.settings.shop)
    if ('status' in wanted) return answer(state, c, wanted)
    return answer(state, c, ok(transactionBody(state, begin(state, wanted)), 201))
  })
  api.get('/transactions', (c) => {
    const [ids, kinds] = [several(c, 'id'), several(c, 'status')]
    const all = [...transactions.values()].filter(
      ({ id, status }) => (!ids || ids.includes(id)) && (!kinds || kinds.includes(status)),
    )
    return listed(
      state,
      c,
      all.map((one) => transactionBody(state, one)),
    )
  })
  api.get('/transactions/:id', (c) =>
    answer(
      state,
      c,
      found(c.req.param('id'), (one) => ok(asAsked(state, one))),
    ),
  )
  api.patch('/transactions/:id', async (c) => {
    const body = await bodyOf(c)
    return answer(
      state,
      c,
      found(c.req.param('id'), (one) => change(state, one, body)),
    )
  })
}

/** A transaction as it is told to whoever asks; a fault may make that other than what was told. */
function asAsked(state: SimState, one: Transaction): Body {
  const body = transactionBody(state, one)
  const target = { face: 'paddle', kind: 'transaction' }
  return strikes(state, 'apiDisagrees', target) === undefined ? body : { ...body, status: 'draft', payments: [] }
}

function change(state: SimState, one: Transaction, body: Given): Answer {
  const { status, custom_data: custom, ...more } = body
  if (status !== undefined) {
    if (Object.keys(body).length > 1) return refuse('transaction_cannot_be_modified_and_canceled', BOTH)
    const done = status === 'canceled' && cancel(state, one)
    return done ? ok(transactionBody(state, one)) : refuse('transaction_invalid_status_change', FIXED)
  }
  if (one.status !== 'draft') return refuse('transaction_immutable', 'Transaction cannot be changed.')
  if (custom === undefined || Object.keys(more).length > 0) return refuse('bad_request', 'Invalid request.')
  one.customData = custom === null ? null : given(custom)
  return ok(transactionBody(state, one))
}

const BOTH = 'Cannot update transaction to canceled, along with other fields at the same time'
const FIXED = 'Invalid status change attempted'

function adjustmentRoutes(state: SimState, api: Hono): void {
  const { transactions, adjustments } = state.paddle
  api.post('/adjustments', async (c) => {
    const body = await bodyOf(c)
    const one = transactions.get(String(body['transaction_id']))
    const wanted = one ? refundIn(state, one, body) : missing()
    if (!one || 'status' in wanted) return answer(state, c, wanted as Answer)
    return answer(state, c, ok(adjustmentBody(askRefund(state, one, wanted), one), 201))
  })
  api.get('/adjustments', (c) => {
    const [ids, of] = [several(c, 'id'), several(c, 'transaction_id')]
    const [kinds, action] = [several(c, 'status'), c.req.query('action')]
    const all = [...adjustments.values()]
      .filter((one) => (!ids || ids.includes(one.id)) && (!of || of.includes(one.transaction)))
      .filter((one) => (!kinds || kinds.includes(one.status)) && (!action || action === one.action))
    return listed(
      state,
      c,
      all.map((one) => adjustmentBody(one, transactions.get(one.transaction))),
    )
  })
}
