import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { formFor } from '../../src/policy/index.ts'
import { rowCounts } from '../asApp.ts'
import { ada, adaOnline, openShop, type Shop } from '../openShop.ts'
import { formsOf, textOf, type Seen } from '../walker.ts'

let shop: Shop
beforeAll(async () => {
  shop = await openShop()
})
afterAll(() => shop.close())

const reworded = {
  purposes: { purchase: { sentence: { en: 'We use this to deliver what you order, and for nothing else.' } } },
}
const notices = async (): Promise<unknown[]> =>
  (await shop.rows('select distinct notice from vault.basis order by 1')).map((row) => row['notice'])

/** What stands beside each thing that people type, and where it leads. */
function beside(page: Seen): { name: string; reason: string; anchor: string }[] {
  const tags = [...page.html.matchAll(/<(?:input|select|textarea)\b([^>]*)>/g)].map(([, attributes = '']) => attributes)
  return tags
    .filter((tag) => !tag.includes('type="hidden"'))
    .map((tag) => {
      const described = /aria-describedby="([^"]*)"/.exec(tag)?.[1]?.split(' ').at(-1) ?? 'none'
      const [, inside = ''] = new RegExp(`<p class="why" id="${described}">([\\s\\S]*?)</p>`).exec(page.html) ?? []
      const anchor = /href="\/privacy#([^"]*)"/.exec(inside)?.[1] ?? ''
      return { name: /name="([^"]*)"/.exec(tag)?.[1] ?? '', reason: textOf({ ...page, html: inside }), anchor }
    })
}

describe('beside every field stands why it is asked, how long it is kept, and the clause:', () => {
  test.each([
    ['the order form of a download', 'tally', ['purchase', 'refunds', 'tax']],
    ['the order form of a box', 'letterpress', ['purchase', 'fulfilment', 'refunds', 'tax']],
    ['the form “Your data”', '/your-data', ['rights']],
    ['the form of a question', '/help/question', ['enquiry']],
  ] as const)('%s', async (_, product, purposes) => {
    const walk = shop.walk()
    const page = product.startsWith('/') ? await walk.get(shop.baseUrl + product) : await shop.orderForm(walk, product)
    const policy = await walk.get(`${shop.baseUrl}/privacy`)
    const fields = formFor(shop.desk().policy, [...purposes])
    expect(beside(page).map((one) => one.name)).toEqual(fields.map((field) => field.name))
    for (const [index, { reason, anchor }] of beside(page).entries()) {
      const field = fields[index]
      expect(reason).toContain(field?.why)
      expect(reason.toLowerCase()).toContain(field?.kept)
      expect(policy.html).toContain(`id="${anchor}"`)
      expect(reason).toContain(`§${field?.clause.number}`)
    }
  })
})

test('the form “Register a copy” says it beside each of its three fields, the key too', async () => {
  const page = await shop.walk().get(`${shop.baseUrl}/register`)
  const [email, name] = formFor(shop.desk().policy, ['registration'])
  expect(beside(page).map((one) => one.name)).toEqual(['licenceKey', email?.name, name?.name])
  for (const { reason, anchor } of beside(page)) {
    expect(anchor).toBe('registration')
    expect(reason.toLowerCase()).toContain(email?.kept)
  }
})

test('no other form that a customer meets asks for anything without its reason', async () => {
  const walk = shop.walk()
  await shop.buy(adaOnline)
  const pages = [
    await walk.get(shop.baseUrl),
    await walk.get(`${shop.baseUrl}/promises`),
    await shop.held(ada.email, walk),
  ]
  const typed = pages.flatMap((page) => beside(page)).filter((one) => one.anchor === '')
  expect(typed).toEqual([])
})

test('on the telephone it is read out first: without that nothing is stored, and with it the version that was read', async () => {
  const staff = await shop.staff()
  const call = `${shop.baseUrl}/desk/cases/call/support`
  const page = await (await staff(call)).text()
  const support = shop.desk().policy.purposes.support
  expect(page).toMatch(/Read this out before you type anything/)
  expect(page).toContain(support?.sentence.en)
  expect(page).toMatch(/You need not tell me your name or anything else/)
  expect(page).toContain(formFor(shop.desk().policy, ['support'])[0]?.kept)
  const before = await rowCounts(shop)
  const typed = { notice: '1', name: 'Carl Caller', message: 'It does not print.' }
  for (const told of [{}, { told: 'no' }, { told: '' }])
    expect((await staff(call, { ...typed, ...told })).status).toBe(422)
  expect((await staff(call, { ...typed, told: 'yes', notice: '7' })).status).toBe(422)
  expect(await rowCounts(shop)).toEqual(before)
  expect((await staff(call, { ...typed, told: 'yes' })).status).toBe(303)
  expect(await shop.rows(`select notice from vault.basis where channel = 'telephone'`)).toEqual([{ notice: 1 }])
})

test('the version that is stored is the one that was shown', async () => {
  await shop.buy(ada, { product: 'letterpress' })
  const page = await shop.orderForm(shop.walk(), 'tally')
  expect(page.html).toContain('Privacy policy, version 1')
  expect(await notices()).toEqual([1])
})

describe('when the policy is published anew between showing and sending,', () => {
  let shown: Seen
  let asked: Seen
  let again: Seen
  beforeAll(async () => {
    shown = await shop.orderForm(shop.walk(), 'tally')
    asked = await shop.walk().get(`${shop.baseUrl}/your-data`)
    await shop.restart(reworded)
  })

  test('nothing is stored, and the form is shown again with the new version and all that was typed', async () => {
    const before = await rowCounts(shop)
    again = await shop.walk().submit(shown, { email: 'bela@mail.example', country: 'JP' }, { button: /^Pay/ })
    expect(again.status).toBe(422)
    expect(textOf(again)).toMatch(/policy was changed while this page was open, so nothing was stored/)
    expect(again.html).toContain('value="bela@mail.example"')
    expect(again.html).toContain('Privacy policy, version 2')
    const data = await shop.walk().submit(asked, { email: ada.email }, { button: /link/ })
    expect(data.status).toBe(422)
    await shop.settled()
    expect(await rowCounts(shop)).toEqual(before)
  })

  test('sent once more it is stored under the version that is now shown', async () => {
    const paying = await shop.walk().submit(again, {}, { button: /^Pay/ })
    expect(textOf(paying)).toContain('Card number')
    expect(await notices()).toEqual([1, 2])
    const rows = await shop.rows(`select count(*) as all from vault.basis where notice = 2 and purpose = 'purchase'`)
    expect(Number(rows[0]?.['all'])).toBe(1)
  })
})

test.each(['1', '3', '99', '', '2 ', '02', '2.0', 'x'])(
  'a version made up by the sender (%j) is refused and not stored',
  async (notice) => {
    const before = await rowCounts(shop)
    const page = await shop.orderForm(shop.walk(), 'tally')
    expect((await shop.walk().submit(page, { ...adaOnline, notice }, { button: /^Pay/ })).status).toBe(422)
    expect(await rowCounts(shop)).toEqual(before)
  },
)

test('a form that leaves the version out, or sends two, is refused and not stored', async () => {
  const before = await rowCounts(shop)
  const form = formsOf((await shop.orderForm(shop.walk(), 'tally')).html).find((one) => one.html.includes('Pay'))
  const { notice = '', ...rest } = form?.fields ?? {}
  for (const versions of [[], [notice, notice], ['1', notice]]) {
    const body = new URLSearchParams({ ...rest, ...adaOnline })
    for (const one of versions) body.append('notice', one)
    expect((await shop.ask(form?.action ?? '', { method: 'POST', body })).status).toBe(422)
  }
  expect(await rowCounts(shop)).toEqual(before)
})
