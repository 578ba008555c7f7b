import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '../../src/lib/index.ts'
import { asApp, everyRow, ordersIn, rowCounts } from '../asApp.ts'
import { ada, adaOnline, openShop, type Shop } from '../openShop.ts'
import { heldIn } from '../spellings.ts'
import { formsOf, textOf, type Seen } from '../walker.ts'

let shop: Shop
beforeAll(async () => {
  shop = await openShop()
})
afterAll(() => shop.close())

const openForm = (product: string): Promise<Seen> => shop.orderForm(shop.walk(), product)

/** What a page asks of people: everything but what the page itself fills in. */
function asked(page: Seen): string[] {
  const tags = [...page.html.matchAll(/<(?:input|select|textarea)\b([^>]*)>/g)].map(([, attributes = '']) => attributes)
  const typed = tags.filter((tag) => !/type="hidden"|name="processor"/.test(tag)) // where to pay says nothing of who pays
  for (const tag of typed)
    expect(tag).toMatch(/autocomplete="(email|name|street-address|postal-code|address-level2|country|tel)"/)
  return typed.map((tag) => /name="([^"]*)"/.exec(tag)?.[1] ?? '')
}

test('a download asks for an e-mail address and a country; a box also for where it goes', async () => {
  expect(asked(await openForm('tally'))).toEqual(['email', 'country'])
  expect(asked(await openForm('letterpress'))).toEqual([
    'email',
    'name',
    'street',
    'postcode',
    'city',
    'country',
    'telephone',
  ])
  expect(asked(await shop.walk().get(`${shop.baseUrl}/your-data`))).toEqual(['email'])
})

test('what may be left empty may be: a box goes without telephone and postcode', async () => {
  const { telephone: _telephone, postcode: _postcode, ...required } = ada
  expect(textOf(await shop.buy(required, { product: 'letterpress' }))).toContain('Your box is being prepared')
})

describe('a field that no purpose of this form asks for is refused and stored nowhere:', () => {
  const more = {
    birthday: '1815-12-10-XYZZY',
    cardNumber: '4242 4242 4242 4242',
    street: 'Zwaluwstraat 9173',
    __proto__x: 'XYZZY-1-XYZZY',
  }
  test.each(Object.entries(more))('%s', async (name, value) => {
    const walk = shop.walk()
    const before = await rowCounts(shop)
    const page = await walk.submit(await openForm('tally'), { ...adaOnline, [name]: value }, { button: /^Pay/ })
    expect(page.status).toBe(422)
    expect(textOf(page)).toMatch(/a field that it does not have. Nothing was stored/)
    expect(
      heldIn(page.html + shop.lines.join('\n') + [...(await everyRow(shop)).values()].join('\n'), [value]),
    ).toEqual([])
    expect(await rowCounts(shop)).toEqual(before)
    expect(page.html).toContain(`value="${ada.email}"`)
  })

  test('and a field that was sent twice', async () => {
    const before = await rowCounts(shop)
    const [form] = formsOf((await openForm('tally')).html).filter((one) => one.html.includes('Pay'))
    const body = new URLSearchParams({ ...form?.fields, ...adaOnline })
    body.append('email', 'mallory@mail.example')
    const answer = await shop.ask(form?.action ?? '', { method: 'POST', body })
    expect(answer.status).toBe(422)
    expect(await rowCounts(shop)).toEqual(before)
  })
})

test('a room that hands over more than its purposes name stores nothing', async () => {
  const { vault } = shop.desk()
  const before = await rowCounts(shop)
  const sealer = await vault.newPerson(['contract'], {})
  const arrival = {
    purposes: ['purchase'] as const,
    values: { email: ada.email, street: ada.street } as never,
    notice: 1,
    channel: 'store',
  }
  await expect(shop.at.engine.for<never>().tx((tx) => vault.collect(tx, sealer, arrival))).rejects.toThrow(
    'field-not-of-purpose',
  )
  expect(await rowCounts(shop)).toEqual(before)
})

describe('the database takes in no group that no ground of its person needs:', () => {
  const basis = JSON.stringify([
    { basis_id: newId(new Date()), purpose: 'purchase', legal_basis: 'contract', notice: 1, channel: 'x' },
  ])
  const box = (kind: string, part: string): string =>
    JSON.stringify([{ class: kind, part, item: 'more', version: 1, sealed: 'AAAA' }])

  test.each([
    ['an address with a purchase', 'contract', 'address'],
    ['a purchase under the clock of the tax office', 'tax', 'contact'],
    ['preferences, which nobody asks for', 'contract', 'preferences'],
  ])('%s', async (_, kind, part) => {
    const before = await rowCounts(shop)
    const collect = `select vault.collect('${newId(shop.now())}', '${box(kind, part)}', '${basis}')`
    await expect(asApp(shop, collect)).rejects.toThrow('not-of-purpose')
    expect(await rowCounts(shop)).toEqual(before)
  })

  test('and none is added later to somebody who is known', async () => {
    const [order] = await ordersIn(shop)
    const add = (part: string): Promise<unknown> =>
      asApp(shop, `select vault.collect('${order?.person}', '${box('contract', part)}', '[]')`)
    await expect(add('preferences')).rejects.toThrow('not-of-purpose')
    await expect(add('licence')).resolves.toBeDefined()
  })
})
