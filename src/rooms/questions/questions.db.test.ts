import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ordersIn, type ShopOrder } from '../../../test/asApp.ts'
import { ada, adaOnline, openShop, type Shop } from '../../../test/openShop.ts'
import { textOf } from '../../../test/walker.ts'
import { answer, decline } from './answer.ts'
import type { QuestionContext } from './context.ts'
import { questionById, type QuestionId } from './queries.ts'
import type { QuestionTables } from './tables.ts'

const { telephone: _none, ...adaWithout } = ada
const NUMBER = '+32 470 55 44 33'
const asked = { field: 'fulfilment.telephone', reason: 'deliver', period: 'P7D', sentence: '' }

let shop: Shop
let order: ShopOrder
let sam: Awaited<ReturnType<Shop['staff']>>
beforeAll(async () => {
  shop = await openShop()
  await shop.buy({ ...adaWithout, telephone: '' }, { product: 'letterpress' })
  order = (await ordersIn(shop))[0] as ShopOrder
  sam = await shop.staff()
})
afterAll(() => shop.close())

const path = () => `/desk/questions/order/${order.id}`
const outcomes = async () => (await shop.rows('select outcome from question')).map((row) => row['outcome'])

test('what staff write has no card number and no unseen sign before it is kept or read', async () => {
  const sentence = 'Ring us: 4111 1111\u0007 1111 1111 \u0000\uFFFD\u2028\u2029or write.'
  expect((await sam(path(), { ...asked, sentence })).status).toBe(303)
  await shop.settled()
  const link = (await shop.mails(ada.email)).flatMap(({ text }) => /http\S+\/a\/\S+/.exec(text)?.[0] ?? [])[0] ?? ''
  const page = await shop.walk().get(link)
  expect(textOf(page)).toMatch(/Ring us: \[card number removed, ends 1111\]\s+or write\./)
  for (const sign of ['\u0000', '\u0007', '\uFFFD', '\u2028', '\u2029']) expect(page.html).not.toContain(sign)
})

test('what waits for an answer is not asked for again', async () => {
  expect((await sam(path(), asked)).status).toBe(422)
  expect(await (await sam(path())).text()).not.toContain('value="fulfilment.telephone"')
  expect(await outcomes()).toEqual([null])
})

test('an answer that comes after the question was declined is not kept', async () => {
  const { vault } = shop.desk()
  const db = shop.at.engine.for<QuestionTables>()
  const ctx = {
    db,
    now: shop.now,
    vault,
    web: { policyVersion: () => 1 },
    policy: { purposes: { fulfilment: { class: 'contract' } } },
  } as unknown as QuestionContext
  const [row] = await shop.rows('select question_id as id from question')
  const question = await questionById(db.query, row?.['id'] as QuestionId)
  await decline(ctx, question!)
  expect(await answer(ctx, question!, { telephone: NUMBER })).toBe('over')
  expect(await outcomes()).toEqual(['declined'])
  const look = { person: order.person, actor: { role: 'desk', id: 'sam' }, for: 'order:1' } as const
  expect(await vault.reveal({ ...look, purpose: 'fulfilment' })).not.toMatchObject({ values: { telephone: NUMBER } })
  const bases = await shop.rows(`select 1 from vault.basis where purpose = 'fulfilment' and channel = 'asked further'`)
  expect(bases).toEqual([])
})

test('what was declined is not asked for again for the same order', async () => {
  expect((await sam(path(), asked)).status).toBe(422)
  expect(await (await sam(path())).text()).toContain('nothing to ask for')
  expect(await outcomes()).toEqual(['declined'])
})

describe('finding out what is held', () => {
  const offered = async (page: string): Promise<string[]> =>
    [...(await (await sam(page)).text()).matchAll(/name="field" value="([^"]*)"/g)].map(([, value = '']) => value)
  const looks = () =>
    shop.rows(
      `select role, purpose, parts from vault.access_log where kind = 'reveal' and ref = 'question:new' order by at, log_id`,
    )
  const reveals = async () => (await shop.rows(`select 1 from vault.access_log where kind = 'reveal'`)).length

  test('opens nothing where the groups and marks of the vault tell it, neither on the page nor when it is sent', async () => {
    await shop.buy({ ...adaOnline, email: 'online@mail.example' })
    const online = (await ordersIn(shop)).at(-1)
    const walk = shop.walk()
    const typed = { email: 'case@mail.example', name: 'Bela', message: 'Tally does not start.' }
    await walk.submit(await walk.get(`${shop.baseUrl}/help/product`), typed, { button: /^Send it/ })
    await shop.settled()
    const [ticket] = await shop.rows('select ticket_id as id from ticket')
    const before = await reveals()
    const [order, ticketed] = [
      `/desk/questions/order/${online?.id}`,
      `/desk/questions/ticket/${String(ticket?.['id'])}`,
    ]
    expect(await offered(order)).toEqual(['registration.name'])
    expect(await offered(ticketed)).toEqual(['support.telephone'])
    expect(await reveals()).toBe(before)
    expect((await sam(ticketed, { ...asked, field: 'support.name' })).status).toBe(422)
    expect((await sam(order, { ...asked, field: 'registration.name' })).status).toBe(303)
    expect((await looks()).filter(({ purpose }) => purpose !== 'fulfilment')).toEqual([])
  })

  test('is a look of the staff and never of the program where an address may have a hole, for that purpose alone', async () => {
    const before = await looks()
    expect(await offered(path())).toEqual([])
    const [look, ...more] = (await looks()).slice(before.length)
    expect([look, more]).toEqual([{ role: 'desk', purpose: 'fulfilment', parts: ['address'] }, []])
    expect((await looks()).filter(({ role }) => role !== 'desk')).toEqual([])
    await sam(path(), { ...asked, field: 'registration.name' })
    expect(await looks()).toHaveLength(before.length + 2)
  })
})
