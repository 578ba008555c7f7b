import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expire, refund } from '../../sim/stripe/deeds.ts'
import { sessionBody } from '../../sim/stripe/shapes.ts'
import { emit } from '../../sim/stripe/webhooks.ts'
import type { Message } from '../../sim/outgoing.ts'
import type { Intent } from '../../sim/stripe/state.ts'
import { openShop, type Shop } from '../openShop.ts'
import { textOf } from '../walker.ts'
import { counted, forged, formOf, once, placed, played, rowsNow, said, signed, storm } from './storm.ts'

let shop: Shop
beforeAll(async () => {
  shop = await openShop()
})
afterAll(() => shop.close())

const intentsOf = (session: { id: string }): Intent[] =>
  [...shop.sim.stripe.intents.values()].filter((intent) => intent.session === session.id)
const onlyEvent = ({ events }: { events: readonly Message[] }): Message => {
  expect(events).toHaveLength(1)
  return events[0] as Message
}
const giveBack = (intent: Intent | undefined): Message =>
  said(shop, () => intent && refund(shop.sim, intent, { amount: intent.amount, metadata: { ...intent.metadata } }))
const page = async (url: string): Promise<string> => textOf(await shop.walk().get(url))

describe('one key for each piece and one mail', () => {
  test('when a payment is told 50 times at once', async () => {
    const ada = await placed(shop)
    const answers = await storm(shop, onlyEvent(played(shop, ada, 'approve')), 50)
    expect(answers).toEqual(answers.map(() => 200))
    expect(await counted(shop, ada)).toEqual(once)
  })

  test('when an order of three pieces is told 50 times at once', async () => {
    const ada = await placed(shop, 3)
    await storm(shop, onlyEvent(played(shop, ada, 'approve')), 50)
    expect(await counted(shop, ada)).toEqual({ ...once, keys: 3, keysMailed: 3 })
  })

  test('when it is told before the order is known', async () => {
    const form = await formOf(shop)
    const about = {
      id: 'cs_early',
      object: 'checkout.session',
      client_reference_id: form.orderId,
      metadata: {},
      payment_intent: 'pi_early',
      payment_status: 'paid',
      status: 'complete',
      amount_total: form.total,
      currency: 'eur',
    }
    const early = said(shop, () => emit(shop.sim, 'checkout.session.completed', about))
    expect(await storm(shop, early, 3)).toEqual([200, 200, 200])
    expect(await shop.rows('select kind from inbox where order_ref = $1', [form.orderId])).toEqual([
      { kind: 'pay.captured' },
    ])
    const { email } = form
    const page = await shop.walk().submit(form.page, { email, country: 'BE' }, { button: /^Pay/ })
    expect(textOf(page)).toContain('Here is your key')
    expect([...shop.sim.stripe.sessions.values()].filter((one) => one.client_reference_id === form.orderId)).toEqual([])
    expect(await counted(shop, form)).toEqual(once)
  })

  test('when it is told after the order expired', async () => {
    const ada = await placed(shop)
    const late = onlyEvent(played(shop, ada, 'approve'))
    expect(
      await storm(
        shop,
        said(shop, () => expire(shop.sim, ada.session)),
        5,
      ),
    ).toContain(200)
    expect(await page(ada.returnUrl)).not.toContain('Your key for')
    await storm(shop, late, 5)
    expect(await counted(shop, ada)).toEqual(once)
  })

  test('when it is told that nothing came of a payment, and then that it did, and then again that nothing did', async () => {
    const ada = await placed(shop)
    const pending = onlyEvent(played(shop, ada, 'pending'))
    const body = (): Record<string, unknown> => sessionBody(shop.sim, ada.session)
    const failed = said(shop, () => emit(shop.sim, 'checkout.session.async_payment_failed', body()))
    const succeeded = said(shop, () => emit(shop.sim, 'checkout.session.async_payment_succeeded', body()))
    for (const event of [failed, succeeded, failed, pending, succeeded, pending]) await storm(shop, event, 3)
    expect(await counted(shop, ada)).toEqual(once)
  })

  test('when the browser is back before the processor said anything', async () => {
    const ada = await placed(shop)
    const { paid, events } = played(shop, ada, 'approve')
    expect(paid).toEqual({ goTo: ada.returnUrl })
    const before = await shop.walk().get(ada.returnUrl)
    expect([before.status, before.headers.get('refresh')]).toEqual([200, '4'])
    expect(before.html).not.toContain('id="keys"')
    await storm(shop, onlyEvent({ events }), 4)
    expect(await counted(shop, ada)).toEqual(once)
    const after = await shop.walk().get(ada.returnUrl)
    expect(after.headers.has('refresh')).toBe(false)
    expect(after.html).toContain('id="keys"')
  })

  test('when the refund is told before the payment: the key is withdrawn, and nothing is issued or mailed twice', async () => {
    const ada = await placed(shop)
    const paid = onlyEvent(played(shop, ada, 'approve'))
    const back = giveBack(intentsOf(ada.session)[0])
    await storm(shop, back, 5)
    expect(await counted(shop, ada)).toMatchObject({
      keys: 0,
      receipts: 0,
    })
    await storm(shop, paid, 5)
    await storm(shop, back, 5)
    expect(await counted(shop, ada)).toEqual({ ...once, withdrawn: 1, keysMailed: expect.any(Number) as number })
    expect(await page(ada.returnUrl)).toContain('paid back')
  })

  test('when it was paid twice: staff are asked, give the second back, and the first keeps its key', async () => {
    const ada = await placed(shop)
    const { events } = played(shop, ada, 'paidTwice')
    expect(events).toHaveLength(2)
    await Promise.all(events.map((event) => storm(shop, event, 10)))
    expect(await counted(shop, ada)).toEqual({ ...once, tasks: ['secondPayment'] })

    const [task] = await shop.rows('select about, kind, ref from task where about = $1', [`order:${ada.orderId}`])
    // Both were made in the same second, so either may count as the one that is too much.
    const tooMuch = intentsOf(ada.session).find(({ id }) => id === task?.['ref'])
    const kept = intentsOf(ada.session).find(({ id }) => id !== task?.['ref'])
    const sam = await shop.staff()
    const form = { about: String(task?.['about']), kind: 'secondPayment', ref: String(task?.['ref']), do: 'refund' }
    shop.sim.held = false
    expect((await sam('/desk/tasks', form)).status).toBe(303)
    expect(await counted(shop, ada)).toMatchObject({ ...once, tasks: ['secondPayment'] })
    expect([kept?.refunded, tooMuch?.refunded]).toEqual([0, ada.session.amount_total])
    expect(await (await sam('/desk')).text()).not.toContain(String(task?.['ref']))
  })

  test('when many orders are told all at once, each message five times, in a mixed order', async () => {
    const orders = await Promise.all(Array.from({ length: 8 }, () => placed(shop)))
    const events = orders.flatMap((one) => played(shop, one, 'approve').events)
    const many = Array.from({ length: 5 }, () => events).flat()
    const mixed = many.map((event, index) => ({ event, place: (index * 17) % many.length }))
    const sent = mixed.sort((a, b) => a.place - b.place).map(({ event }) => storm(shop, event))
    expect(new Set((await Promise.all(sent)).flat())).toEqual(new Set([200]))
    for (const one of orders) expect(await counted(shop, one)).toEqual(once)
  })
})

describe('a buyer who was erased', () => {
  const erased = async (email: string): Promise<string> => {
    for (const event of shop.sim.messages.values()) if (event.tries === 0) event.state = 'dropped'
    shop.sim.held = false
    const on = shop.walk()
    const held = await shop.held(email, on)
    return textOf(await on.submit(await on.follow(held, /^Erase/), {}, { button: /^Erase now/ }))
  }

  test('before the payment was told gets no key and no mail, and staff are asked to pay it back', async () => {
    const ada = await placed(shop)
    const paid = onlyEvent(played(shop, ada, 'approve'))
    expect(await erased(ada.email)).toContain('Keys destroyed')
    expect(await storm(shop, paid, 5)).toEqual([200, 200, 200, 200, 200])
    expect(await counted(shop, ada)).toEqual({
      keys: 0,
      withdrawn: 0,
      receipts: 0,
      keysMailed: 0,
      tasks: ['paidAfterErasure'],
    })
  })

  test('after all was done gets nothing again, whatever is told once more', async () => {
    const ada = await placed(shop)
    const paid = onlyEvent(played(shop, ada, 'approve'))
    await storm(shop, paid, 2)
    expect(await counted(shop, ada)).toEqual(once)
    expect(await erased(ada.email)).toContain('Keys destroyed')
    const before = await rowsNow(shop)
    await storm(shop, paid, 10)
    expect(await counted(shop, ada)).toMatchObject({ keys: 1, receipts: 0, tasks: [] })
    expect(await rowsNow(shop)).toEqual(before)
    expect(await storm(shop, giveBack(intentsOf(ada.session)[0]), 3)).toEqual([200, 200, 200])
    expect(await counted(shop, ada)).toMatchObject({ keys: 1, withdrawn: 1, tasks: [] })
  })
})

test('a message that is not the processor’s, not of now, or not as it was sent is refused and leaves no row', async () => {
  const ada = await placed(shop)
  const { body } = onlyEvent(played(shop, ada, 'approve'))
  await shop.desk().worker.idle()
  const before = await rowsNow(shop)
  const good = signed(shop, body)
  const [time = '', mac = ''] = good.split(',')
  const flipped = body.replace('"paid"', '"paif"')
  expect(flipped).not.toBe(body)
  const wrong: readonly (readonly [string, string, string | undefined])[] = [
    ['no signature', body, undefined],
    ['an empty one', body, ''],
    ['another secret', body, signed(shop, body, { secret: 'whsec_mallory' })],
    ['the api key as secret', body, signed(shop, body, { secret: 'sk_test_shop' })],
    ['301 seconds old', body, signed(shop, body, { apart: -301 })],
    ['301 seconds ahead', body, signed(shop, body, { apart: 302 })],
    ['one byte changed', flipped, good],
    ['one byte more', `${body} `, good],
    ['one byte less', body.slice(0, -1), good],
    ['no body', '', good],
    ['one digit of the signature changed', body, good.replace(/.$/, (last) => (last === '0' ? '1' : '0'))],
    ['half a signature', body, good.slice(0, -32)],
    ['another time for the same signature', body, `t=${Number(time.slice(2)) + 1},${mac}`],
    ['two times', body, `${time},t=1,${mac}`],
    ['no time', body, mac],
    ['a scheme that is not ours', body, good.replace('v1=', 'v0=')],
  ]
  for (const [name, sent, header] of wrong) expect([name, await forged(shop, sent, header)]).toEqual([name, 401])
  expect(await rowsNow(shop)).toEqual(before)
  expect(shop.lines.filter((line) => line.includes('payments.refused'))).toHaveLength(wrong.length)

  expect(await forged(shop, body, signed(shop, body, { apart: -295 }))).toBe(200)
  expect(await counted(shop, ada)).toMatchObject({ keys: 1 })
})

test('a message that is longer than any of a processor, or packed, is not read, and leaves no row', async () => {
  const before = await rowsNow(shop)
  const told = async (
    body: string | ReadableStream | Uint8Array,
    headers: Record<string, string> = {},
  ): Promise<number> =>
    (await shop.ask('/in/stripe', { method: 'POST', body, headers, duplex: 'half' } as RequestInit)).status
  const long = JSON.stringify({ id: 'evt_long', type: 'note', created: 1, note: 'x'.repeat(1_000_000) })
  const endless = new Blob(Array.from({ length: 40 }, () => 'x'.repeat(100_000))).stream()
  const statuses = [await told(long, { 'stripe-signature': signed(shop, long) }), await told(endless)]
  expect(statuses).toEqual([413, 413])
  const bomb = gzipSync(' '.repeat(100_000_000))
  const heap = process.memoryUsage().arrayBuffers
  const packed = { 'content-encoding': 'gzip', 'stripe-signature': signed(shop, 'the content') }
  expect(await told(new Uint8Array(bomb), packed)).toBe(401)
  expect(process.memoryUsage().arrayBuffers - heap).toBeLessThan(50_000_000)
  expect(await rowsNow(shop)).toEqual(before)
})
