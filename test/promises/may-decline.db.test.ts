import { afterAll, beforeAll, expect, test } from 'vitest'
import { formFor, type Purpose } from '../../src/policy/index.ts'
import { ordersIn, type ShopOrder } from '../asApp.ts'
import { ada, openShop, type Shop } from '../openShop.ts'
import { textOf } from '../walker.ts'

/** Texts beside what processors said, which has its own place and time. */
const OTHER_TEXTS = 'select 1 from vault.text where text_id not in (select text_id from processor_event)'

let shop: Shop
let order: ShopOrder
let sam: Awaited<ReturnType<Shop['staff']>>
beforeAll(async () => {
  shop = await openShop()
  await shop.buy({ ...ada, telephone: '', postcode: '' }, { product: 'letterpress' })
  order = (await ordersIn(shop))[0] as ShopOrder
  sam = await shop.staff()
})
afterAll(() => shop.close())

async function ask(field = 'fulfilment.telephone', period = 'P7D'): Promise<string> {
  const before = (await links()).length
  await sam(`/desk/questions/order/${order.id}`, {
    field,
    reason: 'deliver',
    period,
    sentence: 'One sentence.',
  })
  await shop.settled()
  const all = await links()
  expect(all).toHaveLength(before + 1)
  return all.at(0) ?? ''
}
const links = async (): Promise<string[]> =>
  (await shop.mails(ada.email)).flatMap(({ text }) => /http\S+\/a\/\S+/.exec(text)?.[0] ?? [])
const outcomes = async (): Promise<unknown[]> =>
  (await shop.rows('select outcome from question order by asked_at')).map((row) => row['outcome'])

test('beside every field of every form stands what will not work without it', () => {
  const { policy } = shop.desk()
  const fields = (Object.keys(policy.purposes) as Purpose[]).flatMap((purpose) => formFor(policy, [purpose]))
  expect(fields.length).toBeGreaterThan(20)
  expect(fields.filter(({ declining }) => !declining)).toEqual([])
})

test('a required field left empty is refused beside the field, an optional one never', async () => {
  const on = shop.walk()
  const form = await shop.orderForm(on, 'letterpress')
  const sent = await on.submit(form, { ...ada, email: '', telephone: '', postcode: '' }, { button: /^Pay/ })
  expect(sent.status).toBe(422)
  const wrong = [...sent.html.matchAll(/<p class="error" id="e-(\w+)"/g)].map(([, name]) => name)
  expect(wrong).toEqual(['email'])
})

test('a later question can be declined with one button, and declining keeps nothing and asks nothing more', async () => {
  const on = shop.walk()
  const page = await on.get(await ask())
  expect(textOf(page)).toContain('Everything works without it.')
  const done = await on.submit(page, { telephone: '+32 470 00 00 00' }, { button: /^I would rather not/ })
  expect(textOf(done)).toContain('everything else goes on')
  expect(await outcomes()).toEqual(['declined'])
  const seen = await shop.desk().vault.reveal({
    person: order.person,
    purpose: 'fulfilment',
    actor: { role: 'desk', id: 'sam' },
    for: 'order:1',
  })
  expect(seen.outcome === 'shown' && seen.values.telephone).toBeUndefined()
  expect(await shop.rows(OTHER_TEXTS)).toEqual([])
})

test('who declined cannot be made to have answered by the same link', async () => {
  const link = (await links())[0] ?? ''
  const notice = '1'
  const body = new URLSearchParams({ notice, telephone: '+32 470 00 00 00' })
  await shop.ask(link, { method: 'POST', headers: { origin: shop.baseUrl }, body })
  expect(await outcomes()).toEqual(['declined'])
})

test('after its end a question is closed by itself, and its link asks no more', async () => {
  const link = await ask('fulfilment.postcode')
  expect((await shop.ask(link)).status).toBe(200)
  await shop.advance('P7DT1H')
  await shop.restart()
  sam = await shop.staff()
  expect(await outcomes()).toEqual(['declined', 'ended'])
  expect((await shop.ask(link)).status).toBe(410)
  expect(await shop.rows(OTHER_TEXTS)).toEqual([])
})

test('declined or silent, the order still ships', async () => {
  const page = await (await sam(`/desk/orders/${order.number}`)).text()
  expect(page).toContain(ada.street)
  expect((await sam(`/desk/orders/${order.number}/hand-over`, {})).status).toBe(303)
  const [row] = await shop.rows('select to_send from order_view')
  expect(row).toEqual({ to_send: false })
})

test('declined, a case is still answered', async () => {
  const email = 'bela.case.20@mail.example'
  const on = shop.walk()
  const typed = { email, name: 'Bela', message: 'Tally does not start.' }
  await on.submit(await on.get(`${shop.baseUrl}/help/product`), typed, { button: /^Send it/ })
  await shop.settled()
  const [ticket] = await shop.rows('select ticket_id as id, number from ticket')
  const asked = { field: 'support.telephone', reason: 'reach', period: 'P7D', sentence: 'To call you once.' }
  expect((await sam(`/desk/questions/ticket/${String(ticket?.['id'])}`, asked)).status).toBe(303)
  await shop.settled()
  const link = (await shop.mails(email)).flatMap(({ text }) => /http\S+\/a\/\S+/.exec(text)?.[0] ?? [])[0]
  const page = await on.get(link ?? '')
  expect(textOf(page)).toContain('To call you once.')
  await on.submit(page, {}, { button: /^I would rather not/ })
  const path = `/desk/cases/${String(ticket?.['number'])}`
  const seen = /name="seen" value="([^"]*)"/.exec(await (await sam(path)).text())?.[1] ?? ''
  await sam(`${path}/answer`, { answer: 'Start it twice.', seen, do: 'send' })
  await shop.settled()
  expect((await shop.mails(email)).map(({ text }) => text).join()).toContain('Start it twice.')
})

test('a question that waits after its end is seen by the promises page', async () => {
  const evidence = async (): Promise<string> => (await shop.ask('/promises')).text()
  expect(await evidence()).toContain('what will not work without it')
  await shop.rows(`update question set outcome = null, ended_at = null`)
  await shop.advance('PT2M')
  expect(await evidence()).toContain('waits after its end')
})
