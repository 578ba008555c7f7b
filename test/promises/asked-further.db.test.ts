import { afterAll, beforeAll, expect, test } from 'vitest'
import { everyRow, ordersIn, type ShopOrder } from '../asApp.ts'
import { ada, openShop, type Shop } from '../openShop.ts'
import { textOf, type Seen } from '../walker.ts'

const { telephone: _none, ...adaWithout } = ada
const NUMBER = '+32 470 55 44 33'
const SENTENCE = 'The carrier could not find Zwaluwstraat 9173b last time.'

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
const asked = { field: 'fulfilment.telephone', reason: 'deliver', period: 'P7D', sentence: SENTENCE }
const questions = () => shop.rows('select * from question order by asked_at')
const links = async (): Promise<string[]> =>
  (await shop.mails(ada.email)).flatMap(({ text }) => /http\S+\/a\/\S+/.exec(text)?.[0] ?? [])

test('staff can choose only what the purpose may have and what is not held yet', async () => {
  const page = await (await sam(path())).text()
  const offered = [...page.matchAll(/name="field" value="([^"]*)"/g)].map(([, value]) => value)
  expect(offered).toEqual(['fulfilment.telephone'])
})

test.each([
  ['a field that is held already', { ...asked, field: 'fulfilment.street' }],
  ['a field that the purpose may not have', { ...asked, field: 'purchase.telephone' }],
  ['a purpose that nobody can be asked for', { ...asked, field: 'tax.country' }],
  ['a field that nobody declared', { ...asked, field: 'fulfilment.birthday' }],
  ['a question without a reason', { ...asked, reason: '' }],
  ['a reason of one’s own', { ...asked, reason: 'curious' }],
  ['a question without an end', { ...asked, period: 'P900Y' }],
])('%s is not asked, and nobody is written to', async (_, typed) => {
  expect((await sam(path(), typed)).status).toBe(422)
  await shop.settled()
  expect(await questions()).toEqual([])
  expect(await links()).toEqual([])
})

let page: Seen
test('what, for what, why and until when is said first, in the mail and on a page of one’s own', async () => {
  expect((await sam(path(), asked)).status).toBe(303)
  await shop.settled()
  const mail = (await shop.mails(ada.email)).find(({ kind }) => kind === 'askFurther')?.text.replace(/\s+/g, ' ')
  expect(mail).toMatch(/something more, about order HS-\S+: telephone\./)
  expect(mail).toMatch(/may not be able to deliver .* only for this: to post your box/)
  page = await shop.walk().get((await links())[0] ?? '')
  const text = textOf(page)
  for (const said of [
    'Why we ask',
    SENTENCE,
    'to post your box',
    'Only so that we can ask if the post cannot find you',
  ])
    expect(text).toContain(said)
  expect(text).toMatch(/ends by itself on \d+ \w+ \d{4}/)
})

test('what staff wrote about the person lies sealed, and no row, job or log line has it', async () => {
  const rows = [...(await everyRow(shop)).values()].join('\n')
  for (const place of [rows, shop.lines.join('\n')]) expect(place).not.toContain('Zwaluwstraat 9173b')
})

test('opening the page a hundred times changes nothing, and an empty answer is none', async () => {
  const link = (await links())[0] ?? ''
  for (let time = 0; time < 100; time += 1) await shop.ask(link)
  const again = await shop.walk().submit(page, {}, { button: /^Send it/ })
  expect([again.status, textOf(again)]).toEqual([422, expect.stringContaining('Type at least one')])
  expect((await questions()).map((row) => row['outcome'])).toEqual([null])
})

test('the answer is kept for that purpose only, with the notice that stood beside it', async () => {
  const done = await shop.walk().submit(page, { telephone: NUMBER }, { button: /^Send it/ })
  expect(textOf(done)).toContain('Thank you')
  const { vault } = shop.desk()
  const look = { person: order.person, actor: { role: 'desk', id: 'sam' }, for: 'order:1' } as const
  expect(await vault.reveal({ ...look, purpose: 'fulfilment' })).toMatchObject({ values: { telephone: NUMBER } })
  const boxes = await shop.rows(`select class from vault.box where part = 'contact' and item = '' and person_id = $1`, [
    order.person,
  ])
  expect(boxes.map((row) => String(row['class'])).sort()).toEqual(['contract', 'relation'])
  const program = { ...look, actor: { role: 'program', id: 'test' } } as const
  expect(await vault.reveal({ ...program, purpose: 'registration' })).not.toMatchObject({
    values: { telephone: NUMBER },
  })
  const grounds = await shop.rows(
    `select notice, until is null as open from vault.basis where purpose = 'fulfilment' and channel = 'asked further'`,
  )
  expect(grounds).toEqual([{ notice: 1, open: true }])
  const others = 'select text_id from processor_event'
  expect(await shop.rows(`select 1 from vault.text where text_id not in (${others})`)).toEqual([])
})

test('an answered question cannot be answered again, and staff see that it was', async () => {
  const again = await shop.walk().submit(page, { telephone: '+32 1 11 11 11' }, { button: /^Send it/ })
  expect(textOf(again)).toContain('Thank you')
  const seen = await shop.desk().vault.reveal({
    person: order.person,
    purpose: 'fulfilment',
    actor: { role: 'desk', id: 'sam' },
    for: 'order:1',
  })
  expect(seen).toMatchObject({ values: { telephone: NUMBER } })
  const list = await (await sam('/desk/questions')).text()
  expect(list).toContain('answered')
  expect(list).not.toContain(NUMBER)
})

test('what was answered lives no longer than the purpose, and a question goes with its person', async () => {
  expect(await (await shop.ask('/promises')).text()).toContain('asks only what the purpose may have')
  await shop.desk().vault.erase({ person: order.person, actor: { role: 'person', id: 'test' } })
  expect(await questions()).toEqual([])
})
