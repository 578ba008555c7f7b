import { afterAll, beforeAll, expect, test } from 'vitest'
import { ordersIn, type ShopOrder } from '../../../test/asApp.ts'
import { ada, openShop, type Shop } from '../../../test/openShop.ts'
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
  const sentence = 'Ring us: 4111 1111 1111 1111 \u0000\u0007or write.'
  expect((await sam(path(), { ...asked, sentence })).status).toBe(303)
  await shop.settled()
  const link = (await shop.mails(ada.email)).flatMap(({ text }) => /http\S+\/a\/\S+/.exec(text)?.[0] ?? [])[0] ?? ''
  const page = await shop.walk().get(link)
  expect(textOf(page)).toMatch(/Ring us: \[card number removed, ends 1111\]\s+or write\./)
  for (const sign of ['\u0000', '\u0007', '\uFFFD']) expect(page.html).not.toContain(sign)
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
