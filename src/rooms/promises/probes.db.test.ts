import { afterAll, beforeAll, expect, test } from 'vitest'
import { ordersIn } from '../../../test/asApp.ts'
import { testOn } from '../../../test/engine.ts'
import { adaOnline, openShop, type Shop } from '../../../test/openShop.ts'
import { GOOD_CARD } from '../../../test/visits.ts'
import type { OrderTables } from '../../core/orders/index.ts'
import type { Database } from '../../db/index.ts'
import type { PromisesContext } from './context.ts'
import { look } from './probes.ts'

let shop: Shop
beforeAll(async () => {
  shop = await openShop()
})
afterAll(() => shop.close())

/** The shop's database, where something happens after the given answer. */
function withDeed(after: number, deed: () => Promise<void>): Database<OrderTables> {
  const db = shop.at.engine.for<OrderTables>()
  let answers = 0
  const query = db.query.withPlugin({
    transformQuery: ({ node }) => node,
    transformResult: async ({ result }) => {
      answers += 1
      if (answers === after) await deed()
      return result
    },
  })
  return { ...db, query }
}

test('a look at the purchases of a shop that sold nothing says so', async () => {
  const db = shop.at.engine.for<OrderTables>()
  const contact = { isRepeated: () => Promise.resolve(false) }
  const ctx = { orders: { db }, licences: { db }, contact, probes: {} } as unknown as PromisesContext
  expect(await look(ctx, 'purchases')).toMatchObject({ holds: true, text: expect.stringMatching(/nothing/i) })
})

// PGlite has one connection, which is busy for as long as an answer is being read: nothing can come in between there.
testOn('postgres').each([1, 2, 3])(
  'a payment that comes in after answer %i of a look at the purchases is no alarm',
  async (after) => {
    const walk = shop.walk()
    const paying = await walk.submit(await shop.orderForm(walk, 'tally'), adaOnline, { button: /^Pay/ })
    let paid = false
    const db = withDeed(after, async () => {
      await walk.submit(paying, { card: GOOD_CARD, expiry: '12/34', cvc: '123' }, { button: /^Pay/ })
      await shop.settled()
      paid = true
    })
    const contact = { isRepeated: () => Promise.resolve(false) }
    const ctx = { orders: { db }, licences: { db }, contact, probes: {} } as unknown as PromisesContext
    expect([(await look(ctx, 'purchases')).holds, paid]).toEqual([true, true])
    expect(await ordersIn(shop)).toHaveLength(after)
  },
)
