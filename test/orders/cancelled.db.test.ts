import { afterAll, beforeAll, expect, test } from 'vitest'
import { expire, pay as playCard, settlePending } from '../../sim/stripe/deeds.ts'
import type { Intent, Session } from '../../sim/stripe/state.ts'
import { ordersIn } from '../asApp.ts'
import { ada, adaOnline, openShop, type Shop } from '../openShop.ts'
import { payBack } from '../payBack.ts'
import { until } from '../program.ts'
import { GOOD_CARD } from '../visits.ts'
import { textOf, type Seen } from '../walker.ts'

let shop: Shop
beforeAll(async () => {
  shop = await openShop()
})
afterAll(() => shop.close())

/** Does something at the processor of which the shop is never told. */
function untold(deed: () => unknown): void {
  const known = new Set(shop.sim.messages.keys())
  shop.sim.held = true
  deed()
  shop.sim.held = false
  for (const id of shop.sim.messages.keys()) if (!known.has(id)) shop.sim.messages.delete(id)
}

const pay = { button: /^Pay/ }
const good = { card: GOOD_CARD, expiry: '12/34', cvc: '123' }

type Open = { readonly number: string; readonly id: string; readonly session: Session; readonly page: Seen }

/** An order whose buyer stands at the processor's page. */
async function opened(typed: Readonly<Record<string, string>> = adaOnline, product = 'tally'): Promise<Open> {
  const walk = shop.walk()
  const page = await walk.submit(await shop.orderForm(walk, product), typed, pay)
  const session = [...shop.sim.stripe.sessions.values()].at(-1)
  const order = (await ordersIn(shop)).at(-1)
  if (!session || !order) throw new Error('no order')
  return { number: order.number, id: order.id, session, page }
}

/** A payment that is on its way for as long as the test wants; the shop is not told. */
function pendingAt({ session }: Open): Intent {
  untold(() => playCard({ ...shop.sim, lateMs: 3_600_000 }, session, 'pending'))
  const intent = [...shop.sim.stripe.intents.values()].at(-1)
  if (!intent) throw new Error('no payment')
  return intent
}

const command = async (number: string, what: string): Promise<number> => {
  const answer = await (await shop.staff())(`/desk/orders/${number}/${what}`, {})
  await shop.settled()
  return answer.status
}
const returnPage = ({ session }: Open): Promise<Seen> => shop.walk().get(session.success_url)
const ends = async (person: { email: string }): Promise<string[]> =>
  textOf(await shop.held(person.email)).match(/until (?:\d+ \w+ \d{4}|\w+ \d+, \d{4}|\d{4}-\d\d-\d\d)/g) ?? []
const untilOf = async ({ id }: Open): Promise<readonly unknown[]> => {
  const rows = await shop.rows(
    `select b.purpose, b.event_at is not null as started from vault.basis b join order_person p using (person_id)
     where p.order_id = $1 and b.purpose in ('purchase', 'tax') order by 1`,
    [id],
  )
  return rows.map((row) => row['started'])
}

test('cancelling ends the page that stands open at the processor, and says that nothing was taken', async () => {
  const order = await opened()
  expect(await command(order.number, 'cancel')).toBe(303)
  expect(order.session.status).toBe('expired')
  const page = await returnPage(order)
  expect([textOf(page), page.headers.get('refresh')]).toEqual([expect.stringContaining('nothing was taken'), null])
})

test('money that came in all the same gives no key and no download, and the page says that it goes back', async () => {
  const cancelled = await opened()
  untold(() => playCard(shop.sim, cancelled.session, 'closedTab'))
  expect(await command(cancelled.number, 'cancel')).toBe(303)
  const page = await returnPage(cancelled)
  expect(textOf(page)).toMatch(/This order was cancelled.*goes back to the card/)
  expect(textOf(page)).not.toMatch(/nothing was taken|key is being made|Download/)
  expect([page.headers.get('refresh'), page.html.includes('id="keys"')]).toEqual([null, false])
  expect((await shop.walk().get(`${page.url}/files/tally.txt`)).status).toBe(410)
  const [task] = await shop.rows('select kind from task where about = $1', [`order:${cancelled.id}`])
  expect(task?.['kind']).toBe('moneyOnCancelled')
  expect(await payBack(shop, cancelled.number)).toBe(303)
  expect(textOf(await returnPage(cancelled))).toMatch(/went back to the card/)
  expect(await shop.rows('select 1 from licence where order_id = $1', [cancelled.id])).toEqual([])
})

test('a payment that is still on its way when the order is cancelled is not called nothing', async () => {
  const order = await opened()
  const intent = pendingAt(order)
  await command(order.number, 'cancel')
  expect(textOf(await returnPage(order))).toMatch(/still on its way/)
  settlePending(shop.sim, intent, true)
  await shop.settled()
  expect(textOf(await returnPage(order))).toMatch(/goes back to the card/)
})

test.each([
  ['is cancelled', async (order: Open) => command(order.number, 'cancel')],
  [
    'was not paid in time',
    async (order: Open) => {
      await shop.advance('P1DT1H')
      expire(shop.sim, order.session)
      await shop.settled()
    },
  ],
])('an order that %s starts the clocks of what it holds', async (_end, end) => {
  const order = await opened(ada, 'letterpress')
  expect(await untilOf(order)).toEqual([false, false])
  await end(order)
  expect(await untilOf(order)).toEqual([true, true])
})

test('a box that is paid back before it was sent starts the clocks, and its buyer sees the day', async () => {
  const bela = { ...ada, email: 'bela.box@mail.example' }
  await shop.buy(bela, { product: 'letterpress' })
  const order = (await ordersIn(shop)).at(-1)
  expect(await ends(bela)).toHaveLength(1)
  expect(await payBack(shop, order?.number)).toBe(303)
  expect((await ends(bela)).length).toBeGreaterThan(2)
})

test('a page of a later try keeps the clocks of an order waiting until it has ended too', async () => {
  const order = await opened()
  await shop.walk().submit(await returnPage(order), {}, { button: /^Pay again/ })
  await shop.settled()
  expect(order.session.status).toBe('expired')
  expect(await untilOf(order)).toEqual([false, false])
  await shop.advance('P1DT1H')
  await shop.settled()
  expect(await untilOf(order)).toEqual([true, true])
})

test('“send the box, then erase” erases when the box is paid back instead', async () => {
  const cleo = { ...ada, email: 'cleo.box@mail.example' }
  await shop.buy(cleo, { product: 'letterpress' })
  const order = (await ordersIn(shop)).at(-1)
  const walk = shop.walk()
  const choose = await walk.follow(await shop.held(cleo.email, walk), /^Erase/)
  await walk.submit(choose, {}, { button: /^Send the box/ })
  await shop.settled()
  const held = async (): Promise<number> =>
    (await shop.rows(`select 1 from vault.box where person_id = $1 and class <> 'tax'`, [order?.person])).length
  expect(await held()).toBeGreaterThan(0)
  expect(await payBack(shop, order?.number)).toBe(303)
  expect(await held()).toBe(0)
})

test('a payment that fails late can be tried again, and not before it failed', async () => {
  const order = await opened({ ...adaOnline, email: 'late.fail@mail.example' })
  const walk = shop.walk()
  const intent = pendingAt(order)
  const waiting = await returnPage(order)
  expect(waiting.html).toContain('/again')
  const early = await walk.submit(waiting, {}, { button: /^Pay again/ })
  expect(early.url).toContain('/r/')
  expect(textOf(await returnPage(order))).not.toContain('Pay again')
  untold(() => settlePending(shop.sim, intent, false))
  await shop.advance('PT21M')
  await shop.settled()
  expect(textOf(await returnPage(order))).toMatch(/did not go through.*Pay again/)
})

test('with the card that is pending and then fails, a buyer pays again with another and has the key', async () => {
  const walk = shop.walk()
  const typed = { ...adaOnline, email: 'twice.tried@mail.example' }
  const paying = await walk.submit(await shop.orderForm(walk, 'tally'), typed, pay)
  const back = await walk.submit(paying, { ...good, card: '4000 0000 0000 9995' }, pay)
  let failed = back
  await until('the payment failed', async () => {
    failed = await walk.get(back.url)
    return textOf(failed).includes('did not go through')
  })
  const again = await walk.submit(failed, {}, { button: /^Pay again/ })
  expect(again.url).not.toBe(paying.url)
  const paid = await walk.submit(again, good, pay)
  await shop.settled()
  expect(textOf(await walk.get(paid.url))).toContain('Here is your key')
})

test('however many tasks of one kind wait, they hide none of another kind, and all are counted', async () => {
  await shop.rows(`insert into task (about, kind, ref, made_at)
    select 'card:many', 'cardUnseen', 'place ' || n, now() - interval '1 year' from generate_series(1, 130) n`)
  await shop.rows(
    `insert into task (about, kind, ref, made_at) values ('processor:swreg', 'unmatchedMessage', '7001', now())`,
  )
  const [row] = await shop.rows(
    "select count(*)::int as all from task where done_at is null and kind <> 'incidentStarted'",
  )
  const page = await (await (await shop.staff())('/desk')).text()
  expect([page.includes('7001'), page.match(/value="place \d+"/g)?.length]).toEqual([true, 20])
  expect(page).toContain('110 more of these kinds wait behind them.')
  expect(page).toContain(`>${String(row?.['all'])}<`)
  await shop.rows(`delete from task where about in ('card:many', 'processor:swreg')`)
})
