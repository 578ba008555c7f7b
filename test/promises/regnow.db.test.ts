import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { queryOf } from '../../sim/linked/text.ts'
import { operate } from '../../sim/regnow/deeds.ts'
import type { RegnowOrder } from '../../sim/regnow/state.ts'
import { openProcessors } from '../../src/core/payments/index.ts'
import { newId } from '../../src/lib/index.ts'
import { everyRow } from '../asApp.ts'
import { testOn } from '../engine.ts'
import {
  details,
  linkedVisits,
  ownersOf,
  passedOn,
  promiseRow,
  type LinkedVisits,
  type Typed,
  type Waiting,
} from '../linked.ts'
import { openShop, type Shop } from '../openShop.ts'
import { heldIn } from '../spellings.ts'
import { textOf } from '../walker.ts'

let shop: Shop
let at: LinkedVisits
let secret: string
beforeAll(async () => {
  shop = await openShop({}, {}, ['regnow'])
  at = linkedVisits(shop, 'regnow')
  secret = shop.sim.settings.regnow?.path ?? ''
})
afterAll(() => shop.close())

const KEY = /(?:[0-9A-Z]{5}-){4}[0-9A-Z]{5}/g
const MISFIT = `insert into order_fact (order_id, source, ext, kind, at, ref, amount_minor)
  select order_id, 'regnow', 'update:1:C', 'pay.captured', now(), '1', 1 from order_view limit 1`
const unmatched = ['unmatchedMessage']
let number = 500

type Endpoint = 'key' | 'update'
type Told = { readonly endpoint?: Endpoint; readonly path?: string; readonly post?: boolean }

/** A call about an order of one Tally, with something changed. */
async function tell(
  orderId: string,
  edit: Typed = {},
  { endpoint = 'key', path = secret, post = false }: Told = {},
): Promise<string> {
  number += 1
  const item = { item: '29237-3', quantity: '1', price: '19.00', currency: 'EUR' }
  const query = queryOf({ order_id: `H-${number}`, linkid: orderId, ...item, status: 'C', ...edit })
  const url = `/in/regnow/${path}/${endpoint}`
  const answer = await (post ? shop.ask(url, { method: 'POST', body: query }) : shop.ask(`${url}?${query}`))
  return `${answer.status} ${await answer.text()}`
}

const newest = (): RegnowOrder => {
  const order = [...shop.sim.regnow.orders.values()].at(-1)
  if (!order) throw new Error('no order at the simulator')
  return order
}
const NOTHING = '200 '

describe('a buyer who chooses it', () => {
  test('comes by links and forms alone to the key, and is recorded as the owner', async () => {
    const waiting = await at.order()
    const key = textOf(await at.pay(waiting, details)).match(KEY)
    expect(key).toHaveLength(1)
    expect(await at.cameTo(waiting.id)).toEqual({ headline: 'paid', keys: 1, revoked: 0, tasks: [] })
    expect(await ownersOf(shop, waiting.id)).toEqual([{ person: waiting.person }])
    expect((await shop.mails('ada.lovelace.7c1f@mail.example')).map(({ text }) => text.match(KEY))).toEqual([key])
  })

  test('has passed on exactly what was written down, and nothing that was typed there is here', async () => {
    const { params } = newest()
    const id = params['linkid'] ?? ''
    expect(await passedOn(shop, 'regnow', id)).toEqual([
      { values: ['orderId', 'products', 'quantities', 'currency'], fields: [], person: null },
    ])
    expect(params).toEqual({ linkid: id, item: '29237-3', 'quantity_29237-3': '1', currency: 'EUR' })
    const open = [...(await everyRow(shop)).values(), ...shop.lines].join('\n')
    expect(heldIn(open, Object.values(details))).toEqual([])
  })

  test('gets nothing while the order is held for review, and the key when an operator lets it go', async () => {
    shop.sim.regnow.reviews = true
    const waiting = await at.order()
    expect(textOf(await at.pay(waiting))).toContain('Your order waits.')
    shop.sim.regnow.reviews = false
    expect(await at.cameTo(waiting.id)).toEqual({ headline: 'pending', keys: 0, revoked: 0, tasks: [] })
    expect(await operate(shop.sim, newest(), 'release')).toBe(true)
    await shop.settled()
    expect(await at.cameTo(waiting.id)).toEqual({ headline: 'paid', keys: 1, revoked: 0, tasks: [] })
    expect(newest().items[0]?.key).toMatch(KEY)
  })

  test('of several products has a key for each piece', async () => {
    const waiting = await at.order([
      { offerId: 'tally-download', quantity: 2 },
      { offerId: 'plumbline-download', quantity: 1 },
    ])
    await at.pay(waiting)
    expect(await at.cameTo(waiting.id)).toEqual({ headline: 'paid', keys: 3, revoked: 0, tasks: [] })
  })
})

describe('no key is given', () => {
  let waiting: Waiting
  beforeAll(async () => {
    waiting = await at.order()
  })

  test.each(['N', 'W', 'I', 'L'])('for the status %s, by either call', async (status) => {
    const fresh = await at.order()
    for (const endpoint of ['key', 'update'] as const)
      expect(await tell(fresh.id, { status }, { endpoint, post: endpoint === 'update' })).toBe(
        endpoint === 'key' ? NOTHING : '200 OK',
      )
    await shop.settled()
    const headline = status === 'W' || status === 'L' ? 'pending' : 'awaiting'
    expect(await at.cameTo(fresh.id)).toEqual({ headline, keys: 0, revoked: 0, tasks: [] })
  })

  test('at another address than the secret one, or for a call that does not say that it was paid', async () => {
    for (const path of ['guess', `${secret}x`, secret.slice(1)])
      for (const post of [true, false]) {
        expect([path, await tell(waiting.id, {}, { path, post })]).toEqual([path, NOTHING])
        expect((await tell(waiting.id, {}, { path, post, endpoint: 'update' })).slice(0, 3)).toBe('401')
      }
    expect(await tell(waiting.id, { status: '' })).toBe(NOTHING)
    expect(await at.cameTo(waiting.id)).toEqual({ headline: 'awaiting', keys: 0, revoked: 0, tasks: [] })
  })

  const wrong = 'item=29237-1 item=29238-3 item= price=18.99 price=1900 price= quantity=2 quantity= currency='.split(
    ' ',
  )
  test.each(wrong)('for a call that says %s', async (pair) => {
    const [name = '', value = ''] = pair.split('=')
    const edit = { [name]: value }
    expect(await tell(waiting.id, edit)).toBe(NOTHING)
    expect(await tell(waiting.id, edit, { endpoint: 'update' })).toBe('200 OK')
    const { tasks, ...rest } = await at.cameTo(waiting.id)
    expect(rest).toEqual({ headline: 'awaiting', keys: 0, revoked: 0 })
    expect(new Set(tasks)).toEqual(new Set(unmatched))
  })

  test('for money in another currency', async () => {
    const fresh = await at.order()
    expect(await tell(fresh.id, { price: '19.00', currency: 'USD' })).toBe(NOTHING)
    await shop.settled()
    expect(await at.cameTo(fresh.id)).toEqual({ headline: 'awaiting', keys: 0, revoked: 0, tasks: ['wrongCurrency'] })
  })

  test('for an order that is unknown or cancelled, and a status that nobody knows is for staff', async () => {
    const cancelled = await at.order()
    const desk = await shop.staff()
    await desk(`/desk/orders/${cancelled.number}/cancel`, {})
    for (const id of [cancelled.id, newId(shop.now()), 'Jane Qxyzzy, by letter']) expect(await tell(id)).toBe(NOTHING)
    expect(await at.cameTo(cancelled.id)).toEqual({ headline: 'cancelled', keys: 0, revoked: 0, tasks: unmatched })
    expect(await tell(waiting.id, { order_id: 'H-X', status: 'X' }, { endpoint: 'update' })).toBe('200 OK')
    expect(await shop.rows(`select kind from task where about = 'processor:regnow' and ref = 'H-X'`)).toHaveLength(1)
    expect(heldIn([...(await everyRow(shop)).values()].join('\n'), ['Jane Qxyzzy, by letter'])).toEqual([])
  })
})

test('a call that is repeated, and fifty at once by both ways, are one key', async () => {
  const waiting = await at.order()
  const edit = { order_id: 'H-FIFTY' }
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, index) => tell(waiting.id, edit, { post: index % 2 === 0 })),
  )
  await shop.settled()
  const key = await tell(waiting.id, edit)
  expect(key).toMatch(KEY)
  expect(new Set(answers.filter((answer) => answer !== NOTHING))).toEqual(new Set([key]))
  expect(await tell(waiting.id, { ...edit, status: '' })).toBe(key)
  expect(await at.cameTo(waiting.id)).toMatchObject({ headline: 'paid', keys: 1 })
})

describe('a key that the processor waits for in vain', () => {
  const HINDER = `create function hinder() returns trigger language plpgsql as $$ begin raise exception 'no key now'; end $$;
    create trigger hinder before insert on licence_unit for each row execute function hinder()`

  /** Nothing in the answer, a task for staff, and then the key by mail, once; the next call has it too. */
  async function followsByMail(waiting: Waiting, email: string, number: string): Promise<void> {
    await shop.advance('PT1H')
    shop.desk().worker.kick()
    await shop.settled()
    expect(await at.cameTo(waiting.id)).toEqual({ headline: 'paid', keys: 1, revoked: 0, tasks: ['keyLate'] })
    const mailed = (await shop.mails(email)).flatMap(({ text }) => text.match(KEY) ?? [])
    expect(mailed).toHaveLength(1)
    expect(await tell(waiting.id, { order_id: number })).toBe(`200 ${mailed[0]}`)
  }

  test('because it cannot be made is answered with nothing, staff are told, and it follows by mail, once', async () => {
    const email = 'later@mail.example'
    const waiting = await at.order(undefined, { email, country: 'BE' })
    await shop.rows(HINDER)
    expect(await tell(waiting.id, { order_id: 'H-LATER' })).toBe(NOTHING)
    expect(await at.cameTo(waiting.id)).toEqual({ headline: 'paid', keys: 0, revoked: 0, tasks: ['keyLate'] })
    await shop.rows('drop function hinder cascade')
    await followsByMail(waiting, email, 'H-LATER')
  })

  testOn('postgres')(
    'because making it takes too long is answered with nothing meanwhile, and follows by mail',
    async () => {
      const email = 'slow@mail.example'
      const waiting = await at.order(undefined, { email, country: 'BE' })
      await shop.at.engine.asOwner(async (ask) => {
        await ask('begin')
        await ask('lock table licence_unit in exclusive mode')
        expect(await tell(waiting.id, { order_id: 'H-SLOW' })).toBe(NOTHING)
        expect(await at.cameTo(waiting.id)).toEqual({ headline: 'paid', keys: 0, revoked: 0, tasks: ['keyLate'] })
        await ask('rollback')
      })
      await followsByMail(waiting, email, 'H-SLOW')
    },
  )
})

describe('money that goes back', () => {
  test.each([
    ['refund', 'refunded'],
    ['chargeback', 'disputed'],
  ])('by %s takes the key with it', async (deed, headline) => {
    const waiting = await at.order()
    await at.pay(waiting)
    const { items } = newest()
    expect(await operate(shop.sim, newest(), deed)).toBe(true)
    await shop.settled()
    expect(await at.cameTo(waiting.id)).toEqual({ headline, keys: 1, revoked: 1, tasks: [] })
    expect(await tell(waiting.id, { order_id: items[0]?.number ?? '' })).toBe(NOTHING)
  })
})

test('a payment that is voided after it came in withdraws the key, and staff are told and may give it back', async () => {
  const waiting = await at.order()
  const edit = { order_id: 'H-VOID' }
  expect(await tell(waiting.id, edit)).toMatch(KEY)
  expect(await tell(waiting.id, { ...edit, status: 'V' }, { endpoint: 'update' })).toBe('200 OK')
  await shop.settled()
  const voided = { headline: 'failed', keys: 1, tasks: ['paymentVoided'] }
  expect(await at.cameTo(waiting.id)).toEqual({ ...voided, revoked: 1 })
  expect(await tell(waiting.id, edit)).toBe(NOTHING)
  const desk = await shop.staff()
  expect(await (await desk('/desk')).text()).toContain('voided a payment that had come in')
  const order = await (await desk(`/desk/orders/${waiting.number}`)).text()
  expect(order).toContain('value="give"')
  expect((await desk(`/desk/orders/${waiting.number}/right`, { unit: '0', do: 'give' })).status).toBe(303)
  await shop.settled()
  expect(await at.cameTo(waiting.id)).toEqual({ ...voided, revoked: 0 })
})

test('no line of the log holds anything of an address that was called but its pattern', () => {
  const calls = shop.lines.filter((line) => line.includes('/in/regnow'))
  expect(calls.length).toBeGreaterThan(80)
  for (const line of calls) expect(line).toMatch(/"word":"\/in\/regnow\/:secret\/(key|update)"/)
  expect(heldIn(shop.lines.join('\n'), [secret, 'first_name', 'order_id=', details.email])).toEqual([])
})

test('a live shop cannot sell there, and its order form does not offer it', async () => {
  const regnow = { vendor: '29237', page: 'https://www.regnow.com/softsell/nph-softsell.cgi', secretPaths: [secret] }
  const sold = { offers: ['tally-download'], currency: 'EUR' }
  const quote = { lines: [], total: { minor: 1900, currency: 'EUR' } }
  const offered = (live: boolean): string[] =>
    openProcessors({ regnow }, { live, now: shop.now, sold, noticeKeys: () => [], byHand: false })
      .choices(quote)
      .map(({ facts }) => facts.id)
  expect([offered(false), offered(true)]).toEqual([['regnow'], []])
  expect(textOf(await shop.orderForm(shop.walk(), 'tally'))).toMatch(/RegNow.*closed/i)
})

test('the page of promises says since when it is closed and what fits, and does not hold when a payment fits no order', async () => {
  const text = await promiseRow(shop, 'regnow')
  expect(text).toContain('2025-06-12')
  expect(text).toMatch(/This example plays it.*last heard on \d{4}-\d\d-\d\d/)
  expect(text).not.toContain('does not hold')
  await shop.rows(MISFIT)
  expect(await promiseRow(shop, 'regnow')).toContain('does not hold')
})
