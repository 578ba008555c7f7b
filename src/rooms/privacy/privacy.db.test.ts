import { afterAll, beforeAll, expect, test } from 'vitest'
import { ada, openShop, type Shop } from '../../../test/openShop.ts'
import { textOf } from '../../../test/walker.ts'

let shop: Shop
beforeAll(async () => {
  shop = await openShop()
})
afterAll(() => shop.close())

test('looking at one’s own page again and again pushes nobody else out of sight', async () => {
  await shop.buy(ada, { product: 'letterpress' })
  const held = await shop.held(ada.email ?? '')
  for (let again = 0; again < 60; again += 1) await shop.ask(held.url)
  const page = textOf({ ...held, html: await (await shop.ask(held.url)).text() })
  expect(page).toMatch(/you ?, to show you what we hold: [^(]+\(6\d times that day, this was the last\)/)
  expect(page).toContain('the program, to send a mail or a key , to sell you what you order: e-mail or telephone')
  const file = (await (await shop.ask(`${held.url}/export.json`)).json()) as { about: { looks: unknown[] }[] }
  expect(file.about.flatMap((one) => one.looks).length).toBeGreaterThan(60)
})

test('one mailbox gets no more links by another spelling of its address', async () => {
  const form = (email: string) =>
    shop.ask('/your-data', {
      method: 'POST',
      headers: { 'sec-fetch-site': 'same-origin' },
      body: new URLSearchParams({ email }),
    })
  await shop.buy({ email: 'bela@mail.example', country: 'BE' })
  const spellings = [
    'bela@mail.example',
    'BELA@mail.example',
    'bela@MAIL.example',
    'bela@ｍail.example',
    ' bela@mail.example',
  ]
  for (const email of spellings) await form(email)
  await shop.settled()
  const links = (await shop.mails('bela@mail.example')).filter((mail) => mail.kind === 'privacyLink')
  expect(links.length).toBeLessThanOrEqual(3)
})

test('a payment that is on its way is named before anything is erased, and what stays for tax is what the policy says', async () => {
  const email = 'cleo@mail.example'
  await shop.buy({ email, country: 'BE' })
  const held = await shop.held(email)
  const erasePage = async () => textOf({ ...held, html: await (await shop.ask(`${held.url}/erase`)).text() })
  expect(await erasePage()).not.toContain('on its way')
  await shop.rows(
    `update order_view set headline = 'pending' where placed_at = (select max(placed_at) from order_view)`,
  )
  const page = await erasePage()
  expect(page).toMatch(/A payment is still on its way. If you erase now, order HS-[\w-]+ cannot be delivered/)
  expect(page).toMatch(/your country, beside the order, until/)
})
