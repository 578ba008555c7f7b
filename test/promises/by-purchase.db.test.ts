import { createHmac } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { send } from '../../sim/outgoing.ts'
import { pay } from '../../sim/stripe/deeds.ts'
import { ordersIn, rowCounts } from '../asApp.ts'
import { ada, adaOnline, openShop, type Shop } from '../openShop.ts'
import { until } from '../program.ts'
import { GOOD_CARD } from '../visits.ts'
import { textOf, type Seen } from '../walker.ts'

let shop: Shop
beforeAll(async () => {
  shop = await openShop()
})
afterAll(() => shop.close())

const KEY = /(?:[0-9A-Z]{5}-){4}[0-9A-Z]{5}/g
const card = (number = GOOD_CARD) => ({ card: number, expiry: '12/34', cvc: '123' })

/** What an order came to: keys, receipts, tasks for staff. */
async function cameTo(number: string) {
  const [order] = await shop.rows('select order_id as id from order_number where number = $1', [number])
  const count = async (text: string): Promise<number> => Number((await shop.rows(text, [order?.['id']]))[0]?.['all'])
  return {
    keys: await count('select count(*) as all from licence where order_id = $1'),
    receipts: await count(
      `select count(*) as all from contact_ledger where kind = 'receipt' and ref = 'order:' || $1::text`,
    ),
    tasks: (await shop.rows(`select kind from task where about = 'order:' || $1::text`, [order?.['id']])).map(
      (row) => row['kind'],
    ),
  }
}

const newestNumber = async (): Promise<string> => (await ordersIn(shop)).at(-1)?.number ?? ''

async function openPayPage(email: string): Promise<Seen> {
  const walk = shop.walk()
  return walk.submit(await shop.orderForm(walk, 'tally'), { ...adaOnline, email }, { button: /^Pay/ })
}

test('with links and forms alone, in at most eight pages and with no cookie, a stranger has the key and the download', async () => {
  const walk = shop.walk()
  const front = await walk.get(shop.baseUrl)
  const product = await walk.follow(front, /Tally/)
  const form = await walk.follow(product, /^Buy/)
  const paying = await walk.submit(form, adaOnline, { button: /^Pay/ })
  const back = await walk.submit(paying, card(), { button: /^Pay/ })
  await shop.settled()
  const page = await walk.get(back.url)
  expect(textOf(page)).toContain('Here is your key')
  expect(textOf(page).match(KEY)).toHaveLength(1)
  const file = await walk.follow(page, /^Download/)
  expect([file.status, file.html.length > 0, file.headers.get('content-disposition')]).toEqual([
    200,
    true,
    expect.stringContaining('tally.txt'),
  ])
  expect(walk.pages()).toBeLessThanOrEqual(8)
  expect(walk.cookies()).toEqual([])
  expect(await cameTo(await newestNumber())).toEqual({ keys: 1, receipts: 1, tasks: [] })
})

test('the receipt comes to the address that was typed, with the key that the page showed', async () => {
  const shown = textOf(await shop.buy({ ...adaOnline, email: 'bela@mail.example' })).match(KEY)
  const mails = await shop.mails('bela@mail.example')
  expect(mails.map((mail) => mail.kind)).toEqual(['receipt'])
  expect(mails[0]?.text.match(KEY)).toEqual(shown)
})

test('three pieces are three different keys and one receipt', async () => {
  const walk = shop.walk()
  const cart = await walk.follow(await shop.orderForm(walk, 'tally'), /Change/)
  const three = await walk.submit(cart, { q0: '3' }, { button: /Update/ })
  const form = await walk.follow(three, /Go on to the order form/)
  const paying = await walk.submit(form, adaOnline, { button: /^Pay/ })
  const back = await walk.submit(paying, card(), { button: /^Pay/ })
  await shop.settled()
  expect(new Set(textOf(await walk.get(back.url)).match(KEY)).size).toBe(3)
  expect(await cameTo(await newestNumber())).toEqual({ keys: 3, receipts: 1, tasks: [] })
})

test('a box is asked where it goes, and staff find it waiting with its label until it is at the post', async () => {
  await shop.buy(ada, { product: 'letterpress' })
  const number = await newestNumber()
  const desk = await shop.staff()
  expect(await (await desk('/desk')).text()).toContain(number)
  const label = textOf({ html: await (await desk(`/desk/orders/${number}/label`)).text() } as Seen)
  for (const line of [ada.name, ada.street, `${ada.postcode} ${ada.city}`, 'BELGIUM']) expect(label).toContain(line)
  await desk(`/desk/orders/${number}/hand-over`, {})
  expect(await (await desk('/desk')).text()).not.toContain(`/desk/orders/${number}"`)
  expect(await cameTo(number)).toMatchObject({ keys: 1, receipts: 1 })
})

describe('whatever the processor sends, each piece has one key and the order one receipt:', () => {
  test('the same message forty times at once, and once more a day later', async () => {
    await shop.buy({ ...adaOnline, email: 'often@mail.example' })
    const number = await newestNumber()
    const event = [...shop.sim.messages.values()].at(-1)
    if (!event) throw new Error('the processor sent nothing')
    const answers = await Promise.all(Array.from({ length: 40 }, () => send(shop.sim, event)))
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
    await shop.advance('P1D')
    await send(shop.sim, event)
    await shop.settled()
    expect(await cameTo(number)).toEqual({ keys: 1, receipts: 1, tasks: [] })
  })

  test('a second payment, which staff are asked to pay back', async () => {
    await shop.buy({ ...adaOnline, email: 'twice@mail.example' }, { card: '4000 0000 0000 0119' })
    expect(await cameTo(await newestNumber())).toEqual({ keys: 1, receipts: 1, tasks: ['secondPayment'] })
  })

  test('the message before the buyer is back, and a tab that was closed after paying', async () => {
    const paying = await openPayPage('closed@mail.example')
    await shop.walk().submit(paying, card('4000 0000 0000 0101'), { button: /^Pay/ })
    await shop.settled()
    expect(await cameTo(await newestNumber())).toEqual({ keys: 1, receipts: 1, tasks: [] })
    expect(await shop.mails('closed@mail.example')).toHaveLength(1)
  })

  test('a message that the hosted page ended, which arrives after the money', async () => {
    const page = textOf(await shop.buy({ ...adaOnline, email: 'late@mail.example' }))
    const [order] = (await ordersIn(shop)).slice(-1)
    const body = { id: 'evt_late', type: 'checkout.session.expired', created: Math.floor(shop.now().getTime() / 1000) }
    const object = {
      id: 'cs_1',
      object: 'checkout.session',
      client_reference_id: order?.id,
      status: 'expired',
      payment_status: 'unpaid',
    }
    expect(await deliver(JSON.stringify({ ...body, object: 'event', data: { object } }))).toBe(200)
    await shop.settled()
    expect(await cameTo(order?.number ?? '')).toEqual({ keys: 1, receipts: 1, tasks: [] })
    expect(page.match(KEY)).toHaveLength(1)
  })

  test('a declined card gives nothing, and a good one on the same page then gives the key', async () => {
    const paying = await openPayPage('again@mail.example')
    const walk = shop.walk()
    const declined = await walk.submit(paying, card('4000 0000 0000 0002'), { button: /^Pay/ })
    await shop.settled()
    expect(await cameTo(await newestNumber())).toEqual({ keys: 0, receipts: 0, tasks: [] })
    await walk.submit(declined, card(), { button: /^Pay/ })
    await shop.settled()
    expect(await cameTo(await newestNumber())).toEqual({ keys: 1, receipts: 1, tasks: [] })
  })

  test('a payment that is pending first, and gives the key when it succeeds', async () => {
    const paying = await openPayPage('pending@mail.example')
    shop.sim.held = true
    const session = [...shop.sim.stripe.sessions.values()].at(-1)
    if (session) pay(shop.sim, session, 'pending')
    await until('the payment ends', () => [...shop.sim.stripe.intents.values()].at(-1)?.status === 'succeeded')
    for (const event of [...shop.sim.messages.values()].slice(-2).reverse()) await send(shop.sim, event)
    shop.sim.held = false
    await shop.settled()
    expect(paying.status).toBe(200)
    expect(await cameTo(await newestNumber())).toEqual({ keys: 1, receipts: 1, tasks: [] })
  })
})

async function deliver(body: string, signed: { secret?: string; ago?: number } = {}): Promise<number> {
  const { secret = 'whsec_shop', ago = 0 } = signed
  const at = Math.floor(shop.now().getTime() / 1000) - ago
  const mac = createHmac('sha256', secret).update(`${at}.${body}`).digest('hex')
  const headers = { 'stripe-signature': `t=${at},v1=${mac}`, 'content-type': 'application/json' }
  return (await shop.ask('/in/stripe', { method: 'POST', body, headers })).status
}

test('a message that the processor did not sign, or signed too long ago, is refused and leaves no row', async () => {
  await openPayPage('forged@mail.example')
  await shop.settled()
  const [order] = (await ordersIn(shop)).slice(-1)
  const object = {
    id: 'cs_forged',
    object: 'checkout.session',
    client_reference_id: order?.id,
    currency: 'eur',
    amount_total: 1900,
    status: 'complete',
    payment_status: 'paid',
    payment_intent: 'pi_forged',
  }
  const created = Math.floor(shop.now().getTime() / 1000)
  const body = JSON.stringify({
    id: 'evt_forged',
    object: 'event',
    type: 'checkout.session.completed',
    created,
    data: { object },
  })
  const before = await rowCounts(shop)
  expect(await deliver(body, { secret: 'whsec_guessed' })).toBe(401)
  expect(await deliver(body, { ago: 3600 })).toBe(401)
  expect((await shop.ask('/in/stripe', { method: 'POST', body })).status).toBe(401)
  await shop.settled()
  expect(await rowCounts(shop)).toEqual(before)
  expect(await cameTo(order?.number ?? '')).toEqual({ keys: 0, receipts: 0, tasks: [] })
  expect(await deliver(body)).toBe(200)
  await shop.settled()
  expect(await cameTo(order?.number ?? '')).toEqual({ keys: 1, receipts: 1, tasks: [] })
})
