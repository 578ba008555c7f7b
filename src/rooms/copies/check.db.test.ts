import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { everyRow } from '../../../test/asApp.ts'
import { search } from '../../../test/erase/search.ts'
import { ada, adaOnline, openShop, type Shop } from '../../../test/openShop.ts'
import { payBack } from '../../../test/payBack.ts'
import { receive, type OrderId, type OrderTables } from '../../core/orders/index.ts'
import { CHECK_PATH, checkRoutes } from './api.ts'
import type { CopiesContext } from './context.ts'

let shop: Shop
let key = ''
beforeAll(async () => {
  shop = await openShop()
  await shop.buy(adaOnline)
  key = /([0-9A-Z]{5}-){4}[0-9A-Z]{5}/.exec((await shop.mails(ada.email))[0]?.text ?? '')?.[0] ?? ''
})
afterAll(() => shop.close())

const ask = (question: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Response> =>
  shop.ask('/api/v1/licences/check', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof question === 'string' ? question : JSON.stringify(question),
  })
const said = async (question: unknown) => (await ask(question)).json() as Promise<Readonly<Record<string, unknown>>>
const MEMBERS = ['valid', 'code', 'licence', 'product', 'updates_until', 'nonce']

test('a good key is valid, however it is typed, and the nonce comes back', async () => {
  const answer = await said({ key: key.toLowerCase().replaceAll('-', ' '), product: 'tally', nonce: 'n-1' })
  expect(answer).toEqual({
    valid: true,
    code: 'VALID',
    licence: expect.stringMatching(/^lic_[0-9a-f]{24}$/),
    product: 'tally',
    updates_until: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
    nonce: 'n-1',
  })
})

test.each([
  ['a key that nobody was given', { key: 'TALLY-1900-00000' }, 'NOT_FOUND'],
  ['a key with a slip in it', { key: 'AAAAA-AAAAA-AAAAA-AAAAA-AAAAA' }, 'KEY_FORMAT'],
  ['a key of another product', { key: 'TALLY-2009-55120', product: 'plumbline' }, 'WRONG_PRODUCT'],
])('%s is answered with its code and nothing else', async (_, question, code) => {
  const answer = await said(question)
  expect(answer).toEqual({ valid: false, code, licence: null, product: null, updates_until: null, nonce: null })
  expect(Object.keys(answer)).toEqual(MEMBERS)
})

test('a serial from elsewhere is answered the same before it is registered, after, and when it is given up', async () => {
  const box = { key: 'PL4-2207-1183' }
  const before = await said(box)
  expect(before).toMatchObject({
    valid: true,
    code: 'VALID',
    updates_until: expect.stringMatching(/^\d{4}-/) as string,
  })
  await shop.rows(
    `insert into licence_owner select licence_id, gen_random_uuid(), now() - interval '9 years' from serial`,
  )
  expect(await said(box)).toEqual(before)
  await shop.rows('delete from licence_owner where licence_id in (select licence_id from serial)')
  expect(await said(box)).toEqual(before)
})

test('no answer says who has the key, and none allows another site to read it or sets a cookie', async () => {
  const answer = await ask({ key }, { origin: 'https://elsewhere.example' })
  const all = `${[...answer.headers].map(String).join('\n')}\n${await answer.text()}`
  const orders = await shop.rows('select number, order_id::text as id from order_view')
  for (const value of [ada.email, ada.name, key, ...orders.flatMap((row) => Object.values(row).map(String))])
    expect(all).not.toContain(value)
  expect(answer.headers.get('access-control-allow-origin')).toBeNull()
  expect(answer.headers.getSetCookie()).toEqual([])
})

test.each([
  ['no JSON', '{"key":', 400],
  ['no key', {}, 422],
  ['a member that is not asked for', { key: 'x', host: 'adas-laptop' }, 422],
  ['a key that is no text', { key: 7 }, 422],
  ['far too much', `"${'x'.repeat(5000)}"`, 400],
])('%s is a problem in the form of the standard, and repeats nothing that was sent', async (_, question, status) => {
  const answer = await ask(question)
  expect([answer.status, answer.headers.get('content-type')]).toEqual([status, 'application/problem+json'])
  const text = await answer.text()
  expect(JSON.parse(text)).toMatchObject({ status, title: expect.any(String) as string })
  expect(text).not.toContain('adas-laptop')
})

describe('in the life of a key', () => {
  let other: Shop
  beforeAll(async () => {
    other = await openShop()
    await other.buy(adaOnline)
  })
  afterAll(() => other.close())

  const asked = async (): Promise<unknown> => {
    const text = (await other.mails(ada.email))[0]?.text ?? ''
    const body = JSON.stringify({ key: /([0-9A-Z]{5}-){4}[0-9A-Z]{5}/.exec(text)?.[0] })
    return (await other.ask(CHECK_PATH, { method: 'POST', body })).json()
  }

  test('while a bank looks at the payment it is suspended, and good again when the bank is done', async () => {
    const [order] = await other.rows('select order_id::text as id from order_view')
    const ctx = { db: other.at.engine.for<OrderTables>(), now: other.now, kick: () => other.desk().worker.kick() }
    const told = async (ext: string, kind: 'dispute.opened' | 'dispute.won'): Promise<void> => {
      const more = { ref: 'dp_1', amountMinor: 1900, currency: 'EUR' }
      await receive(ctx, String(order?.['id']) as OrderId, [{ source: 'stripe', ext, kind, at: other.now(), ...more }])
      await other.settled()
    }
    await told('opened', 'dispute.opened')
    expect(await asked()).toMatchObject({ valid: false, code: 'SUSPENDED' })
    await told('won', 'dispute.won')
    expect(await asked()).toMatchObject({ valid: true, code: 'VALID' })
  })

  test('one that was paid back is no longer valid', async () => {
    const [order] = await other.rows('select number from order_view')
    expect(await asked()).toMatchObject({ code: 'VALID' })
    expect(await payBack(other, String(order?.['number']))).toBe(303)
    expect(await asked()).toMatchObject({ valid: false, code: 'REVOKED' })
  })

  test('when the time of updates is over it still works, and the answer says so', async () => {
    const key = 'PL4-2207-1183'
    await other.rows(
      `update licence set issued_at = now() - interval '9 years' where licence_id in (select licence_id from serial)`,
    )
    const answer = await (await other.ask(CHECK_PATH, { method: 'POST', body: JSON.stringify({ key }) })).json()
    expect(answer).toMatchObject({ valid: true, code: 'UPDATES_ENDED' })
  })
})

test('after a hundred checks neither the address nor the program nor the computer of who asked is anywhere', async () => {
  const marks = ['203.0.113.199', 'AdasUserAgent-7741', 'adas-laptop-7741.lan']
  const headers = {
    'x-forwarded-for': '203.0.113.199',
    'user-agent': 'AdasUserAgent-7741',
    'x-host': 'adas-laptop-7741.lan',
  }
  for (let time = 0; time < 100; time += 1) expect((await ask({ key }, headers)).status).toBe(200)
  const texts = { rows: [...(await everyRow(shop)).values()].join('\n'), log: shop.lines.join('\n') }
  expect(texts.log).toContain('/api/v1/licences/check')
  const { found, files } = await search({ folders: [join(shop.at.dir, 'keys')], texts }, [...marks, key])
  expect(files).toBeGreaterThan(2)
  expect(found).toEqual([])
})

test('who asks too often is told to wait', async () => {
  const busy = checkRoutes({ mayTry: () => false } as unknown as CopiesContext)
  const answer = await busy.request(CHECK_PATH, { method: 'POST', body: JSON.stringify({ key }) })
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, '60'])
  expect(answer.headers.get('content-type')).toBe('application/problem+json')
})
