import { afterAll, beforeAll, expect, test } from 'vitest'
import { search } from '../../../../test/erase/search.ts'
import { everyRow } from '../../../../test/asApp.ts'
import { openShop, type Shop } from '../../../../test/openShop.ts'
import { counted, forged, formOf, order, placed, played, rowsNow, signed, storm } from '../../../../test/storm/storm.ts'
import { textOf, type Seen } from '../../../../test/walker.ts'
import { release } from '../../../../sim/outgoing.ts'
import { refund } from '../../../../sim/stripe/deeds.ts'

let shop: Shop
beforeAll(async () => {
  shop = await openShop()
})
afterAll(() => shop.close())

/** What the simulated processor says of whoever typed at its page. */
const TYPED_THERE = 'typed-there@example.org'
const wordsOf = async (answer: Response): Promise<string> => textOf({ html: await answer.text() } as Seen)
const kept = (orderId: string) =>
  shop.rows('select person_id, text_id, endpoint from processor_event where order_ref = $1', [orderId])
const buyerOf = async (orderId: string): Promise<unknown> =>
  (await shop.rows('select person_id from order_person where order_id = $1', [orderId]))[0]?.['person_id']
const numberOf = async (orderId: string): Promise<string> =>
  String((await shop.rows('select number from order_view where order_id = $1', [orderId]))[0]?.['number'])

test('a message is kept once, sealed for the buyer, and says nothing in clear anywhere on the disk', async () => {
  const ada = await placed(shop)
  const { events } = played(shop, ada, 'approve')
  for (const event of events) await storm(shop, event, 4)
  await counted(shop, ada)
  expect(await kept(ada.orderId)).toMatchObject([{ person_id: await buyerOf(ada.orderId), endpoint: 'webhook' }])
  const rows = await shop.rows(
    `select row_to_json(e)::text as row from processor_event e union all select encode(sealed, 'escape') from vault.text`,
  )
  const { found, files } = await search(
    { folders: [shop.at.dir], texts: { lines: shop.lines.join('\n'), rows: JSON.stringify(rows) } },
    [TYPED_THERE],
  )
  expect(found).toEqual([])
  expect(files).toBeGreaterThan(3)
  expect((await search({ folders: [], texts: { event: events[0]?.body ?? '' } }, [TYPED_THERE])).found).not.toEqual([])
})

test('the owner opens it, which the customer can see; other staff cannot', async () => {
  const ada = await placed(shop)
  await storm(shop, played(shop, ada, 'approve').events[0]!)
  await counted(shop, ada)
  const path = `/desk/orders/${await numberOf(ada.orderId)}/payments`
  const [owner, sam] = [await shop.staff('owner'), await shop.staff()]
  const timeline = await (await owner(path)).text()
  expect(timeline).not.toContain(TYPED_THERE)
  const message = /name="message" value="([^"]+)"/.exec(timeline)?.[1] ?? ''
  expect((await sam(`${path}/open`, { message })).status).toBe(403)
  const looks = () => shop.rows(`select 1 from vault.access_log where purpose = 'refunds' and kind = 'reveal'`)
  const before = (await looks()).length
  const opened = await owner(`${path}/open`, { message })
  expect([opened.status, (await opened.text()).includes(TYPED_THERE)]).toEqual([200, true])
  expect((await looks()).length).toBe(before + 1)
  expect((await owner(`${path}/open`, { message: 'of another order' })).status).toBe(410)
})

test('the timeline names who was told, when, and exactly what the processor received', async () => {
  const ada = await placed(shop)
  await storm(shop, played(shop, ada, 'approve').events[0]!)
  await counted(shop, ada)
  const owner = await shop.staff('owner')
  const timeline = await wordsOf(await owner(`/desk/orders/${await numberOf(ada.orderId)}/payments`))
  const [row] = await shop.rows(`select value_names, fields from disclosure where ref = $1 and recipient = 'stripe'`, [
    `order:${ada.orderId}`,
  ])
  const sent = shop.received.find(({ method, body }) => method === 'POST' && body.includes(ada.orderId))
  const names = [...new URLSearchParams(sent?.body).keys()]
  expect(row?.['fields']).toEqual([])
  const given = (row?.['value_names'] ?? []) as string[]
  expect([...given].sort()).toEqual(
    ['amountMinor', 'currency', 'description', 'orderId', 'orderNumber', 'returnUrl'].sort(),
  )
  expect(names.filter((name) => /email|name\]$|phone|address|customer/.test(name))).toEqual([
    'line_items[0][price_data][product_data][name]',
  ])
  for (const said of ['Passed on to Stripe: an order reference', 'a link back to this shop', 'a payment came in'])
    expect(timeline).toContain(said)
})

test('what came before its order lies with a person of its own, and goes to the buyer when the order is placed', async () => {
  const form = await formOf(shop)
  const body = JSON.stringify({
    id: 'evt_early',
    type: 'checkout.session.expired',
    created: Math.floor(shop.now().getTime() / 1000),
    data: {
      object: {
        id: 'cs_early',
        client_reference_id: form.orderId,
        payment_status: 'unpaid',
        status: 'expired',
        amount_total: form.total,
        currency: 'eur',
        customer_details: { email: TYPED_THERE },
      },
    },
  })
  expect(await forged(shop, body, signed(shop, body))).toBe(200)
  const [early] = await kept(form.orderId)
  expect(early?.['person_id']).toBeDefined()
  await order(shop, form)
  await shop.settled()
  expect(await kept(form.orderId)).toMatchObject([
    { person_id: await buyerOf(form.orderId), text_id: early?.['text_id'] },
  ])
  expect(await shop.rows('select 1 from vault.person where person_id = $1', [early?.['person_id']])).toEqual([])
})

test('of a buyer who was erased nothing is kept, and what was kept is gone', async () => {
  const ada = await placed(shop)
  const [paid] = played(shop, ada, 'approve').events
  await storm(shop, paid!)
  await counted(shop, ada)
  const person = (await buyerOf(ada.orderId)) as never
  await shop.desk().vault.erase({ person, actor: { role: 'person', id: 'self' } })
  expect(await kept(ada.orderId)).toEqual([])
  const intent = [...shop.sim.stripe.intents.values()].find((one) => one.session === ada.session.id)
  if (intent) refund(shop.sim, intent, { amount: intent.amount, metadata: intent.metadata })
  await release(shop.sim)
  await storm(shop, paid!)
  await shop.settled()
  expect(await kept(ada.orderId)).toEqual([])
  expect(
    await shop.rows('select kind from order_fact where order_id = $1 and kind like $2', [ada.orderId, 'refund.%']),
  ).toEqual([{ kind: 'refund.succeeded' }])
})

test('a card number in a message is cut out before it is written', async () => {
  const body = JSON.stringify({ id: 'evt_card', type: 'note', created: 1, note: 'paid with 4111 1111 1111 1111' })
  expect(await forged(shop, body, signed(shop, body))).toBe(200)
  const [row] = await shop.rows(`select person_id, text_id from processor_event where order_ref is null`)
  const opened = await shop.desk().vault.openTexts({
    person: row?.['person_id'] as never,
    purpose: 'refunds',
    actor: { role: 'owner', id: 'owner' },
    for: 'order:none' as never,
  })
  const text = opened.outcome === 'shown' ? opened.passages.map(({ content }) => content.toString()).join() : ''
  expect(text).toContain('[card number removed, ends 1111]')
  expect(text).not.toContain('4111')
})

test('what stands where our order’s id should be is no order of ours, and is kept sealed only', async () => {
  const object = {
    id: 'cs_link',
    client_reference_id: 'Ada Qvortrup-Lovelace',
    payment_status: 'paid',
    status: 'complete',
    amount_total: 1900,
    currency: 'eur',
    payment_intent: 'pi_link',
  }
  const created = Math.floor(shop.now().getTime() / 1000)
  const body = JSON.stringify({ id: 'evt_link', type: 'checkout.session.completed', created, data: { object } })
  const before = await shop.rows('select count(*)::int as all from processor_event')
  expect(await forged(shop, body, signed(shop, body))).toBe(200)
  const after = await shop.rows('select count(*)::int as all from processor_event')
  expect(Number(after[0]?.['all'])).toBe(Number(before[0]?.['all']) + 1)
  const rows = [...(await everyRow(shop)).values()].join('\n')
  expect(rows).not.toContain('Qvortrup')
})

test('a message that does not prove itself leaves no row but a mark at the processor’s light', async () => {
  const before = await shop.rows('select count(*)::int as all from processor_event')
  expect(await forged(shop, '{"id":"evt_x"}', 't=1,v1=00')).toBe(401)
  expect(await shop.rows('select count(*)::int as all from processor_event')).toEqual(before)
  const page = await wordsOf(await (await shop.staff())('/desk/processors'))
  expect(page).toContain('Its last message was refused: bad time')
  expect(page).toContain('by its official documentation')
})

test('after 90 days every message is gone, and one that is sent once more still counts once', async () => {
  const ada = await placed(shop)
  const [paid] = played(shop, ada, 'approve').events
  await storm(shop, paid!)
  await counted(shop, ada)
  const { body } = paid!
  const then = signed(shop, body)
  expect(await shop.rows('select 1 from processor_event limit 1')).not.toEqual([])
  await shop.advance('P91D')
  await shop.restart()
  expect(await shop.rows('select 1 from processor_event')).toEqual([])
  expect(await shop.rows(`select 1 from vault.text`)).toEqual([])

  const before = [await counted(shop, ada), await rowsNow(shop)]
  expect(await forged(shop, body, then)).toBe(401)
  expect(await forged(shop, body, signed(shop, body))).toBe(200)
  expect([await counted(shop, ada), await rowsNow(shop)]).toEqual(before)
  expect(before[0]).toMatchObject({ keys: 1, tasks: [] })
})
