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
  // A stray box would be swept away before anybody looks; what was passed on cannot be taken back.
  await shop.rows(
    `insert into disclosure values (gen_random_uuid(), 'broker', 'purchase', 'order:1', '{}', '{}', null, $1)`,
    [shop.now()],
  )
  await shop.restart()
  await until('the program has looked', async () => (await tasks()).length > 0)
  await shop.restart()
  expect(await tasks()).toEqual([{ about: 'promise:need-to-share' }, { about: 'promise:never-sold' }])
  const today = await (await (await shop.staff())('/desk')).text()
  expect(today).toContain('does not agree with a promise')
})
