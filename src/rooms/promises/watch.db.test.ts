import { afterAll, beforeAll, expect, test } from 'vitest'
import { adaOnline, openShop, type Shop } from '../../../test/openShop.ts'
import { until } from '../../../test/program.ts'

let shop: Shop
beforeAll(async () => {
  shop = await openShop()
})
afterAll(() => shop.close())

const tasks = () => shop.rows(`select about from task where kind = 'promise-broken' order by about`)

test('a promise that does not hold becomes one task for staff, however often the program looks', async () => {
  await shop.buy(adaOnline)
  await shop.restart()
  expect(await tasks()).toEqual([])
  await shop.rows(`insert into vault.box select person_id, 'case', 'identity', 'stray', 1, '\\x00' from vault.person`)
  await shop.restart()
  await until('the program has looked', async () => (await tasks()).length > 0)
  await shop.restart()
  expect(await tasks()).toEqual([{ about: 'promise:minimum' }])
  const today = await (await (await shop.staff())('/desk')).text()
  expect(today).toContain('does not agree with a promise')
})
