import { writeFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addFault } from '../../sim/faults/rules.ts'
import { totalOf } from '../../sim/swreg/link.ts'
import { linkedVisits, type LinkedVisits } from '../linked.ts'
import { openShop, type Shop } from '../openShop.ts'
import { takeReports } from '../reports.ts'
import { textOf } from '../walker.ts'
import { playStorm } from './faces/storm.ts'

// A long one is played by `npm run test:storm`, which sets these; each run of the tests plays a short one.
const ORDERS = Number(process.env['AVOW_STORM_ORDERS'] ?? 60)
const SEED = Number(process.env['AVOW_STORM_SEED'] ?? 20_261_128)
const SAYS = process.env['AVOW_STORM_SAYS']

let shop: Shop
let at: LinkedVisits
beforeAll(async () => {
  shop = await openShop({}, {}, ['paddle', 'swreg', 'regnow', 'sealed'])
  at = linkedVisits(shop, 'swreg')
})
afterAll(() => shop.close())

describe('a call for a key that was lost', () => {
  test('is closed by the report, of which each product is a row, once however often it is taken in', async () => {
    const cart = [
      { offerId: 'tally-download', quantity: 1 },
      { offerId: 'plumbline-download', quantity: 2 },
    ]
    const waiting = await at.order(cart)
    addFault(shop.sim, { fault: 'drop', face: 'swreg', next: 1 })
    expect(textOf(await at.pay(waiting))).toContain('The key follows by mail.')
    expect(await at.cameTo(waiting.id)).toEqual({ headline: 'pending', keys: 0, revoked: 0, tasks: [] })
    expect(await takeReports(shop, ['swreg'])).toEqual([expect.stringMatching(/ 0 not paid, 0 refused\.$/)])
    const paid = { headline: 'paid', keys: 3, revoked: 0, tasks: [] }
    expect(await at.cameTo(waiting.id)).toEqual(paid)
    await takeReports(shop, ['swreg'])
    expect(await at.cameTo(waiting.id)).toEqual(paid)
    const [money] = await shop.rows(
      `select sum(amount_minor)::int as minor, count(*)::int as all from order_fact where order_id = $1 and kind = 'pay.captured'`,
      [waiting.id],
    )
    expect(money).toEqual({ minor: totalOf([...shop.sim.swreg.baskets.values()].at(-1)!), all: 2 })
  })

  test('of another amount than the order is left to people', async () => {
    const waiting = await at.order()
    addFault(shop.sim, { fault: 'drop', face: 'swreg', next: 1 })
    await at.pay(waiting)
    const [line] = [...shop.sim.swreg.baskets.values()].at(-1)!.lines
    Object.assign(line!, { quantity: 2 })
    expect(await takeReports(shop, ['swreg'])).toEqual([expect.stringMatching(/ 0 not paid, 1 refused\.$/)])
    expect(await at.cameTo(waiting.id)).toMatchObject({ headline: 'awaiting', keys: 0 })
    Object.assign(line!, { quantity: 1 })
    expect(shop.sim.swreg.notes.map(({ text }) => text)).toEqual(Array(2).fill('the call was not answered'))
  })
})

test('a storm over the processors ends with money in = keys out, nothing twice, nothing lost, nothing stuck, no card on disk', async () => {
  const say = SAYS ? (line: string) => console.log(line) : undefined
  const { wrong, faces, ...tally } = await playStorm(shop, {
    orders: ORDERS,
    seed: SEED,
    beside: 8,
    alone: SAYS !== undefined,
    ...(say && { say }),
  })
  const { keysDue, keysOut, duplicates, lost, stuck, cards } = tally
  if (SAYS)
    writeFileSync(
      SAYS,
      `seed ${SEED}: ${ORDERS} orders, money in = keys out (${keysDue} = ${keysOut}), ${duplicates} duplicates, ${lost} lost, ${stuck} stuck without a task, ${cards} card numbers on disk`,
    )
  expect(wrong).toEqual([])
  expect(Object.keys(faces).toSorted()).toEqual(['paddle', 'regnow', 'sealed', 'stripe', 'swreg'])
  expect(Math.min(...Object.values(faces))).toBeGreaterThan(0)
  expect(tally).toEqual({ orders: ORDERS, keysDue, keysOut: keysDue, duplicates: 0, lost: 0, stuck: 0, cards: 0 })
  expect(keysDue).toBeGreaterThan(ORDERS / 2)
})
