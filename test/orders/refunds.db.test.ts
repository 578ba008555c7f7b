import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { pay } from '../../sim/stripe/deeds.ts'
import {
  askByHand,
  receive,
  type Fact,
  type FactKind,
  type OrderId,
  type OrderTables,
} from '../../src/core/orders/index.ts'
import { dayIn, later } from '../../src/lib/index.ts'
import { ordersIn, type ShopOrder } from '../asApp.ts'
import { ada, adaOnline, openShop, type Shop } from '../openShop.ts'
import { payBack } from '../payBack.ts'
import { placed, type Waiting } from '../storm/storm.ts'
import { formsOf, textOf } from '../walker.ts'

let shop: Shop
beforeAll(async () => {
  shop = await openShop()
})
afterAll(() => shop.close())

const ctx = () => ({ db: shop.at.engine.for<OrderTables>(), now: shop.now, kick: () => shop.desk().worker.kick() })
async function told(order: ShopOrder, ext: string, kind: FactKind, more: Partial<Fact>): Promise<void> {
  await receive(ctx(), order.id as OrderId, [{ source: 'stripe', ext, kind, at: shop.now(), currency: 'EUR', ...more }])
  await shop.settled()
}
/** An order of so many pieces, paid. */
async function bought(pieces: number): Promise<ShopOrder & Waiting> {
  const waiting = await placed(shop, pieces)
  shop.sim.held = false
  pay(shop.sim, waiting.session, 'approve')
  await shop.settled()
  return { ...((await ordersIn(shop)).find(({ id }) => id === waiting.orderId) as ShopOrder), ...waiting }
}
const rowsOf = async (text: string, { id }: ShopOrder) => (await shop.rows(text, [id])).map((row) => row['it'])
const paymentOf = async (order: ShopOrder): Promise<string> =>
  String((await rowsOf(`select ref as it from order_fact where order_id = $1 and kind = 'pay.captured'`, order))[0])
const working = (order: ShopOrder) =>
  rowsOf('select unit as it from licence where order_id = $1 and revoked_at is null order by unit', order)
const deskPage = async ({ number }: ShopOrder): Promise<string> =>
  (await (await shop.staff())(`/desk/orders/${number}`)).text()
const seen = async (order: ShopOrder): Promise<string> =>
  textOf({ url: '', status: 200, html: await deskPage(order), headers: new Headers() })
const right = async (order: ShopOrder, unit: number, what: 'withdraw' | 'give'): Promise<number> => {
  const form = { unit: String(unit), do: what }
  const { status } = await (await shop.staff())(`/desk/orders/${order.number}/right`, form)
  await shop.settled()
  return status
}
const keysOf = async ({ email }: Waiting): Promise<string[]> =>
  (await shop.mails(email)).flatMap(({ text }) => text.match(/\b(?:[0-9A-Z]{5}-){4}[0-9A-Z]{5}\b/g) ?? [])
const checked = async (key: string | undefined): Promise<unknown> => {
  const asked = { method: 'POST', body: JSON.stringify({ key }) }
  return ((await (await shop.ask('/api/v1/licences/check', asked)).json()) as { code: string }).code
}
const refundedAt = ({ session }: Waiting): number =>
  [...shop.sim.stripe.intents.values()]
    .filter((one) => one.session === session.id)
    .reduce((sum, one) => sum + one.refunded, 0)

test('what is wrong with a refund stands beside its field, nothing that was typed is lost, and nothing goes back', async () => {
  const order = await bought(1)
  const sam = await shop.staff()
  const payment = await paymentOf(order)
  const sent = async (typed: Record<string, string>): Promise<[number, string]> => {
    const answer = await sam(`/desk/orders/${order.number}/refund`, { payment, ...typed })
    return [answer.status, await answer.text()]
  }
  for (const amount of ['', '0', '-5', '19.001', 'nineteen', '1,900.00', '19.01', '99999999999', '\u0000']) {
    const [status, html] = await sent({ amount, reason: 'goodwill' })
    expect([amount, status, html.includes('id="e-amount"')]).toEqual([amount, 422, true])
    if (amount !== '\u0000') expect(html).toContain(`value="${amount}"`)
    expect(html).toMatch(/<option value="goodwill" selected/)
  }
  for (const reason of ['', 'because', '__proto__']) {
    const [status, html] = await sent({ amount: '5,00', reason })
    expect([status, html.includes('id="e-reason"'), html.includes('value="5,00"')]).toEqual([422, true, true])
  }
  expect((await sent({ payment: 'pi_of_another', amount: '1', reason: 'asked' }))[0]).toBe(409)
  expect(refundedAt(order)).toBe(0)
  expect(await rowsOf(`select kind as it from order_fact where order_id = $1 and kind like 'refund%'`, order)).toEqual(
    [],
  )
})

test('of five pieces two are paid back: staff are asked, withdraw two keys, and the other three go on working', async () => {
  const order = await bought(5)
  expect(await payBack(shop, order.number, { amount: '38.00' })).toBe(303)
  expect([refundedAt(order), await working(order)]).toEqual([3800, [0, 1, 2, 3, 4]])
  expect(await rowsOf('select kind as it from task where about = $1', { ...order, id: `order:${order.id}` })).toEqual([
    'partialRefund',
  ])
  expect([await right(order, 1, 'withdraw'), await right(order, 4, 'withdraw')]).toEqual([303, 303])
  expect(await working(order)).toEqual([0, 2, 3])
  const codes = await Promise.all((await keysOf(order)).map(checked))
  expect(codes.toSorted((a, b) => String(a).localeCompare(String(b)))).toEqual([
    'REVOKED',
    'REVOKED',
    'VALID',
    'VALID',
    'VALID',
  ])
  expect(await seen(order)).toMatch(/paid back The customer asked for it us.*2\. Tally withdrawn \(as staff decided\)/)
  expect([await right(order, 5, 'withdraw'), await right(order, -1, 'give')]).toEqual([409, 409])
  expect(await payBack(shop, order.number, { amount: '57.00', reason: 'goodwill' })).toBe(303)
  expect(await working(order)).toEqual([])
  expect(await payBack(shop, order.number)).toBeUndefined()
  const ahead = later(shop.now(), 3_600_000) // the clock of the machine was put back since
  await told(order, 'ahead', 'right.withdrawn', { source: 'desk', ref: '3', at: ahead })
  expect([await right(order, 2, 'give'), await right(order, 3, 'give')]).toEqual([303, 303])
  expect(await working(order)).toEqual([2, 3])
})

test('the form of a refund of a part that is sent twice, or five times at once, pays back once', async () => {
  const order = await bought(1)
  const path = `/desk/orders/${order.number}/refund`
  const form = formsOf(await deskPage(order)).find(({ action }) => action === path)
  const sam = await shop.staff()
  const send = () => sam(path, { ...form?.fields, amount: '5', reason: 'goodwill' })
  const answers = await Promise.all(Array.from({ length: 5 }, send))
  expect([...answers, await send()].map(({ status }) => status)).toEqual(Array.from({ length: 6 }, () => 303))
  await shop.settled()
  expect(refundedAt(order)).toBe(500)
  expect(await payBack(shop, order.number, { amount: '5', reason: 'goodwill' })).toBe(303)
  expect(refundedAt(order)).toBe(1000)
})

test('two members of staff who pay back at once pay back once', async () => {
  const order = await bought(1)
  const sent = { payment: await paymentOf(order), amount: '19.00', reason: 'asked' }
  const desks = await Promise.all([shop.staff(), shop.staff(), shop.staff()])
  const answers = await Promise.all(desks.map((desk) => desk(`/desk/orders/${order.number}/refund`, sent)))
  await shop.settled()
  expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual([303, 409, 409])
  expect(refundedAt(order)).toBe(1900)
  expect(
    await rowsOf(
      `select ids->>'processor' as it from job where kind = 'payments.refund' and ids->>'orderId' = $1`,
      order,
    ),
  ).toEqual(['stripe'])
})

test('a key that staff withdrew stays withdrawn when the bank finds for the vendor, and one that was paid back is nobody else’s', async () => {
  const order = await bought(2)
  await told(order, 'warned', 'dispute.warned', { ref: 'dp', amountMinor: 3800 })
  expect(await working(order)).toEqual([0, 1])
  await told(order, 'opened', 'dispute.opened', { ref: 'dp', amountMinor: 3800 })
  const [first] = await keysOf(order)
  expect(await checked(first)).toBe('SUSPENDED')
  expect(await seen(order)).toMatch(/it looks at the payment.*blocked while the bank looks/)
  await right(order, 0, 'withdraw')
  await told(order, 'won', 'dispute.won', { ref: 'dp', amountMinor: 3800 })
  expect(await working(order)).toEqual([1])
  await payBack(shop, order.number)
  expect(await working(order)).toEqual([])
  const next = await bought(3)
  expect((await keysOf(next)).filter((key) => key === first)).toEqual([])
  const [row] = await shop.rows('select count(*)::int as all, count(distinct key_hash)::int as keys from licence')
  expect(row?.['all']).toBe(row?.['keys'])
  expect(await shop.rows('select 1 from licence_unit where order_id = $1', [order.id])).toHaveLength(2)
})

test('what the processor kept is shown when it is known', async () => {
  const order = await bought(1)
  expect(await seen(order)).toMatch(/What the processor kept not known/)
  await told(order, 'fee', 'money.fee', { ref: await paymentOf(order), amountMinor: 80 })
  await told(order, 'tax', 'money.tax', { ref: await paymentOf(order), amountMinor: 330 })
  expect(await seen(order)).toMatch(/kept €0\.80 What it pays on as tax €3\.30 What comes to you €14\.90/)
})

test('a refund that no processor can be asked for is a task, and done when staff say that it is', async () => {
  const order = await bought(1)
  const asked = { source: 'desk', of: await paymentOf(order), amountMinor: 1900, reason: 'asked' } as const
  await told(order, 'refund:hand', 'refund.requested', { ...asked, ref: 'hand' })
  const sam = await shop.staff()
  const done = async (ref: string): Promise<number> => {
    const answer = await sam(`/desk/orders/${order.number}/paid-back`, { refund: ref })
    await shop.settled()
    return answer.status
  }
  expect([await done('hand'), (await deskPage(order)).includes('It is paid back')]).toEqual([409, false])
  await askByHand(ctx(), order.id as OrderId, 'hand')
  await askByHand(ctx(), order.id as OrderId, 'hand')
  expect(await (await sam('/desk')).text()).toContain('Pay it back yourself')
  expect(await deskPage(order)).toContain('It is paid back')
  expect(await working(order)).toEqual([0])
  expect([await done('hand'), await done('hand'), await done('other')]).toEqual([303, 303, 409])
  expect(await working(order)).toEqual([])
  expect(await seen(order)).toContain('paid back The customer asked for it us')
  expect(await (await sam('/desk')).text()).not.toContain('Pay it back yourself')
})

describe('when a processor fails', () => {
  const owner = async (label = 'olga') => {
    const link = (await shop.desk().staffLink({ label, role: 'owner' })) ?? ''
    const entered = await shop.ask(link, { method: 'POST', headers: { origin: shop.baseUrl } })
    const cookie = entered.headers.getSetCookie()[0]?.split(';')[0] ?? ''
    return async (path: string, form?: Record<string, string>): Promise<[number, string]> => {
      const sent = form && { method: 'POST', body: new URLSearchParams(form) }
      const answer = await shop.ask(path, { headers: { cookie, origin: shop.baseUrl }, ...sent })
      return [answer.status, textOf({ url: path, status: 200, html: await answer.text(), headers: answer.headers })]
    }
  }

  test('nobody but the owner can pay everybody back, and a slip is said beside its field', async () => {
    const sam = await shop.staff()
    expect((await sam('/desk/incident')).status).toBe(403)
    const all = { processor: 'stripe', since: '2020-01-01', do: 'start' }
    expect((await sam('/desk/incident', all)).status).toBe(403)
    expect((await sam('/desk/orders')).status).toBe(200)
    expect(await (await sam('/desk/orders')).text()).not.toContain('/desk/incident')
    const olga = await owner()
    expect(await olga('/desk/incident')).toEqual([200, expect.stringMatching(/Which processor Stripe/)])
    for (const wrong of [{ processor: 'mallory' }, { since: '2020-02-30' }, { since: '' }])
      expect((await olga('/desk/incident', { ...all, ...wrong }))[0]).toBe(422)
    expect((await olga('/desk/incident/mallory/2020-01-01'))[0]).toBe(404)
    expect(await shop.rows(`select 1 from job where kind = 'orders.incident'`)).toEqual([])
  })

  test('everybody is paid back once however often it is asked, every key stays, and no box is packed', async () => {
    const [one, partly, before] = [await bought(2), await bought(3), await bought(1)]
    await payBack(shop, partly.number, { amount: '7.00' })
    await payBack(shop, before.number)
    await shop.buy(ada, { product: 'letterpress' })
    const box = (await ordersIn(shop)).at(-1) as ShopOrder
    const keysBefore = await shop.rows('select licence_id from licence where revoked_at is null order by 1')
    const moneyBack = (): number =>
      [...shop.sim.stripe.intents.values()].reduce((sum, { refunded }) => sum + refunded, 0)
    const moneyIn = [...shop.sim.stripe.intents.values()].reduce((sum, { amount }) => sum + amount, 0)
    const [olga, petra] = [await owner(), await owner('petra')]
    const since = dayIn('Europe/Brussels', shop.now())
    const [, looked] = await olga('/desk/incident', { processor: 'stripe', since })
    expect(looked).toMatch(/\d+ orders, €[\d,.]+ in all/)
    const byHand = 1900
    expect(looked).toContain(((moneyIn - moneyBack() - byHand) / 100).toFixed(2))
    const future = { processor: 'stripe', since: '2199-01-01' }
    expect(await olga('/desk/incident', future)).toEqual([200, expect.stringContaining('Nothing is left')])

    const start = { processor: 'stripe', since, do: 'start' }
    expect(
      (await Promise.all([olga('/desk/incident', start), olga('/desk/incident', start)])).map(([status]) => status),
    ).toEqual([303, 303])
    await shop.settled()
    expect((await olga('/desk/incident', start))[0]).toBe(303)
    await shop.settled()
    for (const intent of shop.sim.stripe.intents.values()) expect(intent.refunded).toBeLessThanOrEqual(intent.amount)
    expect([refundedAt(one), refundedAt(partly), refundedAt(before)]).toEqual([3800, 5700, 1900])
    expect(await shop.rows('select licence_id from licence where revoked_at is null order by 1')).toEqual(keysBefore)
    expect([await working(one), await working(partly)]).toEqual([
      [0, 1],
      [0, 1, 2],
    ])
    expect(await shop.rows('select to_send, headline from order_view where order_id = $1', [box.id])).toEqual([
      { to_send: false, headline: 'refunded' },
    ])
    const sam = await shop.staff()
    expect((await sam(`/desk/orders/${box.number}/hand-over`, {})).status).toBe(409)
    const begun = `olga began to pay back all that Stripe took since ${since}`
    const told = async (): Promise<boolean[]> =>
      [(await olga('/desk'))[1], (await petra('/desk'))[1], await (await sam('/desk')).text()].map((today) =>
        today.includes(begun),
      )
    expect(await told()).toEqual([true, true, false])
    const tasks = await shop.rows(`select about, kind, ref from task where kind = 'incidentStarted' order by ref`)
    expect(tasks).toHaveLength(2)
    for (const task of tasks) await petra('/desk/tasks', { ...(task as Record<string, string>), do: 'done' })
    expect(await told()).toEqual([true, false, false])
    const [, progress] = await olga(`/desk/incident/stripe/${since}`)
    const [counted] = await shop.rows(
      `select count(*)::int as all from order_fact where kind = 'refund.requested' and reason = 'incident'`,
    )
    const all = String(counted?.['all'])
    expect(progress).toMatch(
      new RegExp(`asked ${all} paid back ${all} failed 0 to pay by hand 0 .*Every order was looked at`),
    )
    const page = textOf(await shop.walk().get(one.returnUrl))
    expect(page).toContain('This order was paid back')
    for (const key of await keysOf(one)) expect(page).toContain(key)
    expect(formsOf(await deskPage(one)).some(({ action }) => action.endsWith('/refund'))).toBe(false)
  })
})

test('a buyer of a box of which a part was paid back out of kindness still gets the box', async () => {
  await shop.buy({ ...adaOnline, ...ada, email: 'kind@mail.example' }, { product: 'letterpress' })
  const order = (await ordersIn(shop)).at(-1) as ShopOrder
  expect(await payBack(shop, order.number, { amount: '4', reason: 'goodwill' })).toBe(303)
  expect(await rowsOf('select to_send as it from order_view where order_id = $1', order)).toEqual([true])
  expect((await (await shop.staff())(`/desk/orders/${order.number}/hand-over`, {})).status).toBe(303)
})
