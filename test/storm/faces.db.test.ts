import { writeFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openShop, type Shop } from '../openShop.ts'
import { playStorm } from './faces/storm.ts'

// A long one is played by `npm run test:storm`, which sets these; each run of the tests plays a short one.
const ORDERS = Number(process.env['AVOW_STORM_ORDERS'] ?? 60)
const SEED = Number(process.env['AVOW_STORM_SEED'] ?? 20_261_128)
const SAYS = process.env['AVOW_STORM_SAYS']

let shop: Shop
beforeAll(async () => {
  shop = await openShop({}, {}, ['paddle'])
})
afterAll(() => shop.close())

test('a storm over the processors ends with money in = keys out, nothing twice, nothing lost, nothing stuck, no card on disk', async () => {
  const say = SAYS ? (line: string) => console.log(line) : undefined
  const { wrong, ...tally } = await playStorm(shop, { orders: ORDERS, seed: SEED, beside: 8, ...(say && { say }) })
  const { keysDue, keysOut, duplicates, lost, stuck, cards } = tally
  if (SAYS)
    writeFileSync(
      SAYS,
      `seed ${SEED}: ${ORDERS} orders, money in = keys out (${keysDue} = ${keysOut}), ${duplicates} duplicates, ${lost} lost, ${stuck} stuck without a task, ${cards} card numbers on disk`,
    )
  expect(wrong).toEqual([])
  expect(tally).toEqual({ orders: ORDERS, keysDue, keysOut: keysDue, duplicates: 0, lost: 0, stuck: 0, cards: 0 })
  expect(keysDue).toBeGreaterThan(ORDERS / 2)
})
