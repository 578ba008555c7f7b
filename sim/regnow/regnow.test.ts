import { beforeEach, describe, expect, test } from 'vitest'
import type { Hono } from 'hono'
import { simApp } from '../app.tsx'
import { virtualClock } from '../clock.ts'
import type { Outgoing } from '../post.ts'
import { newState, type SimState } from '../state.ts'

const settings = {
  port: 9,
  shop: 'http://shop.test',
  seed: 7,
  regnow: { vendorId: '29237', path: 'secret-path', items: { '29237-1': 1900, '29237-2': 8400 } },
}

let state: SimState
let app: Hono
let sent: Outgoing[]
beforeEach(() => {
  sent = []
  const post = (out: Outgoing) => {
    sent.push(out)
    return Promise.resolve({ status: 200, text: out.url.includes('/key?') ? 'KEY-1' : 'OK' })
  }
  state = newState(settings, { clock: virtualClock(), post })
  app = simApp(state)
})

const link = (query: string, cookie = '') => app.request(`/softsell/nph-softsell.cgi?${query}`, { headers: { cookie } })
const press = (path: string) => app.request(`/_sim/regnow/${path}`, { method: 'POST' })

async function begun(query: string): Promise<string> {
  const id = (await link(query)).headers.get('location')?.split('/').at(-1) ?? ''
  await app.request(`/softsell/details/${id}`, { method: 'POST', body: new URLSearchParams({ first: 'Ada' }) })
  return id
}

/** The statuses that the shop was told, in order. */
async function told(): Promise<string[]> {
  await state.clock.advance(0)
  return sent.filter(({ method }) => method === 'POST').map(({ body }) => new URLSearchParams(body).get('status') ?? '')
}

describe('an order link', () => {
  test('makes an order of its items, at the prices that are set here, and keeps what it does not know', async () => {
    const id = await begun('items=29237-1,29237-2&quantity_29237-2=3&currency=EUR&linkid=ours&styleid=15925')
    expect(state.regnow.orders.get(id)).toMatchObject({
      currency: 'EUR',
      params: { linkid: 'ours', styleid: '15925' },
      items: [
        { item: '29237-1', quantity: 1, price: 1900 },
        { item: '29237-2', quantity: 3, price: 25_200 },
      ],
    })
  })

  test.each(['', 'item=29237-9', 'item=constructor', 'item=29237-1&quantity_29237-1=0', 'item=29237-1&currency=SEK'])(
    'that is wrong (%s) makes none',
    async (query) => {
      expect((await link(query)).status).toBe(400)
      expect(state.regnow.orders.size).toBe(0)
    },
  )

  test('remembers by a cookie of the simulator’s own who sent the buyer, unless the link says it', async () => {
    const visit = await app.request('/softsell/visitor.cgi?affiliate=20109&action=site&vendor=29237')
    expect([visit.status, visit.headers.get('location')]).toEqual([302, 'http://shop.test'])
    const cookie = visit.headers.get('set-cookie')?.split(';')[0] ?? ''
    await link('item=29237-1', cookie)
    await link('item=29237-1&affiliate=7', cookie)
    await link('item=29237-1', 'sim_affiliate=%0d%0aX')
    expect([...state.regnow.orders.values()].map(({ affiliate }) => affiliate)).toEqual(['20109', '7', ''])
  })
})

describe('the statuses', () => {
  test('tell a visit, a billing page that was left, a payment awaited and one that is complete', async () => {
    const id = await begun('item=29237-1&linkid=ours')
    expect(await told()).toEqual(['N', 'I'])
    await press(`orders/${id}/pay/pending`)
    expect(await told()).toEqual(['N', 'I', 'W'])
    await state.clock.advance(3000)
    expect(await told()).toEqual(['N', 'I', 'W', 'C'])
    expect(state.regnow.orders.get(id)?.items[0]?.key).toBe('KEY-1')
  })

  test('hold an order until an operator lets it go, and let nobody act on it out of turn', async () => {
    await press('reviews/on')
    const id = await begun('item=29237-1')
    await press(`orders/${id}/pay/approve`)
    expect(await told()).toEqual(['N', 'I', 'L'])
    expect([(await press(`orders/${id}/refund`)).status, (await press(`orders/${id}/constructor`)).status]).toEqual([
      404, 404,
    ])
    expect((await press(`orders/${id}/release`)).status).toBe(200)
    expect((await press(`orders/${id}/release`)).status).toBe(404)
    await press(`orders/${id}/chargeback`)
    expect(await told()).toEqual(['N', 'I', 'L', 'C', 'B'])
  })

  test('are told of each item, with a number of its own', async () => {
    const id = await begun('items=29237-1,29237-2')
    await press(`orders/${id}/pay/approve`)
    expect(await told()).toEqual(['N', 'N', 'I', 'I', 'C', 'C'])
    const numbers = sent.map(({ method, url, body }) =>
      new URLSearchParams(method === 'GET' ? url.split('?')[1] : body).get('order_id'),
    )
    expect(new Set(numbers).size).toBe(2)
  })
})

test('the report has the columns that were chosen, in their order', async () => {
  await begun('item=29237-1&linkid=a,"b"&affiliate=7')
  const ask = async (columns: string) =>
    (await (await app.request(`/_sim/regnow/report.csv?columns=${columns}`)).text()).trim().split('\r\n')
  expect(await ask('Status,Link ID,Nothing,Total')).toEqual(['Status,Link ID,Total', 'I,"a,""b""",19.00'])
  expect(await ask('Date,Order ID')).toEqual(['Date,Order ID', expect.stringMatching(/^01\/05\/2026,\d+-1$/)])
})
