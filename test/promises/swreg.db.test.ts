import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { refund } from '../../sim/swreg/calls.ts'
import { openProcessors } from '../../src/core/payments/index.ts'
import { newId } from '../../src/lib/index.ts'
import { everyRow, ordersIn } from '../asApp.ts'
import { payBack } from '../payBack.ts'
import {
  details,
  linkedVisits,
  ownersOf,
  passedOn,
  promiseRow,
  swregCalls,
  type LinkedVisits,
  type SwregCalls,
  type Waiting,
} from '../linked.ts'
import { openShop, type Shop } from '../openShop.ts'
import { heldIn } from '../spellings.ts'
import { textOf } from '../walker.ts'

let shop: Shop
let at: LinkedVisits
let secret: string
let say: SwregCalls
beforeAll(async () => {
  shop = await openShop({}, {}, ['swreg'])
  at = linkedVisits(shop, 'swreg')
  secret = shop.sim.settings.swreg?.path ?? ''
  say = swregCalls(shop)
})
afterAll(() => shop.close())

const KEY = /(?:[0-9A-Z]{5}-){4}[0-9A-Z]{5}/g
const EMPTY = '<softshop></softshop>'
const MISFIT = `insert into order_fact (order_id, source, ext, kind, at, ref, amount_minor)
  select order_id, 'swreg', 'key:1', 'pay.captured', now(), '1', 1 from order_view limit 1`
const keyIn = (text: string): string => text.match(KEY)?.join() ?? ''
/** The order number that the newest order has there. */
const newest = (): string => [...shop.sim.swreg.baskets.values()].at(-1)?.lines[0]?.number ?? ''
const unmatched = ['unmatchedMessage']

describe('a buyer who chooses it', () => {
  test('reads that it is closed, that the example plays it, what it gets and that its messages are not signed', async () => {
    const walk = shop.walk()
    const form = textOf(await shop.orderForm(walk, 'tally'))
    expect(form).toMatch(/SWREG.*closed/i)
    expect(form).toContain('not signed')
  })

  test('comes by links and forms alone to the key, whatever their name is, and is recorded as the owner', async () => {
    const waiting = await at.order()
    const receipt = await at.pay(waiting, details)
    const key = keyIn(textOf(receipt))
    expect(key).toMatch(KEY)
    const page = await waiting.walk.follow(receipt, /^Back to the shop/)
    expect(textOf(page).match(KEY)).toEqual([key])
    expect(await at.cameTo(waiting.id)).toEqual({ headline: 'paid', keys: 1, revoked: 0, tasks: [] })
    expect(await ownersOf(shop, waiting.id)).toEqual([{ person: waiting.person }])
    expect((await shop.mails('ada.lovelace.7c1f@mail.example')).map(({ kind, text }) => [kind, keyIn(text)])).toEqual([
      ['receipt', key],
    ])
  })

  test('has passed on exactly what was written down, and nothing that was typed there lies open here', async () => {
    const params = [...shop.sim.swreg.baskets.values()].at(-1)?.params ?? {}
    const id = params['t'] ?? ''
    expect(await passedOn(shop, 'swreg', id)).toEqual([
      { values: ['orderId', 'products', 'quantities', 'prices', 'currency', 'returnUrl'], fields: [], person: null },
    ])
    // The currency is in the address itself; the shop's number and the zeros are the vendor's and say nothing of an order.
    const named = {
      t: id,
      p: '128442-tally-downloa',
      q: '1',
      vp: '19.00',
      lnk: expect.stringContaining(`${shop.baseUrl}/r/`) as string,
    }
    expect(params).toEqual({ ...named, s: '128442', v: '0', d: '0', clr: '1' })
    const open = [...(await everyRow(shop)).values(), ...shop.lines].join('\n')
    expect(
      heldIn(
        open,
        Object.values(details).filter((text) => text.length > 7),
      ),
    ).toEqual([])
  })

  test('reads in words why a card was declined, and nothing is told to the shop', async () => {
    const waiting = await at.order()
    const again = await at.pay(waiting, {}, '4000 0000 0000 0069')
    expect(textOf(again)).toContain('The card has expired, or the date is wrong. (Result 23.)')
    shop.sim.swreg.switches.next = 30
    expect(textOf(await at.pay(await at.order()))).toContain('Nothing is sold to this country.')
    expect(await at.cameTo(waiting.id)).toEqual({ headline: 'awaiting', keys: 0, revoked: 0, tasks: [] })
  })

  test('gets a key also when their name is written in an old charset, or only a company buys', async () => {
    shop.sim.swreg.switches.charset = 'windows-1252'
    const names = { first: '', last: '', company: 'Søn & Œuvre' }
    const waiting = await at.order()
    expect(textOf(await at.pay(waiting, names))).toMatch(KEY)
    shop.sim.swreg.switches.charset = 'utf-8'
    const messages = await shop.rows('select person_id as person from processor_event where order_ref = $1', [
      waiting.id,
    ])
    expect(messages).toEqual([{ person: waiting.person }])
  })
})

describe('several products', () => {
  test('are child orders with a key each, those of one line in one answer, and the order is paid when all are', async () => {
    const cart = [
      { offerId: 'tally-download', quantity: 1 },
      { offerId: 'plumbline-download', quantity: 2 },
    ]
    const waiting = await at.order(cart)
    const receipt = await at.pay(waiting)
    expect(textOf(receipt)).toContain('The key follows by mail.')
    expect(textOf(receipt).match(KEY)).toHaveLength(2)
    expect(await at.cameTo(waiting.id)).toEqual({ headline: 'paid', keys: 3, revoked: 0, tasks: [] })
    const [first, second] = [...shop.sim.swreg.baskets.values()].at(-1)?.lines ?? []
    expect([first?.key, second?.key.split('\n').length]).toEqual(['', 2])
    expect(shop.sim.swreg.notes).toEqual([])
  })
})

describe('no key is given for a call', () => {
  let waiting: Waiting
  beforeAll(async () => {
    waiting = await at.order()
  })
  const none = async (): Promise<void> => {
    expect(await at.cameTo(waiting.id)).toMatchObject({ headline: 'awaiting', keys: 0 })
  }

  test('to another address than the secret one', async () => {
    for (const path of ['guess', secret.slice(0, -1), `${secret}x`, encodeURIComponent(secret.toUpperCase())])
      expect([path, await say.call(waiting.id, {}, path)]).toEqual([path, EMPTY])
    expect((await at.cameTo(waiting.id)).tasks).toEqual([])
    await none()
  })

  const wrong =
    'pc=128442-plumbline-box pc=128443-tally-downloa pc= pp=18.99 pp=0.00 pp=1900 pp=19,00 pp= qty=2 qty=0 qty=many'.split(
      ' ',
    )
  test.each(wrong)('that says %s', async (pair) => {
    const [name = '', value = ''] = pair.split('=')
    const edit = { [name]: value }
    expect(await say.call(waiting.id, edit)).toBe(EMPTY)
    await none()
    expect(new Set((await at.cameTo(waiting.id)).tasks)).toEqual(new Set(unmatched))
  })

  test('about an order that nobody knows, or that names none', async () => {
    const before = (await shop.rows('select 1 from licence')).length
    const stranger = newId(shop.now())
    expect(await say.call(stranger)).toBe(EMPTY)
    expect((await at.cameTo(stranger)).tasks).toEqual(unmatched)
    for (const text of ['', 'Jane Qxyzzy, by letter', '4111 1111 1111 1111']) expect(await say.call(text)).toBe(EMPTY)
    expect((await shop.rows('select 1 from licence')).length).toBe(before)
    const refs = (await shop.rows(`select ref from task where about = 'processor:swreg'`)).map((row) =>
      String(row['ref']),
    )
    expect(refs).toHaveLength(3)
    for (const ref of refs) expect(ref).toMatch(/^5\d\d$/)
    const all = [...(await everyRow(shop)).values(), ...shop.lines].join('\n')
    expect(heldIn(all, ['4111 1111 1111 1111', 'Jane Qxyzzy, by letter'])).toEqual([])
  })

  test('about an order that was cancelled', async () => {
    const cancelled = await at.order()
    const desk = await shop.staff()
    await desk(`/desk/orders/${cancelled.number}/cancel`, {})
    expect(await say.call(cancelled.id)).toBe(EMPTY)
    expect(await at.cameTo(cancelled.id)).toEqual({ headline: 'cancelled', keys: 0, revoked: 0, tasks: unmatched })
  })
})

test('a call that is repeated gets the same key, and fifty at once are one key and one receipt', async () => {
  const waiting = await at.order(undefined, { email: 'fifty@mail.example', country: 'BE' })
  const o_no = '8100001'
  const answers = await Promise.all(Array.from({ length: 50 }, () => say.call(waiting.id, { o_no })))
  await shop.settled()
  const key = keyIn(await say.call(waiting.id, { o_no }))
  expect(key).toMatch(KEY)
  expect(new Set(answers.filter((answer) => answer !== EMPTY))).toEqual(new Set([`<softshop>${key}</softshop>`]))
  expect(await at.cameTo(waiting.id)).toMatchObject({ headline: 'paid', keys: 1 })
  expect((await shop.mails('fifty@mail.example')).map(({ text }) => keyIn(text))).toEqual([key])
})

describe('money that goes back', () => {
  test('takes the key with it, by the processor’s own number alone, with either of its security values', async () => {
    for (const security of ['key', 'address'] as const) {
      shop.sim.swreg.switches.security = security
      const waiting = await at.order()
      await at.pay(waiting, details)
      expect(refund(shop.sim, newest())).toBe(true)
      await shop.settled()
      expect(await at.cameTo(waiting.id)).toEqual({ headline: 'refunded', keys: 1, revoked: 1, tasks: [] })
      expect(await say.call(waiting.id, { o_no: newest() })).toBe(EMPTY)
    }
    expect(shop.sim.swreg.notes).toEqual([])
  })

  test('before the key was asked for leaves no key behind, and the message goes to the buyer', async () => {
    const waiting = await at.order()
    expect(await say.notice({ order_no: '8100002' })).toEqual([200, 'OK'])
    expect((await at.cameTo(waiting.id)).headline).toBe('awaiting')
    expect(await say.call(waiting.id, { o_no: '8100002' })).toBe(EMPTY)
    await shop.settled()
    expect(await at.cameTo(waiting.id)).toMatchObject({ headline: 'refunded', revoked: 1 })
    const held = await shop.rows(
      'select endpoint, person_id as person from processor_event where order_ref = $1 order by 1',
      [waiting.id],
    )
    expect(held).toEqual([
      { endpoint: 'key', person: waiting.person },
      { endpoint: 'refund', person: waiting.person },
    ])
  })

  test('at the moment when the key is asked for ends the same, whichever comes first', async () => {
    const all = await Promise.all(Array.from({ length: 6 }, () => at.order()))
    const ids = (await ordersIn(shop)).slice(-all.length).map(({ id }) => id)
    const both = ids.map((id, index) => {
      const o_no = `82000${index}`
      return Promise.all(
        index % 2
          ? [say.notice({ order_no: o_no }), say.call(id, { o_no })]
          : [say.call(id, { o_no }), say.notice({ order_no: o_no })],
      )
    })
    await Promise.all(both)
    await shop.settled()
    for (const id of ids) expect(await at.cameTo(id)).toMatchObject({ headline: 'refunded', keys: 1, revoked: 1 })
  })

  test('because staff asked for it is one refund, however often it is told', async () => {
    const waiting = await at.order()
    await at.pay(waiting)
    expect(await payBack(shop, waiting.number)).toBe(303)
    for (let time = 0; time < 3; time += 1) expect(await say.notice({ order_no: newest() })).toEqual([200, 'OK'])
    await shop.settled()
    const facts = await shop.rows(
      `select kind, ref, amount_minor::int as amount from order_fact where order_id = $1 and kind like 'refund.%' order by kind`,
      [waiting.id],
    )
    expect(facts.map((fact) => [fact['kind'], fact['amount']])).toEqual([
      ['refund.requested', 1900],
      ['refund.succeeded', 1900],
    ])
    expect(new Set(facts.map((fact) => fact['ref'])).size).toBe(1)
    expect((await at.cameTo(waiting.id)).headline).toBe('refunded')
  })

  test('is not believed of another shop or without the security value, and an unknown kind is for staff', async () => {
    const waiting = await at.order()
    await at.pay(waiting)
    const order_no = newest()
    expect(await say.notice({ order_no, shop_id: '1' })).toEqual([200, 'OK: Not my shop ID'])
    for (const security of ['', 'guess']) expect((await say.notice({ order_no, security }))[0]).toBe(401)
    expect(await say.notice({ order_no, notify_type: 'partial_refund' })).toEqual([200, 'OK'])
    await shop.settled()
    expect(await at.cameTo(waiting.id)).toMatchObject({ headline: 'paid', revoked: 0 })
    expect(
      await shop.rows(`select kind from task where about = 'processor:swreg' and ref = $1`, [order_no]),
    ).toHaveLength(1)
  })
})

test('no line of the log holds anything of an address that was called but its pattern', () => {
  const calls = shop.lines.filter((line) => line.includes('/in/swreg'))
  expect(calls.length).toBeGreaterThan(80)
  for (const line of calls) expect(line).toMatch(/"word":"\/in\/swreg\/:secret\/(key|refund)"/)
  expect(heldIn(shop.lines.join('\n'), [secret, 'user_text', 'initals=', 'o_no=8100001', details.email])).toEqual([])
})

test('a live shop cannot sell there, and its order form does not offer it', () => {
  const page = 'https://{currency}.swreg.org/cgi-bin/s.cgi'
  const swreg = { shop: '128442', page, secretPaths: [secret], refundSecurity: [secret] }
  const sold = { offers: ['tally-download'], currency: 'EUR' }
  const quote = { lines: [], total: { minor: 1900, currency: 'EUR' } }
  const offered = (live: boolean): string[] =>
    openProcessors({ swreg }, { live, now: shop.now, sold, noticeKeys: () => [], byHand: false })
      .choices(quote)
      .map(({ facts }) => facts.id)
  expect([offered(false), offered(true)]).toEqual([['swreg'], []])
})

test('the page of promises says since when it is closed and what fits, and does not hold when a payment fits no order', async () => {
  const text = await promiseRow(shop, 'swreg')
  expect(text).toContain('2025-06-12')
  expect(text).toMatch(/This example plays it.*last heard on \d{4}-\d\d-\d\d/)
  expect(text).not.toContain('does not hold')
  await shop.rows(MISFIT)
  expect(await promiseRow(shop, 'swreg')).toContain('does not hold')
})
