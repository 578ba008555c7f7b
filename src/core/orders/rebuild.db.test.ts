import { afterAll, beforeAll, expect, test } from 'vitest'
import { testEngine, type TestEngine } from '../../../test/engine.ts'
import { instant, later, newId } from '../../lib/index.ts'
import { rebuildViews } from './commands.ts'
import type { Fact, FactKind, OrderId } from './facts.ts'
import { settle } from './record.ts'
import type { OrderTables } from './tables.ts'

const now = instant('2030-01-02T03:04:05Z')
let at: TestEngine

beforeAll(async () => {
  at = await testEngine()
})
afterAll(() => at.close())

const fact = (kind: FactKind, minute: number, more: Partial<Fact> = {}): Fact => ({
  source: 'store',
  ext: `${kind}:${minute}`,
  kind,
  at: later(now, minute * 60_000),
  ...more,
})
const money = { amountMinor: 6800, currency: 'EUR' }
const placed = fact('order.placed', 0, { ...money, units: 1, boxes: 1 })
const paid = fact('pay.captured', 1, { ...money, ref: 'pi_1' })
const stories: readonly (readonly Fact[])[] = [
  [placed],
  [placed, paid],
  [placed, paid, fact('ship.handedOver', 2)],
  [placed, paid, fact('refund.succeeded', 3, { ...money, ref: 're_1' })],
  [placed, fact('order.cancelled', 2)],
]

test('lists that were spoilt are made again from the facts, as they stood', async () => {
  const db = at.engine.for<OrderTables>()
  for (const [index, facts] of stories.entries()) {
    const id: OrderId = newId<'order'>(later(now, index))
    const number = `TEST-${index}`
    await db.tx(async (tx) => {
      await tx.insertInto('order_number').values({ order_id: id, number }).execute()
      await settle(tx, now, { id, number, facts })
    })
  }
  const lists = () => db.query.selectFrom('order_view').selectAll().orderBy('number').execute()
  const stood = await lists()
  expect(stood.map((row) => row.headline)).toEqual(['awaiting', 'toPack', 'onItsWay', 'refunded', 'cancelled'])

  await db.query.updateTable('order_view').set({ headline: 'paid', total_minor: 1 }).execute()
  await db.query.deleteFrom('order_view').where('number', '=', 'TEST-2').execute()
  expect(await lists()).not.toEqual(stood)
  expect(await rebuildViews({ db })).toBe(stories.length)
  expect(await lists()).toEqual(stood)
})
