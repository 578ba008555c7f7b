import { afterAll, beforeAll, expect, test } from 'vitest'
import { ordersIn } from '../../../../test/asApp.ts'
import { ada, openShop, type Shop } from '../../../../test/openShop.ts'

let shop: Shop
beforeAll(async () => {
  shop = await openShop()
  await shop.buy(ada, { product: 'letterpress' })
})
afterAll(() => shop.close())

test('a no ends the grounds of all who have the same address, so that it holds when the address is corrected', async () => {
  const [order] = await ordersIn(shop)
  await shop.buy(ada, { product: 'letterpress' })
  const { vault } = shop.desk()
  const alike = await vault.alike('email', order!.person)
  expect(alike.length).toBeGreaterThan(1)
  const given = { notice: 1, channel: 'web form', purpose: 'campaignMail' } as const
  await shop.at.engine.for<never>().tx(async (tx) => {
    for (const person of alike) await vault.grant(tx, { ...given, person })
  })
  await shop.walk().submit(await shop.held(ada.email), {}, { button: /^Take this consent back/ })
  for (const person of alike) expect(await vault.may(person, 'campaignMail')).toBe(false)
})
