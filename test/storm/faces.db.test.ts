import { afterAll, beforeAll, expect, test } from 'vitest'
import { openShop, type Shop } from '../openShop.ts'
import { playStorm } from './faces/storm.ts'

const [ORDERS, SEED] = [
  Number(process.env['AVOW_STORM_ORDERS'] ?? 60),
  Number(process.env['AVOW_STORM_SEED'] ?? 20_261_128),
]

let shop: Shop
beforeAll(async () => {
  shop = await openShop()
})
afterAll(() => shop.close())

test('a storm over all processors ends with money in = keys out, nothing twice, nothing lost, nothing stuck, no card on disk', async () => {
  const { wrong, ...tally } = await playStorm(shop, { orders: ORDERS, seed: SEED, beside: 8 })
  expect(wrong).toEqual([])
  expect(tally).toEqual({
    orders: ORDERS,
    keysDue: tally.keysDue,
    keysOut: tally.keysDue,
    duplicates: 0,
    lost: 0,
    stuck: 0,
    cards: 0,
  })
  expect(tally.keysDue).toBeGreaterThan(ORDERS / 2)
})
