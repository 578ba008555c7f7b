import { createHash } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addFault } from '../../sim/faults/rules.ts'
import type { ToProcessor } from '../../src/core/payments/adapter.ts'
import { sealedAdapter } from '../../src/core/payments/sealed/adapter.ts'
import { ordersIn } from '../asApp.ts'
import { ada, adaOnline, openShop, type Shop } from '../openShop.ts'
import { until } from '../program.ts'
import { takeReport } from '../reports.ts'
import { sealedShop, type SealedShop } from '../sealedOrders.ts'
import type { SealedOrder } from '../../sim/sealed/state.ts'
import { textOf } from '../walker.ts'

let shop: Shop
let at: SealedShop
beforeAll(async () => {
  shop = await openShop({}, {}, ['sealed'])
  at = sealedShop(shop)
})
afterAll(() => shop.close())

const ends = async (order: Pick<SealedOrder, 'order'>): Promise<unknown[]> =>
  (await at.receipts(order)).map((row) => row['how'])
const headline = async ({ order }: SealedOrder): Promise<unknown> =>
  (await shop.rows('select headline from order_view where order_id = $1', [order]))[0]?.['headline']
const licences = (which: string, { order }: Pick<SealedOrder, 'order'>): Promise<unknown> =>
  shop
    .rows(`select count(${which})::int as all from licence where order_id = $1`, [order])
    .then(([row]) => row?.['all'])
const finding = async (): Promise<string> => {
  await shop.advance('PT2M')
  return /id="hosted-cards"[\s\S]*?<\/li>/.exec(await (await shop.ask('/promises')).text())?.[0] ?? ''
}

test('a buyer pays at its page and has the key, an owner record and a receipt for the card part', async () => {
  const page = await shop.buy({ ...adaOnline, processor: 'sealed' })
  expect(textOf(page)).toContain('Licence key for Tally')
  const order = [...shop.sim.sealed.orders.values()].at(-1) as SealedOrder
  expect(
    await shop.rows('select 1 from licence_owner o join licence l using (licence_id) where l.order_id = $1', [
      order.order,
    ]),
  ).toHaveLength(1)
  expect(await at.receipts(order)).toMatchObject([
    { how: 'completed', code_version: '0.1.0', kid: (await at.shopKey()).kid },
  ])
  const { cards, gone } = shop.sim.sealed
  expect([cards.size, gone.at(-1)?.because]).toEqual([0, 'completed'])
  const operator = await (await shop.ask(`${shop.sim.baseUrl}/sealed`)).text()
  expect(operator).toMatch(/key destroyed \d{4}-\d\d-\d\dT[\d:.]+Z, order completed/)
})

test('what went to it is what was written down: nothing that says who the buyer is', async () => {
  await shop.buy({ ...ada, processor: 'sealed' }, { product: 'letterpress' })
  const order = [...shop.sim.sealed.orders.values()].at(-1) as SealedOrder
  const sent = shop.received.filter(({ method, path }) => method === 'POST' && path === '/sealed/orders').at(-1)
  const body = JSON.parse(sent?.body ?? '') as object
  expect(body).toEqual({
    order: order.order,
    number: order.number,
    amount: 8400,
    currency: 'EUR',
    description: 'Letterpress Disc × 1',
    return_url: expect.stringMatching(/\/r\/[\w-]{22}$/) as string,
  })
  const [row] = await shop.rows(`select value_names from disclosure where recipient = 'sealed' and ref = $1`, [
    `order:${order.order}`,
  ])
  expect(row?.['value_names']).toEqual([
    'orderId',
    'orderNumber',
    'amountMinor',
    'currency',
    'description',
    'returnUrl',
  ])
  expect(Object.keys(body)).toHaveLength(6)
})

test('money that goes back withdraws the key; a bank that asks suspends, and gives back when it is won', async () => {
  const order = [...shop.sim.sealed.orders.values()][0] as SealedOrder
  await at.plays(order, 'dispute.opened')
  expect([await headline(order), await licences('revoked_at', order)]).toEqual(['disputed', 0])
  await at.plays(order, 'dispute.won')
  expect(await headline(order)).toBe('paid')
  const api = { api: shop.sim.baseUrl, page: shop.sim.baseUrl, apiKey: 'sk_sealed_shop', webhookSecrets: [] }
  const adapter = sealedAdapter({ ...api, live: false, keys: () => [] })
  const values = { orderId: order.order, refundId: 'our_1', paymentRef: order.payment, amountMinor: 1900 }
  const asked = async () => adapter.refund?.({ values } as unknown as ToProcessor, 'our_1')
  const [first, second] = [await asked(), await asked()]
  expect(second).toEqual(first)
  expect(first).toMatchObject([
    { orderRef: order.order, fact: { kind: 'refund.succeeded', ref: 'our_1', of: order.payment, amountMinor: 1900 } },
  ])
  await shop.settled()
  expect([await headline(order), await licences('revoked_at', order)]).toEqual(['refunded', 1])
  expect([...shop.sim.sealed.refunds.values()].map(({ amount }) => amount)).toEqual([1900])
  await expect(adapter.refund?.({ values } as unknown as ToProcessor, 'our_2')).rejects.toThrow('422')
  expect(await adapter.fetchState(order.id)).toMatchObject([{ orderRef: order.order, fact: { kind: 'pay.captured' } }])
  expect([
    await adapter.fetchState('so_unknown'),
    await adapter.expire(order.id),
    await adapter.expire('so_unknown'),
  ]).toEqual([[], 'paid', 'expired'])
})

test('what was never told is asked for, and counts once', async () => {
  await shop.ask(`${shop.sim.baseUrl}/_sim/faults`, {
    method: 'POST',
    body: JSON.stringify({ fault: 'drop', face: 'sealed' }),
    headers: { 'content-type': 'application/json' },
  })
  const order = await at.begin()
  await at.plays(order, 'received')
  await at.plays(order, 'completed')
  expect(await headline(order)).toBe('awaiting')
  shop.sim.faults.rules.clear()
  await shop.advance('PT16M')
  shop.desk().worker.kick()
  await shop.settled()
  expect([await headline(order), await licences('*', order)]).toEqual(['paid', 1])
})

test.each([
  ['completed', 'completed', 'paid'],
  ['failed', 'failed', 'failed'],
  ['cancelled', 'cancelled', 'expired'],
  ['expired', 'timed-out', 'expired'],
] as const)('a card part is held until its order is %s, and its receipt says so', async (deed, how, shown) => {
  const order = await at.begin()
  await at.plays(order, 'received')
  expect([await ends(order), await headline(order)]).toEqual([[null], 'pending'])
  await at.plays(order, deed)
  expect([await ends(order), await headline(order)]).toEqual([[how], shown])
})

test('an order that staff cancel takes its card part with it, in the same step', async () => {
  const order = await at.begin()
  await at.plays(order, 'received')
  const { number } = (await ordersIn(shop)).find(({ id }) => id === order.order) ?? { number: '' }
  await (
    await shop.staff()
  )(`/desk/orders/${number}/cancel`, {})
  expect(await ends(order)).toEqual(['cancelled'])
  const [row] = await at.receipts(order)
  expect(
    await shop.rows(`select 1 from order_fact where order_id = $1 and kind = 'order.cancelled'`, [order.order]),
  ).toHaveLength(1)
  expect(row?.['destroyed_at']).not.toBeNull()
})

test('an order that a report says was paid elsewhere takes its card part with it, in the same step', async () => {
  const order = await at.begin()
  await at.plays(order, 'received')
  const row = ['9301', '19.00', 'paid', order.order, 'any', 'EUR', '05-Jan-2026'].join('\t')
  const head = 'Order No\tPrice\tStatus\tUser Text\tProduct Code\tCurrency\tOrder Date'
  expect(await takeReport(shop, 'swreg', `${head}\n${row}`)).toContain('1 known already')
  expect(await at.receipts(order)).toMatchObject([{ how: 'completed' }])
})

test('no card part is held for longer than a quarter of an hour, and the order goes on without it', async () => {
  const order = await at.begin()
  await at.plays(order, 'received')
  await shop.advance('PT14M')
  expect(await ends(order)).toEqual([null])
  await shop.advance('PT1M')
  await until('the card part is timed out', async () => (await ends(order))[0] === 'timed-out')
  await at.plays(order, 'completed')
  expect([await ends(order), await headline(order)]).toEqual([['timed-out'], 'paid'])
})

test('a restart ends whatever was held, and what the processor tells afterwards still counts', async () => {
  const order = await at.begin()
  await at.plays(order, 'received')
  await shop.restart()
  expect(await ends(order)).toEqual(['restart'])
  await at.plays(order, 'completed')
  expect([await ends(order), await headline(order), await licences('*', order)]).toEqual([['restart'], 'paid', 1])
})

test('a notice that comes fifty times at once makes one key, one mail and one receipt; so does one that is sealed anew', async () => {
  const order = await at.begin({ ...adaOnline, email: 'bela@mail.example' })
  const card = await at.card()
  const received = await at.sealed(order, 'order.received', { event: 'twice' }, card)
  const completed = await at.sealed(order, 'order.completed', { event: 'done' })
  const all = [...Array.from({ length: 25 }, () => received), ...Array.from({ length: 25 }, () => completed)]
  expect(new Set(await Promise.all(all.map(async (body) => (await at.post(body)).status)))).toEqual(new Set([200]))
  await at.post(await at.sealed(order, 'order.received', { event: 'twice' }, card))
  await shop.settled()
  expect([await licences('*', order), (await shop.mails('bela@mail.example')).length]).toEqual([1, 1])
  expect(await at.receipts(order)).toMatchObject([
    { how: 'completed', digest: createHash('sha256').update(card).digest() },
  ])
  expect((await at.receipts(order)).length).toBe(1)
})

test('a notice that comes after the end is taken, and its card part goes in the same step; a late failure undoes nothing', async () => {
  const order = await at.begin()
  await at.post(await at.sealed(order, 'order.completed'))
  expect(await at.receipts(order)).toEqual([])
  await at.post(await at.sealed(order, 'order.received', {}, await at.card()))
  await at.post(await at.sealed(order, 'order.failed'))
  await at.post(await at.sealed(order, 'order.cancelled'))
  await shop.settled()
  expect([await ends(order), await headline(order), await licences('revoked_at', order)]).toEqual([
    ['completed'],
    'paid',
    0,
  ])
})

test('its page pays once when its form is sent three times at once, and keeps the key to no card', async () => {
  const order = await at.begin()
  const { gone, cards } = shop.sim.sealed
  const body = new URLSearchParams({ card: '4242 4242 4242 4242', expiry: '12/34', cvc: '123' })
  const send = async (): Promise<number> =>
    (await shop.ask(`${shop.sim.baseUrl}/sealed/pay/${order.id}`, { method: 'POST', body })).status
  expect((await Promise.all([send(), send(), send()])).sort()).toEqual([303, 410, 410])
  await shop.settled()
  expect([gone.filter((one) => one.order === order.number).length, cards.has(order.id)]).toEqual([1, false])
  expect([await headline(order), await ends(order), await licences('*', order)]).toEqual(['paid', ['completed'], 1])
  const told = [...shop.sim.messages.values()].filter((one) => one.order === order.order)
  expect(told.map(({ kind }) => kind).sort()).toEqual(['order.completed', 'order.received'])
})

test('what comes before its order is kept, and its card part is not held beyond its time', async () => {
  const order = '019a0000-0000-7000-8000-00000000abcd'
  expect((await at.post(await at.sealed({ order }, 'order.received', {}, await at.card()))).status).toBe(200)
  expect(await ends({ order })).toEqual([null])
  await shop.advance('PT15M')
  await until('the card part is timed out', async () => (await ends({ order }))[0] === 'timed-out')
})

test('a new key is published at once, and the old one still opens what was on its way', async () => {
  const order = await at.begin()
  const onItsWay = await at.sealed(order, 'order.received', {}, await at.card())
  const before = (await at.shopKey()).kid
  const kid = await shop.desk().rotateNoticeKey()
  expect([(await at.shopKey()).kid === kid, kid === before]).toEqual([true, false])
  expect((await at.post(onItsWay)).status).toBe(200)
  expect(await at.receipts(order)).toMatchObject([{ kid: before, how: null }])
  const late = await at.sealed(order, 'order.completed')
  await shop.desk().rotateNoticeKey()
  await shop.advance('P1D')
  const answer = await at.post(late)
  expect([answer.status, await answer.text()]).toEqual([401, 'unknown key\n'])
  await until('the card part is timed out', async () => (await ends(order))[0] === 'timed-out')
})

test('the promises page says what proves each processor’s messages, and finds an order that is over without its receipt', async () => {
  const text = await finding()
  expect(text).toMatch(/What Zegelkas tells us is sealed for us and signed; last on \d/)
  expect(text).toContain('What Stripe tells us is signed')
  expect(text).not.toContain('does not agree')
  const order = await at.begin()
  await at.plays(order, 'received')
  await at.plays(order, 'completed')
  await shop.rows(
    'update envelope_receipt set destroyed_at = null, how = null, code_version = null where order_ref = $1',
    [order.order],
  )
  expect(await finding()).toContain('does not agree')
  await shop.rows('delete from envelope_receipt where order_ref = $1', [order.order])
  expect(await finding()).toContain('does not agree')
})

test('what happened after that and was never told is read with all that happened since, page by page, and holds nobody', async () => {
  const order = await at.begin()
  await at.plays(order, 'received')
  await at.plays(order, 'completed')
  addFault(shop.sim, { fault: 'drop', face: 'sealed' })
  await at.plays(order, 'dispute.opened')
  const { happened } = shop.sim.sealed
  const last = happened.at(-1)!
  const noise = Array.from({ length: 250 }, (_, index) => ({
    ...last,
    event: `again_${index}`,
    kind: 'dispute.opened',
  }))
  happened.push(...noise)
  expect(await headline(order)).toBe('paid')
  shop.sim.faults.rules.clear()
  const { rows: said, page } = await heardSince(shop, last.time)
  expect([said, page]).toEqual([251, 3])
  await shop.restart()
  await shop.settled()
  expect(await headline(order)).toBe('disputed')
  expect(JSON.stringify(happened)).not.toMatch(/Testkaart|wilhelmina/)
})

/** How much the processor tells of what happened since a moment, and in how many answers. */
async function heardSince(at: Shop, since: string): Promise<{ rows: number; page: number }> {
  const api = { api: at.sim.baseUrl, page: at.sim.baseUrl, apiKey: 'sk_sealed_shop', webhookSecrets: [] }
  const asked = (): number => at.received.filter(({ path }) => path === '/sealed/events').length
  const before = asked()
  const told: unknown[] = []
  for await (const event of sealedAdapter({ ...api, live: false, keys: () => [] }).eventsSince!(new Date(since)))
    told.push(event)
  return { rows: told.length, page: asked() - before }
}
