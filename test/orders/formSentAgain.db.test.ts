import { afterAll, beforeAll, expect, test } from 'vitest'
import { expire } from '../../sim/stripe/deeds.ts'
import { ordersIn } from '../asApp.ts'
import { ada, adaOnline, openShop, type Shop } from '../openShop.ts'
import { GOOD_CARD } from '../visits.ts'
import { formsOf, textOf, type Seen } from '../walker.ts'

let shop: Shop
beforeAll(async () => {
  shop = await openShop()
})
afterAll(() => shop.close())

const card = { card: GOOD_CARD, expiry: '12/34', cvc: '123' }
const pay = { button: /^Pay/ }
const keysIn = async (): Promise<number> =>
  Number((await shop.rows('select count(*) as all from licence where order_id is not null'))[0]?.['all'])
const staffCancel = async (number: string | undefined): Promise<void> => {
  expect((await (await shop.staff())(`/desk/orders/${number}/cancel`, {})).status).toBe(303)
  await shop.settled()
}
const newest = async () => (await ordersIn(shop)).at(-1)

test('the same form with the same values is one order and one page to pay, one after the other and many at once', async () => {
  const form = await shop.orderForm(shop.walk(), 'tally')
  const first = await shop.walk().submit(form, adaOnline, pay)
  const again = await Promise.all(Array.from({ length: 6 }, () => shop.walk().submit(form, adaOnline, pay)))
  expect(new Set(again.map(({ url }) => url))).toEqual(new Set([first.url]))
  expect(await ordersIn(shop)).toHaveLength(1)
  const atOnce = await shop.orderForm(shop.walk(), 'tally')
  const pages = await Promise.all(Array.from({ length: 6 }, () => shop.walk().submit(atOnce, adaOnline, pay)))
  expect(new Set(pages.map(({ url }) => url)).size).toBe(1)
  expect(await ordersIn(shop)).toHaveLength(2)
})

test('a form that goes back and is corrected buys for the corrected address, and the slip gets no mail', async () => {
  const walk = shop.walk()
  const form = await shop.orderForm(walk, 'letterpress')
  await walk.submit(form, { ...ada, email: 'slip@mail.example', street: 'Zwaluwstraat 1' }, pay)
  const paying = await walk.submit(form, ada, pay)
  await walk.submit(paying, card, pay)
  await shop.settled()
  expect(await shop.mails('slip@mail.example')).toEqual([])
  expect(await shop.mails(ada.email)).toHaveLength(1)
  const [paid] = await shop.rows('select number from order_view where paid_at is not null')
  const label = await (await shop.staff())(`/desk/orders/${String(paid?.['number'])}/label`)
  expect(await label.text()).toContain(ada.street)
})

test('a form that is shown again, for a slip or since the price changed, keeps its own id', async () => {
  const walk = shop.walk()
  const form = await shop.orderForm(walk, 'tally')
  const idOf = (page: Seen): string | undefined =>
    formsOf(page.html).find(({ fields }) => 'order' in fields)?.fields['order']
  const slip = await walk.submit(form, { email: 'nonsense', country: 'BE' }, pay)
  const dearer = await walk.submit(form, { ...adaOnline, total: '1' }, pay)
  expect([slip.status, dearer.status]).toEqual([422, 409])
  expect([idOf(slip), idOf(dearer)]).toEqual([idOf(form), idOf(form)])
})

test('sent again when it is paid, a form leads to its key; when it is cancelled, to what became of it; never to the card page', async () => {
  const walk = shop.walk()
  const form = await shop.orderForm(walk, 'tally')
  await walk.submit(await walk.submit(form, adaOnline, pay), card, pay)
  await shop.settled()
  const keys = await keysIn()
  const paid = await walk.submit(form, adaOnline, pay)
  expect([paid.url, textOf(paid)]).toEqual([
    expect.stringContaining(`${shop.baseUrl}/r/`),
    expect.stringMatching(/Here is your key/),
  ])
  const other = await shop.orderForm(walk, 'tally')
  await walk.submit(other, adaOnline, pay)
  await staffCancel((await newest())?.number)
  const sessions = shop.sim.stripe.sessions.size
  const cancelled = await walk.submit(other, adaOnline, pay)
  expect([cancelled.url, textOf(cancelled)]).toEqual([
    expect.stringContaining(`${shop.baseUrl}/r/`),
    expect.stringMatching(/This order was cancelled/),
  ])
  expect([shop.sim.stripe.sessions.size, await keysIn()]).toEqual([sessions, keys])
})

test('sent again when its page has ended, a form opens a page that can be paid', async () => {
  const walk = shop.walk()
  const form = await shop.orderForm(walk, 'tally')
  const first = await walk.submit(form, adaOnline, pay)
  await shop.advance('P1DT2H')
  const session = [...shop.sim.stripe.sessions.values()].at(-1)
  if (session) expire(shop.sim, session)
  await shop.settled()
  const keys = await keysIn()
  const second = await walk.submit(form, adaOnline, pay)
  expect(second.url).not.toBe(first.url)
  await walk.submit(second, card, pay)
  await shop.settled()
  expect(await keysIn()).toBe(keys + 1)
})
