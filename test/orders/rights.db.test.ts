import { afterAll, beforeAll, expect, test } from 'vitest'
import { receive, type Fact, type FactKind, type OrderId, type OrderTables } from '../../src/core/orders/index.ts'
import { instant } from '../../src/lib/index.ts'
import { ordersIn, type ShopOrder } from '../asApp.ts'
import { ada, adaOnline, openShop, type Shop } from '../openShop.ts'
import { payBack } from '../payBack.ts'

let shop: Shop
beforeAll(async () => {
  shop = await openShop()
})
afterAll(() => shop.close())

const newest = async (): Promise<ShopOrder> => (await ordersIn(shop)).at(-1) as ShopOrder

/** Records what a processor would say of an order, and waits for all that follows. */
async function told(order: ShopOrder, ext: string, kind: FactKind, more: Partial<Fact>): Promise<void> {
  const ctx = { db: shop.at.engine.for<OrderTables>(), now: shop.now, kick: () => shop.desk().worker.kick() }
  const fact: Fact = { source: 'stripe', ext, kind, at: shop.now(), currency: 'EUR', ...more }
  await receive(ctx, order.id as OrderId, [fact])
  await shop.settled()
}
const withdrawn = async ({ id }: ShopOrder): Promise<unknown> =>
  (await shop.rows('select count(revoked_at)::int as all from licence where order_id = $1', [id]))[0]?.['all']
const paymentOf = async ({ id }: ShopOrder): Promise<string> =>
  String(
    (await shop.rows(`select ref from order_fact where order_id = $1 and kind = 'pay.captured'`, [id]))[0]?.['ref'],
  )
const command = async (order: ShopOrder, what: string): Promise<number> =>
  (await (await shop.staff())(`/desk/orders/${order.number}/${what}`, {})).status

test('keys are withdrawn when the money goes back, and live again when it did not go back after all', async () => {
  await shop.buy(adaOnline)
  const order = await newest()
  const whole = { of: await paymentOf(order), amountMinor: 1900 }
  await told(order, 're1', 'refund.succeeded', { ...whole, ref: 're_1' })
  expect(await withdrawn(order)).toBe(1)
  await told(order, 're1f', 'refund.failed', { ...whole, ref: 're_1' })
  expect(await withdrawn(order)).toBe(0)
  await told(order, 're2', 'refund.succeeded', { ...whole, ref: 're_2' })
  expect(await withdrawn(order)).toBe(1)
  await told(order, 're2f', 'refund.failed', { ...whole, ref: 're_2' })
  expect(await withdrawn(order)).toBe(0)
})

test('a box is not handed over while all that is left of its price is asked back', async () => {
  await shop.buy(ada, { product: 'letterpress' })
  const order = await newest()
  const of = await paymentOf(order)
  await told(order, 'part', 'refund.succeeded', { ref: 'part', of, amountMinor: 400 })
  await told(order, 'rest', 'refund.requested', { ref: 'rest', of, amountMinor: 8000 })
  expect(await command(order, 'hand-over')).toBe(409)
  await told(order, 'restf', 'refund.failed', { ref: 'rest', of, amountMinor: 8000 })
  expect(await command(order, 'hand-over')).toBe(303)
})

test('a payment that the bank has taken back is not paid back a second time', async () => {
  await shop.buy(adaOnline)
  const order = await newest()
  await told(order, 'lost', 'dispute.lost', { ref: 'dp_1', amountMinor: 1900 })
  expect(await payBack(shop, order.number)).toBeUndefined()
  const typed = { payment: await paymentOf(order), amount: '19.00', reason: 'asked' }
  expect((await (await shop.staff())(`/desk/orders/${order.number}/refund`, typed)).status).toBe(409)
  expect(
    await shop.rows(`select 1 from order_fact where order_id = $1 and kind = 'refund.requested'`, [order.id]),
  ).toEqual([])
})

test('the tax clock of a download runs from the year in which it was paid, by the vendor’s calendar', async () => {
  const walk = shop.walk()
  await walk.submit(
    await shop.orderForm(walk, 'tally'),
    { ...adaOnline, email: 'old@mail.example' },
    { button: /^Pay/ },
  )
  const order = await newest()
  const paidAt = instant('2029-12-31T22:30:00Z') // in Brussels still 2029, for half an hour
  await told(order, 'paid', 'pay.captured', { ref: 'pi_old', amountMinor: 1900, at: paidAt })
  const [ground] = await shop.rows(
    `select b.event_at as at from vault.basis b where b.person_id = $1 and b.purpose = 'tax'`,
    [order.person],
  )
  expect((ground?.['at'] as Date | undefined)?.toISOString()).toBe('2029-12-31T22:59:59.999Z')
})
