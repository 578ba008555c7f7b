import { afterAll, beforeAll, expect, test } from 'vitest'
import { addFault } from '../../sim/faults/rules.ts'
import { askRefund, chargeBack, decide, reverse } from '../../sim/paddle/adjustments.ts'
import { payOut } from '../../sim/paddle/payouts.ts'
import type { Transaction } from '../../sim/paddle/state.ts'
import { pay } from '../../sim/paddle/transactions.ts'
import { send } from '../../sim/outgoing.ts'
import { enqueue, type JobTables } from '../../src/db/index.ts'
import { newId } from '../../src/lib/index.ts'
import { ordersIn } from '../asApp.ts'
import { openShop, type Shop } from '../openShop.ts'
import { until } from '../program.ts'
import { textOf, type Seen } from '../walker.ts'

let shop: Shop
beforeAll(async () => {
  shop = await openShop({}, {}, ['paddle'])
})
afterAll(() => shop.close())

type Bought = { readonly id: string; readonly number: string; readonly at: Transaction }

let buyers = 0

/** Orders a download at Paddle, up to its page. */
async function toPay(): Promise<{ page: Seen; at: Transaction }> {
  const on = shop.walk()
  const typed = { email: `ada.${(buyers += 1)}@quill.example`, country: 'BE', processor: 'paddle' }
  const page = await on.submit(await shop.orderForm(on, 'tally'), typed, { button: /^Pay/ })
  return { page, at: [...shop.sim.paddle.transactions.values()].at(-1) as Transaction }
}

/** Buys a download at Paddle, by its page. */
async function bought(card = '4242424242424242'): Promise<Bought & { readonly back: Seen }> {
  const { page, at } = await toPay()
  const on = shop.walk()
  const back = await on.submit(page, { card, expiry: '12/34', cvc: '123' }, { button: /^Pay/ })
  await shop.settled()
  const order = (await ordersIn(shop)).at(-1)
  return { id: order?.id ?? '', number: order?.number ?? '', at, back: await on.get(back.url) }
}

const licences = async ({ id }: Bought): Promise<unknown> =>
  (
    await shop.rows(
      'select count(*)::int as all, count(revoked_at)::int as withdrawn from licence where order_id = $1',
      [id],
    )
  )[0]
const factsOf = async ({ id }: Bought): Promise<string[]> => {
  const rows = await shop.rows(
    `select kind, amount_minor::int as amount from order_fact where order_id = $1 and source = 'paddle' order by kind, amount_minor`,
    [id],
  )
  return rows.map(({ kind, amount }) => `${String(kind)} ${String(amount)}`)
}
const headline = async ({ id }: Bought): Promise<unknown> =>
  (await shop.rows('select headline from order_view where order_id = $1', [id]))[0]?.['headline']
const refundsOf = ({ id }: Bought): Promise<unknown> =>
  shop.rows(`select kind, ref from order_fact where order_id = $1 and kind like 'refund.%' order by kind`, [id])
const alive = { all: 1, withdrawn: 0 }

test('a download is paid at Paddle: the key is there, and Paddle got what is declared and nothing else', async () => {
  const order = await bought()
  expect(textOf(order.back)).toContain('Here is your key')
  expect(await licences(order)).toEqual(alive)
  expect(await factsOf(order)).toEqual(['money.fee 145', 'money.tax 330', 'pay.captured 1900', 'pay.pending 1900'])
  const [sent] = shop.received.filter(({ method, path }) => method === 'POST' && path === '/paddle/transactions')
  const name = `Tally × 1, order ${order.number}`
  const price = {
    name,
    description: name,
    unit_price: { amount: '1900', currency_code: 'EUR' },
    tax_mode: 'internal',
    quantity: { minimum: 1, maximum: 1 },
    product: { name, tax_category: 'standard' },
  }
  const said = JSON.parse(sent?.body ?? '') as { checkout: { url: string } }
  expect(said).toEqual({
    items: [{ quantity: 1, price }],
    currency_code: 'EUR',
    collection_mode: 'automatic',
    custom_data: { order: order.id },
    checkout: { url: expect.any(String) as string },
  })
  expect(new URL(said.checkout.url).searchParams.get('return')).toMatch(new RegExp(`^${shop.baseUrl}/r/[\\w-]{22}$`))
  const [told] = await shop.rows(
    `select fields, value_names as values from disclosure where recipient = 'paddle' and ref = $1`,
    [`order:${order.id}`],
  )
  const values = ['amountMinor', 'currency', 'description', 'orderId', 'orderNumber', 'returnUrl']
  expect(told).toEqual({ fields: [], values: expect.arrayContaining(values) as string[] })
  expect(told?.['values']).toHaveLength(values.length)
})

test('a form that is sent again, also twice at once, leads to one page', async () => {
  const on = shop.walk()
  const form = await shop.orderForm(on, 'tally')
  const typed = { email: 'ada.again@quill.example', country: 'BE', processor: 'paddle' }
  const send = async (): Promise<string> => (await shop.walk().submit(form, typed, { button: /^Pay/ })).url
  const urls = [...(await Promise.all([send(), send()])), await send()]
  expect(new Set(urls).size).toBe(1)
  expect(urls[0]).toMatch(/\/paddle\/pay\/txn_/)
})

test('a box is not sold there', async () => {
  const page = await shop.orderForm(shop.walk(), 'letterpress')
  expect(page.html).not.toMatch(/value="paddle"/)
})

test('a card that is declined leaves the order unpaid, and the next one pays it', async () => {
  const { page, at } = await toPay()
  const again = await shop
    .walk()
    .submit(page, { card: '4000000000000002', expiry: '12/34', cvc: '1' }, { button: /^Pay/ })
  expect(again.status).toBe(402)
  pay(shop.sim, at, { story: 'approve' })
  await shop.settled()
  const order = (await ordersIn(shop)).at(-1)
  expect(await licences({ id: order?.id ?? '', number: '', at })).toEqual(alive)
})

test('a part of the money goes back and the key stays', async () => {
  const order = await bought()
  const [line] = order.at.lines
  const parts = [{ lineId: line?.id ?? '', amount: 400 }]
  askRefund(shop.sim, order.at, { parts, reason: 'asked', type: 'partial' })
  await until('it is approved', async () => (await factsOf(order)).includes('refund.succeeded 400'))
  await shop.settled()
  expect(await headline(order)).toBe('partlyRefunded')
  expect(await licences(order)).toEqual(alive)
})

test('a refund of ours waits for Paddle, asked twice it is one, and when Paddle says no the key lives on', async () => {
  const order = await bought()
  addFault(shop.sim, { fault: 'refundPending', face: 'paddle', next: 1, by: 86_400_000 })
  const refundId = newId<'refund'>(shop.now())
  const ids = { orderId: order.id, refundId, paymentRef: order.at.id, amountMinor: 1900, processor: 'paddle' }
  const jobs = ['first', 'again'].map((key) => ({ key: `${refundId}:${key}`, kind: 'payments.refund', ids }))
  await shop.at.engine.for<JobTables>().tx((tx) => enqueue(tx, shop.now(), jobs))
  await shop.settled()
  const made = [...shop.sim.paddle.adjustments.values()].filter(({ transaction }) => transaction === order.at.id)
  expect(made.map(({ status, type, reason }) => [status, type, reason])).toEqual([
    ['pending_approval', 'full', `Refund ${refundId}`],
  ])
  expect(await refundsOf(order)).toEqual([{ kind: 'refund.requested', ref: refundId }])
  for (const one of made) decide(shop.sim, one, 'rejected')
  await shop.settled()
  expect(await refundsOf(order)).toEqual([
    { kind: 'refund.failed', ref: refundId },
    { kind: 'refund.requested', ref: refundId },
  ])
  expect(await licences(order)).toEqual(alive)
})

test('a chargeback stops the key, and its taking back lets it live again', async () => {
  const order = await bought()
  const made = chargeBack(shop.sim, order.at, 'chargeback')
  await shop.settled()
  expect(await headline(order)).toBe('disputed')
  if (made) reverse(shop.sim, made)
  await shop.settled()
  expect(await headline(order)).toBe('paid')
  expect(await factsOf(order)).toEqual(expect.arrayContaining(['dispute.opened 1900', 'dispute.won 1900']))
  expect(await licences(order)).toEqual(alive)
})

test('what was told and got lost is found by asking: the payment, a refund, a payout; told after all, it changes nothing', async () => {
  addFault(shop.sim, { fault: 'drop', face: 'paddle' })
  const order = await bought('4000000000000101')
  expect(await factsOf(order)).toEqual([])
  const [paidOut] = payOut(shop.sim)
  await shop.restart()
  await shop.settled()
  expect(await licences(order)).toEqual(alive)
  expect(await factsOf(order)).toContain('pay.captured 1900')
  expect(
    await shop.rows('select state, amount_minor::int as amount from payout where processor = $1', ['paddle']),
  ).toEqual([{ state: 'paid', amount: paidOut?.amount }])
  const [line] = order.at.lines
  const asked = askRefund(shop.sim, order.at, {
    parts: [{ lineId: line?.id ?? '', amount: 1900 }],
    reason: 'x',
    type: 'full',
  })
  decide(shop.sim, asked, 'approved')
  await shop.restart()
  await shop.settled()
  expect(await headline(order)).toBe('refunded')
  expect(await licences(order)).toEqual({ all: 1, withdrawn: 1 })
  shop.sim.faults.rules.clear()

  const known = await factsOf(order)
  const lost = [...shop.sim.messages.values()].filter(({ state }) => state === 'lost')
  expect(lost.map(({ kind }) => kind)).toEqual(
    expect.arrayContaining(['transaction.completed', 'adjustment.updated', 'payout.paid']),
  )
  for (const message of lost) expect((await send(shop.sim, message)).status).toBe(200)
  await shop.settled()
  expect([await headline(order), await licences(order)]).toEqual(['refunded', { all: 1, withdrawn: 1 }])
  expect(new Set(await factsOf(order))).toEqual(new Set(known))
  expect(await shop.rows('select kind from task where about = $1', [`order:${order.id}`])).toEqual([])
})
