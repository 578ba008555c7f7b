import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { payOut } from '../../sim/stripe/payouts.ts'
import { addFault } from '../../sim/faults/rules.ts'
import {
  cartToken,
  receive,
  type Fact,
  type FactKind,
  type OrderId,
  type OrderTables,
} from '../../src/core/orders/index.ts'
import { instant } from '../../src/lib/index.ts'
import { ordersIn, type ShopOrder } from '../asApp.ts'
import { ada, adaOnline, openShop, type Shop } from '../openShop.ts'
import { payBack } from '../payBack.ts'
import { takeReport } from '../reports.ts'
import { heldIn } from '../spellings.ts'

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

/** Takes in a report of SWREG. Shape: each row is number, price, status and the order of ours that it names. */
function reported(...rows: readonly (readonly string[])[]): Promise<string> {
  const head = 'Order No\tPrice\tStatus\tUser Text\tProduct Code\tCurrency\tOrder Date'
  return takeReport(
    shop,
    'swreg',
    [head, ...rows.map((row) => [...row, 'any', 'EUR', '05-Jan-2026'].join('\t'))].join('\n'),
  )
}
const headline = async (order: ShopOrder): Promise<unknown> =>
  (await shop.rows('select headline from order_view where order_id = $1', [order.id]))[0]?.['headline']

test('money that went back for a payment that nobody knows takes no right from the order that a report names', async () => {
  await shop.buy(adaOnline)
  const order = await newest()
  expect(await reported(['9001', '-19.00', 'refunded', order.id])).toContain('0 known already, 0 not paid, 1 refused')
  expect([await headline(order), await withdrawn(order)]).toEqual(['paid', 0])
})

test('of a basket whose products are told apart, each refund that a report tells counts, also the smaller after the larger', async () => {
  const cart = ['plumbline-download', 'tally-download'].map((offerId) => ({ offerId, quantity: 1 }))
  const walk = shop.walk()
  const form = await walk.get(`${shop.baseUrl}/checkout/${cartToken(shop.cartKey, cart)}`)
  await walk.submit(form, adaOnline, { button: /^Pay/ })
  const order = await newest()
  const plumbline = (state: string): string[] => ['9101', '59.00', state, order.id]
  const tally = (state: string): string[] => ['9102', '19.00', state, order.id]
  await reported(plumbline('paid'), tally('paid'))
  expect([await headline(order), await withdrawn(order)]).toEqual(['paid', 0])
  await reported(plumbline('refunded'), tally('paid'))
  expect([await headline(order), await withdrawn(order)]).toEqual(['partlyRefunded', 0])
  await reported(plumbline('refunded'), tally('refunded'))
  expect([await headline(order), await withdrawn(order)]).toEqual(['refunded', 2])
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

test('the page after the payment says nothing of who bought to whoever opens it, sets no cookie, and a link that is nearly right opens nothing', async () => {
  const typed = { ...ada, email: 'nobody.reads.this@mail.example' }
  const own = await shop.buy(typed, { product: 'letterpress' })
  const other = await shop.walk().get(own.url)
  expect(other.html).toMatch(/(?:[0-9A-Z]{5}-){4}[0-9A-Z]{5}/)
  expect(
    heldIn(
      other.html,
      Object.values(typed).filter((text) => text.length > 2),
    ),
  ).toEqual([])
  expect(other.headers.getSetCookie()).toEqual([])
  const last = own.url.slice(-1) === 'a' ? 'b' : 'a'
  expect((await shop.walk().get(own.url.slice(0, -1) + last)).status).toBe(410)
})

describe('what a card processor pays out', () => {
  /** Lets the processor pay out, and the shop ask it what happened. */
  async function paidOut(): Promise<string> {
    await shop.settled()
    const [payout] = payOut(shop.sim)
    await shop.restart()
    await shop.settled()
    return payout?.id ?? ''
  }
  const agrees = async (id: string): Promise<unknown> =>
    (await shop.rows('select agrees from payout where payout_id = $1', [id]))[0]?.['agrees']
  const tasksOf = async (kind: string): Promise<unknown[]> =>
    (await shop.rows('select about, ref from task where kind = $1 order by made_at, ref', [kind])).map(
      ({ about, ref }) => `${String(about)} ${String(ref)}`,
    )
  const charged = async (order: ShopOrder) => {
    const ref = await paymentOf(order)
    return [...shop.sim.stripe.intents.values()].find(({ id }) => id === ref)
  }

  test('agrees with the orders: each payment is known, and its fee is what the book says, also after a refund', async () => {
    await shop.buy(adaOnline)
    const order = await newest()
    await payBack(shop, order.number, { amount: '5.00' })
    expect(await agrees(await paidOut())).toBe(true)
    const fees = await shop.rows(
      `select amount_minor::int as fee from order_fact where order_id = $1 and kind = 'money.fee'`,
      [order.id],
    )
    expect(fees).toEqual([{ fee: 54 }])
    expect([await tasksOf('payoutDiffers'), await tasksOf('payoutUnknown')]).toEqual([[], []])
    expect(await (await (await shop.staff())('/desk/processors')).text()).toContain('agrees with the orders')
  })

  test('is for staff when it is less than what it is said to be made of, or in another currency', async () => {
    const odd: string[] = []
    for (const fault of ['payoutPartial', 'payoutWrongCurrency'] as const) {
      await shop.buy(adaOnline)
      addFault(shop.sim, { fault, face: 'stripe', next: 1, ...(fault === 'payoutPartial' && { by: 50 }) })
      odd.push(await paidOut())
    }
    expect(await Promise.all(odd.map(agrees))).toEqual([false, false])
    expect(await tasksOf('payoutDiffers')).toEqual(odd.map((id) => `processor:stripe ${id}`))
    const today = await (await (await shop.staff())('/desk')).text()
    for (const id of odd) expect(today).toContain(`Stripe ${id}`)
  })

  test('is for staff when a payment in it came in here with another amount, for another order, or not at all', async () => {
    const orders: ShopOrder[] = []
    for (let count = 0; count < 3; count += 1) {
      await shop.buy(adaOnline)
      orders.push(await newest())
    }
    const [dearer, elsewhere, well] = await Promise.all(orders.map(charged))
    const stranger = '019a0000-0000-7000-8000-00000000abcd'
    const { intents } = shop.sim.stripe
    if (dearer) intents.set(dearer.id, { ...dearer, amount: dearer.amount + 100 })
    if (elsewhere) intents.set(elsewhere.id, { ...elsewhere, metadata: { order: stranger } })
    await paidOut()
    expect(new Set(await tasksOf('payoutUnknown'))).toEqual(
      new Set([`order:${orders[0]?.id} ${dearer?.id}`, `order:${stranger} ${elsewhere?.id}`]),
    )
    expect(well?.id).toMatch(/^pi_/)
  })

  test('and does not for five weeks is asked about once a day, until money comes; what others sold and paid out is not waited for', async () => {
    await shop.advance('PT1M')
    await shop.rows(
      `insert into order_fact (order_id, source, ext, kind, at, ref, amount_minor)
        select '019a0000-0000-7000-8000-00000000abcd', 'stripe', ext, kind, $1, ref, 1
        from (values ('paid', 'pay.captured', 'p1'), ('elsewhere', 'order.fulfilledElsewhere', null)) of (ext, kind, ref)`,
      [shop.now()],
    )
    await shop.advance('P2D')
    await shop.buy(adaOnline)
    await shop.advance('P34D')
    await shop.restart()
    expect(await tasksOf('payoutOverdue')).toEqual([])
    await shop.advance('P2D')
    await shop.restart()
    await shop.restart()
    expect(await tasksOf('payoutOverdue')).toHaveLength(1)
    expect(await (await (await shop.staff())('/desk')).text()).toMatch(/for five weeks.*Stripe/)
    await paidOut()
    await shop.advance('P2D')
    await shop.restart()
    expect(await tasksOf('payoutOverdue')).toHaveLength(1)
  })
})
