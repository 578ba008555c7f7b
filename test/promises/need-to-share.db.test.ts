import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { config } from '../../examples/higosoft/config.ts'
import { openPartners, type Partners } from '../../src/partners/index.ts'
import { effectivePolicy } from '../../src/policy/index.ts'
import { asApp, ordersIn, type ShopOrder } from '../asApp.ts'
import { ada, adaOnline, openShop, type Received, type Shop } from '../openShop.ts'
import { payBack } from '../payBack.ts'
import { heldIn } from '../spellings.ts'
import { textOf } from '../walker.ts'

let shop: Shop
let partners: Partners
let orders: ShopOrder[]

beforeAll(async () => {
  shop = await openShop()
  const { policy, vault } = shop.desk()
  const hosts = { stripe: 'localhost', mailHost: '127.0.0.1' }
  partners = openPartners({
    db: shop.at.engine.for(),
    vault,
    policy,
    mode: 'example',
    hosts,
    now: shop.now,
    log: () => {},
  })
  await shop.buy(adaOnline)
  await shop.buy(ada, { product: 'letterpress' })
  orders = await ordersIn(shop)
  expect(await payBack(shop, orders[0]?.number)).toBe(303)
})
afterAll(() => shop.close())

const personal = Object.entries(ada).flatMap(([field, value]) => (field === 'country' ? [] : [value]))
const bodies = (path: string): URLSearchParams[] =>
  shop.received.filter((one) => one.method === 'POST' && one.path === path).map((one) => new URLSearchParams(one.body))
const rows = (recipient: string) =>
  shop.rows(
    'select purpose, ref, fields, value_names as values, person_id as person from disclosure where recipient = $1 order by at',
    [recipient],
  )

test('the processor received nothing that says who the buyer is, in any spelling of any byte', () => {
  expect(shop.received.length).toBeGreaterThan(2)
  const spoken = (one: Received): string => [one.path, one.head, one.body, decodeURIComponent(one.body)].join('\n')
  for (const one of shop.received) expect([one.path, heldIn(spoken(one), personal)]).toEqual([one.path, []])
  expect(heldIn(`x${encodeURIComponent(ada.name)}`, personal)).toEqual([ada.name])
})

test('to open its page it received the order, the amount, the product and the way back, and not a value more', () => {
  const [first, second] = bodies('/v1/checkout/sessions')
  const item = 'line_items[0][price_data]'
  const [online, boxed] = orders as [ShopOrder, ShopOrder]
  const sent = { mode: 'payment', 'line_items[0][quantity]': '1', [`${item}[currency]`]: 'eur' }
  const named = (order: ShopOrder) => ({
    client_reference_id: order.id,
    'metadata[order]': order.id,
    'payment_intent_data[metadata][order]': order.id,
    success_url: expect.stringMatching(/^http:\/\/localhost:\d+\/r\/[\w-]{22}$/) as string,
    cancel_url: expect.stringMatching(/^http:\/\/localhost:\d+\/r\/[\w-]{22}$/) as string,
  })
  expect(Object.fromEntries(first ?? [])).toEqual({
    ...sent,
    ...named(online),
    [`${item}[unit_amount]`]: '1900',
    [`${item}[product_data][name]`]: `Tally × 1, order ${online.number}`,
  })
  expect(Object.fromEntries(second ?? [])).toEqual({
    ...sent,
    ...named(boxed),
    [`${item}[unit_amount]`]: '8400',
    [`${item}[product_data][name]`]: `Letterpress Disc × 1, order ${boxed.number}`,
  })
})

test('to pay back it received its own payment, the amount and our references, and not a value more', () => {
  const [refund, ...more] = bodies('/v1/refunds')
  expect(more).toEqual([])
  expect([...(refund ?? new URLSearchParams()).keys()].sort()).toEqual(
    ['amount', 'metadata[order]', 'metadata[refund]', 'payment_intent'].sort(),
  )
})

test('what was written down is what left: one row for each time, with the names of what it held', async () => {
  const [online, boxed] = orders as [ShopOrder, ShopOrder]
  const page = ['orderId', 'orderNumber', 'amountMinor', 'currency', 'description', 'returnUrl']
  const none = { fields: [], person: null }
  expect(await rows('stripe')).toEqual([
    { ...none, purpose: 'purchase', ref: `order:${online.id}`, values: page },
    { ...none, purpose: 'purchase', ref: `order:${boxed.id}`, values: page },
    {
      ...none,
      purpose: 'refunds',
      ref: `order:${online.id}`,
      values: ['orderId', 'refundId', 'paymentRef', 'amountMinor'],
    },
  ])
  expect(bodies('/v1/checkout/sessions').length + bodies('/v1/refunds').length).toBe(3)
})

test('the mail host got the address and the key of each mail, with a row for each', async () => {
  const sent = await shop.mails(ada.email)
  expect(sent.map((mail) => mail.kind)).toEqual(['receipt', 'receipt'])
  const passed = await rows('mailHost')
  expect(passed.map((row) => [row['purpose'], row['fields'], row['values']])).toEqual(
    sent.map(() => ['purchase', ['email', 'licenceKey'], ['mailId', 'subject', 'text']]),
  )
  expect(heldIn(sent.map((mail) => mail.text).join('\n'), [ada.name, ada.street, ada.city, ada.telephone])).toEqual([])
})

describe('nothing leaves and nothing is written down for', () => {
  const base = { for: 'order:1', values: {} } as const
  const wishes = [
    [
      'a field that the partner’s task does not need',
      { recipient: 'stripe', purpose: 'purchase', fields: ['email'] },
      'not-needed',
    ],
    ['an address for the mail host', { recipient: 'mailHost', purpose: 'purchase', fields: ['street'] }, 'not-needed'],
    [
      'a field carried in the text that the row does not have',
      { recipient: 'mailHost', purpose: 'purchase', carries: ['name'] },
      'not-needed',
    ],
    [
      'a value that the row does not name',
      { recipient: 'stripe', purpose: 'purchase', values: { email: ada.email } },
      'unknown-value',
    ],
    ['a purpose that the partner is not for', { recipient: 'stripe', purpose: 'fulfilment' }, 'not-of-purpose'],
    ['a campaign', { recipient: 'stripe', purpose: 'campaignMail', fields: ['email'] }, 'not-of-purpose'],
    ['a survey', { recipient: 'stripe', purpose: 'survey', fields: ['email'] }, 'not-of-purpose'],
    ['statistics', { recipient: 'stripe', purpose: 'statistics' }, 'not-of-purpose'],
    ['somebody who is not in the register', { recipient: 'broker', purpose: 'purchase' }, 'unknown'],
  ] as const
  test.each(wishes)('%s', async (_, wish, because) => {
    const before = await shop.rows('select count(*) as all from disclosure')
    const ask = { ...base, person: orders[1]?.person, fields: [], ...wish }
    expect(await partners.disclose(ask as unknown as Parameters<Partners['disclose']>[0])).toEqual({
      outcome: 'shut',
      because,
    })
    expect(await shop.rows('select count(*) as all from disclosure')).toEqual(before)
  })
})

test('no policy can let a partner have more for outreach, or a field that its purposes do not need', () => {
  const { policy } = config
  const faults = (edit: object): string[] => {
    const recipients = policy.recipients.map((row) => (row.id === 'stripe' ? { ...row, ...edit } : row))
    const read = effectivePolicy({ ...policy, recipients })
    return read.ok ? [] : read.faults
  }
  expect(faults({})).toEqual([])
  expect(faults({ purposes: ['purchase', 'refunds', 'campaignMail'] }).join()).toMatch(/act on your instructions only/)
  expect(faults({ fields: ['telephone'] }).join()).toMatch(/none of its purposes needs this/)
  expect(faults({ purposes: ['purchase', 'refunds', 'signIn'] }).join()).toMatch(/nothing may be passed on for signIn/)
})

test('the customer sees each time, and the program cannot take a row back', async () => {
  const page = textOf(await shop.held(ada.email))
  const passed = page.slice(page.indexOf('Passed on to'))
  expect(passed).toContain('Postbode Mail : e-mail, licence key')
  expect(passed).toMatch(/Stripe : [^.]*nothing that says who you are/)
  for (const statement of ['delete from disclosure', `update disclosure set fields = '{}'`])
    await expect(asApp(shop, statement)).rejects.toThrow('permission denied')
})
