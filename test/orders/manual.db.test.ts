import { afterAll, beforeAll, expect, test } from 'vitest'
import { receive, type OrderId, type OrderTables } from '../../src/core/orders/index.ts'
import { dayIn, isIban } from '../../src/lib/index.ts'
import { ordersIn, type ShopOrder } from '../asApp.ts'
import { config } from '../../examples/higosoft/config.ts'
import { ada, adaOnline, openShop, type Shop } from '../openShop.ts'
import { payBack } from '../payBack.ts'
import { until } from '../program.ts'
import { formsOf, textOf, type Seen } from '../walker.ts'

let shop: Shop
beforeAll(async () => {
  shop = await openShop({}, {}, ['manual'])
})
afterAll(() => shop.close())

type Staff = Awaited<ReturnType<Shop['staff']>>

/** Orders by hand; answers the page after the order form, the order and a member of staff at work. */
async function ordered(
  typed: Readonly<Record<string, string>>,
  product = 'tally',
): Promise<{ page: Seen; order: ShopOrder; staff: Staff }> {
  const walk = shop.walk()
  const page = await walk.submit(
    await shop.orderForm(walk, product),
    { ...typed, processor: 'manual' },
    { button: /^Pay/ },
  )
  await shop.settled()
  return { page, order: (await ordersIn(shop)).at(-1) as ShopOrder, staff: await shop.staff() }
}

async function deskPage(staff: Staff, { number }: ShopOrder): Promise<Seen> {
  const answer = await staff(`/desk/orders/${number}`)
  return {
    url: `${shop.baseUrl}/desk/orders/${number}`,
    status: answer.status,
    html: await answer.text(),
    headers: answer.headers,
  }
}

/** Fills in the form for money that came, as it stands on the order's page. */
async function note(staff: Staff, order: ShopOrder, typed: Readonly<Record<string, string>> = {}): Promise<Response> {
  const form = formsOf((await deskPage(staff, order)).html).find(({ action }) => action.endsWith('/paid'))
  const answer = await staff(`/desk/orders/${order.number}/paid`, { ...form?.fields, way: 'transfer', ...typed })
  await shop.settled()
  return answer
}

const headline = async ({ id }: ShopOrder): Promise<unknown> =>
  (await shop.rows('select headline from order_view where order_id = $1', [id]))[0]?.['headline']
const keys = async ({ id }: ShopOrder): Promise<number> =>
  (await shop.rows('select 1 from licence where order_id = $1', [id])).length
const tasks = async (kind: string): Promise<readonly unknown[]> =>
  shop.rows('select about from task where kind = $1 and done_at is null', [kind])

test('a buyer learns on the page and by mail where to pay what, with which reference and until when; nothing goes to any company', async () => {
  const sent = shop.received.length
  const { page, order } = await ordered({ ...adaOnline, email: 'bela.transfer@mail.example' })
  const text = textOf(page)
  expect(new URL(page.url).origin).toBe(shop.baseUrl)
  for (const said of ['€19.00', 'BE39 9990 0042 1719', 'Higosoft Studio', `Reference ${order.number}`])
    expect(text).toContain(said)
  expect([page.headers.get('refresh'), /Pay again/.test(text)]).toEqual([null, false])
  const [mail, ...more] = await shop.mails('bela.transfer@mail.example')
  expect([mail?.kind, more]).toEqual(['howToPay', []])
  for (const said of ['€19.00', 'BE39 9990 0042 1719', `Reference: ${order.number}`]) expect(mail?.text).toContain(said)
  const [waits] = await shop.rows('select expires_at from checkout_session where order_id = $1', [order.id])
  const days = (Number(waits?.['expires_at']) - shop.now().getTime()) / 86_400_000
  expect(Math.round(days)).toBe(30)
  const link = /http\S+\/o\/\S+/.exec(mail?.text ?? '')?.[0] ?? ''
  expect(textOf(await shop.walk().get(link))).toContain('BE39 9990 0042 1719')
  expect(shop.received.length).toBe(sent)
  expect(
    (await shop.rows(`select recipient from disclosure where ref = $1`, [`order:${order.id}`])).map(
      (row) => row['recipient'],
    ),
  ).toEqual(['mailHost'])
  expect(isIban(config.bankTransfer?.iban ?? '')).toBe(true)
})

test('staff note a part, which stays a part and says so, and then the rest: the key follows, once', async () => {
  const { page, order, staff } = await ordered({ ...adaOnline, email: 'part@mail.example' })
  expect((await note(staff, order, { amount: '9,50' })).status).toBe(303)
  expect([await headline(order), await keys(order)]).toEqual(['pending', 0])
  expect(textOf(await deskPage(staff, order))).toContain('€9.50 of €19.00 has come.')
  expect(textOf(await shop.walk().get(page.url))).toContain('€9.50 is left; €9.50 has come')
  expect((await note(staff, order, { way: 'cheque' })).status).toBe(303)
  expect([await headline(order), await keys(order)]).toEqual(['paid', 1])
  expect(textOf(await shop.walk().get(page.url))).toContain('Licence key for Tally')
  expect((await shop.mails('part@mail.example')).map(({ kind }) => kind).sort()).toEqual(['howToPay', 'receipt'])
  const facts = await shop.rows(
    `select source, amount_minor::int as amount, split_part(ref, ':', 1) as way from order_fact where order_id = $1 and kind = 'pay.captured' order by at`,
    [order.id],
  )
  expect(facts).toEqual([
    { source: 'manual', amount: 950, way: 'transfer' },
    { source: 'manual', amount: 950, way: 'cheque' },
  ])
  expect(
    await shop.rows('select 1 from licence_owner o join licence l using (licence_id) where l.order_id = $1', [
      order.id,
    ]),
  ).toHaveLength(1)
})

test('a form that is sent twice, or ten times at once, counts once', async () => {
  const { order, staff } = await ordered(adaOnline)
  const form = formsOf((await deskPage(staff, order)).html).find(({ action }) => action.endsWith('/paid'))
  const send = (more: object): Promise<Response> =>
    staff(`/desk/orders/${order.number}/paid`, { ...form?.fields, way: 'transfer', amount: '10', ...more })
  await Promise.all(Array.from({ length: 10 }, () => send({})))
  await send({ way: 'cheque' })
  await shop.settled()
  expect(
    await shop.rows(
      `select amount_minor::int as amount from order_fact where order_id = $1 and kind = 'pay.captured'`,
      [order.id],
    ),
  ).toEqual([{ amount: 1000 }])
})

test('what is wrong with the form stands beside its field, and nothing is recorded', async () => {
  const { order, staff } = await ordered(adaOnline)
  const today = dayIn('Europe/Brussels', shop.now())
  for (const [typed, id] of [
    [{ amount: '' }, 'came-amount'],
    [{ amount: '0' }, 'came-amount'],
    [{ amount: '-5' }, 'came-amount'],
    [{ amount: '1.234' }, 'came-amount'],
    [{ amount: '99999999.00' }, 'came-amount'],
    [{ amount: 'nineteen' }, 'came-amount'],
    [{ day: '2020-01-01' }, 'came-day'],
    [{ day: `${Number(today.slice(0, 4)) + 1}-01-01` }, 'came-day'],
    [{ day: '2026-02-30' }, 'came-day'],
    [{ day: '' }, 'came-day'],
    [{ way: 'cash' }, 'came-way'],
  ] as const) {
    const answer = await note(staff, order, typed)
    const html = await answer.text()
    expect([typed, answer.status, html.includes(`id="e-${id}"`)]).toEqual([typed, 422, true])
  }
  expect(await headline(order)).toBe('awaiting')
  expect(
    (await shop.ask(`/desk/orders/${order.number}/paid`, { method: 'POST', headers: { origin: shop.baseUrl } })).status,
  ).not.toBe(200)
  expect(await shop.rows(`select 1 from order_fact where order_id = $1 and kind = 'pay.captured'`, [order.id])).toEqual(
    [],
  )
})

test('more than the total becomes a task, with exactly what is too much as a payment of its own', async () => {
  const { order, staff } = await ordered(ada, 'letterpress')
  await note(staff, order, { amount: '100.00' })
  expect(await headline(order)).toBe('toPack')
  expect(await tasks('secondPayment')).toEqual([{ about: `order:${order.id}` }])
  const pieces = await shop.rows(
    `select amount_minor::int as amount from order_fact where order_id = $1 and kind = 'pay.captured' order by 1`,
    [order.id],
  )
  expect(pieces).toEqual([{ amount: 1600 }, { amount: 8400 }])
})

/** Refunds of an order as the desk and the licences have them. */
async function refunded({ id }: ShopOrder): Promise<object> {
  const facts = await shop.rows(
    `select kind, amount_minor::int as amount, reason from order_fact where order_id = $1 and kind like 'refund.%' order by at, kind`,
    [id],
  )
  const open = await shop.rows(`select kind from task where about = $1 and done_at is null`, [`order:${id}`])
  const withdrawn = await shop.rows('select 1 from licence where order_id = $1 and revoked_at is not null', [id])
  return {
    facts: facts.map(({ kind, amount, reason }) => `${String(kind)} ${String(amount)} ${String(reason)}`),
    tasks: open.map(({ kind }) => kind),
    withdrawn: withdrawn.length,
  }
}

test('a transfer is paid back by hand: staff ask by the form, it waits as a task, and what they note withdraws the key', async () => {
  const { page, order, staff } = await ordered({ ...adaOnline, email: 'back@mail.example' })
  await note(staff, order)
  const sent = shop.received.length
  expect(await payBack(shop, order.number)).toBe(303)
  const asked = 'refund.requested 1900 asked'
  expect(await refunded(order)).toEqual({ facts: [asked], tasks: ['payBackByHand'], withdrawn: 0 })
  expect(await payBack(shop, order.number)).toBeUndefined()
  const desk = await deskPage(staff, order)
  expect(textOf(desk)).toContain('Paid by Bank transfer or cheque')
  expect(textOf(desk)).toContain('To be paid back by hand')
  expect(textOf(await shop.walk().get(page.url))).toContain('Licence key for Tally')

  const done = formsOf(desk.html).find(({ action }) => action.endsWith('/paid-back'))
  for (let press = 0; press < 2; press += 1) expect((await staff(done?.action ?? '', done?.fields)).status).toBe(303)
  await shop.settled()
  const gone = { facts: [asked, 'refund.succeeded 1900 asked'], tasks: [], withdrawn: 1 }
  expect([await headline(order), await refunded(order)]).toEqual(['refunded', gone])
  expect(formsOf((await deskPage(staff, order)).html).map(({ action }) => action)).not.toContain(done?.action)
  expect(shop.received.length).toBe(sent)
})

test('a part that is paid back by hand out of kindness leaves the key, and its button stands beside the task too', async () => {
  const { order, staff } = await ordered({ ...adaOnline, email: 'part-back@mail.example' })
  await note(staff, order)
  expect(await payBack(shop, order.number, { amount: '20', reason: 'goodwill' })).toBe(422)
  expect(await payBack(shop, order.number, { amount: '4.50', reason: 'goodwill' })).toBe(303)
  const today = formsOf(await (await staff('/desk')).text())
  const task = today.find(({ fields }) => fields['about'] === `order:${order.id}` && fields['kind'] === 'payBackByHand')
  expect((await staff('/desk/tasks', { ...task?.fields, do: 'done' })).status).toBe(303)
  await shop.settled()
  expect(await refunded(order)).toEqual({
    facts: ['refund.requested 450 goodwill', 'refund.succeeded 450 goodwill'],
    tasks: [],
    withdrawn: 0,
  })
  expect(await headline(order)).toBe('partlyRefunded')
})

test('money cannot be noted on an order that is paid at a processor', async () => {
  await shop.buy(adaOnline)
  const order = (await ordersIn(shop)).at(-1) as ShopOrder
  const staff = await shop.staff()
  expect((await deskPage(staff, order)).html).not.toContain('id="by-hand"')
  expect(
    (await staff(`/desk/orders/${order.number}/paid`, { amount: '19', day: '2026-11-28', way: 'transfer' })).status,
  ).toBe(404)
})

test('an order that is sent again goes on waiting, and a corrected one is a fresh one', async () => {
  const walk = shop.walk()
  const form = await shop.orderForm(walk, 'tally')
  const typed = { ...adaOnline, email: 'again@mail.example', processor: 'manual' }
  const first = await walk.submit(form, typed, { button: /^Pay/ })
  const second = await walk.submit(form, typed, { button: /^Pay/ })
  expect(second.url).toBe(first.url)
  await shop.settled()
  expect((await shop.mails('again@mail.example')).length).toBe(1)
})

/** An order by hand whose form is sent once more, to pay by card after all; and then it is not. */
async function leftAtTheCard(email: string): Promise<{ order: ShopOrder; staff: Staff }> {
  const walk = shop.walk()
  const form = await shop.orderForm(walk, 'tally')
  await walk.submit(form, { ...adaOnline, email, processor: 'manual' }, { button: /^Pay/ })
  await walk.submit(form, { ...adaOnline, email, processor: 'stripe' }, { button: /^Pay/ })
  await shop.settled()
  return { order: (await ordersIn(shop)).at(-1) as ShopOrder, staff: await shop.staff() }
}

test('a transfer that comes although the card was tried since is noted as any other, for thirty days', async () => {
  const { order } = await leftAtTheCard('changed.mind@mail.example')
  await shop.advance('P5D')
  await shop.restart()
  await shop.settled()
  expect(await headline(order)).not.toBe('cancelled')
  await note(await shop.staff(), order)
  expect([await headline(order), await keys(order)]).toEqual(['paid', 1])
  expect((await shop.mails('changed.mind@mail.example')).map(({ kind }) => kind)).toContain('receipt')
})

test('an order that is paid in part is for staff, also when the card was tried since, or when a processor told of less than it costs', async () => {
  const { order, staff } = await leftAtTheCard('part.then.card@mail.example')
  await note(staff, order, { amount: '9.50' })
  const less = await ordered({ ...adaOnline, email: 'less@mail.example' })
  const money = { source: 'stripe', ref: 'pi_less', amountMinor: 1800, currency: 'EUR' }
  const paid = { ...money, ext: 'evt_less', kind: 'pay.captured', at: shop.now() } as const
  const ctx = { db: shop.at.engine.for<OrderTables>(), now: shop.now, kick: () => {} }
  await receive(ctx, less.order.id as OrderId, [paid])
  await shop.advance('P2D')
  await shop.restart()
  await shop.settled()
  expect(await tasks('partlyPaid')).toContainEqual({ about: `order:${order.id}` })
  expect(await tasks('partlyPaid')).not.toContainEqual({ about: `order:${less.order.id}` })
  await shop.advance('P29D')
  await shop.restart()
  expect(await tasks('partlyPaid')).toContainEqual({ about: `order:${less.order.id}` })
})

test('after thirty days an order that nobody paid has ended, and one that is paid in part is for staff', async () => {
  const open = await ordered({ ...adaOnline, email: 'never@mail.example' })
  const part = await ordered({ ...adaOnline, email: 'partly@mail.example' })
  await note(part.staff, part.order, { amount: '1' })
  await shop.advance('P29D')
  await shop.restart()
  expect(await headline(open.order)).toBe('awaiting')
  await shop.advance('P1DT1H')
  await shop.restart()
  await until('it has ended', async () => (await headline(open.order)) === 'expired')
  expect(await headline(part.order)).toBe('pending')
  expect(await tasks('partlyPaid')).toContainEqual({ about: `order:${part.order.id}` })
  expect(await tasks('partlyPaid')).not.toContainEqual({ about: `order:${open.order.id}` })
  const staff = await shop.staff()
  await note(staff, open.order)
  expect([await headline(open.order), await keys(open.order)]).toEqual(['paid', 1])
})
