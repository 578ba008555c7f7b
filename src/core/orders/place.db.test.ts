import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { config } from '../../../examples/higosoft/config.ts'
import { testEngine, type TestEngine } from '../../../test/engine.ts'
import { higosoft } from '../../../test/policy.ts'
import { newId, systemNow } from '../../lib/index.ts'
import { mayReveal } from '../../policy/index.ts'
import { openFileKeys, openVault, syncPolicy, type KeyStore } from '../../vault/index.ts'
import { readCatalogue } from './catalogue.ts'
import type { OrderContext } from './context.ts'
import { place, type NewOrder } from './place.ts'

let at: TestEngine
let keys: KeyStore
let ctx: OrderContext
/** Every key that the store gave out. */
const given: Buffer[] = []

beforeAll(async () => {
  at = await testEngine()
  keys = await openFileKeys(join(at.dir, 'keys'), systemNow)
  const policy = higosoft({})
  await at.engine.asOwner((ask) => syncPolicy(ask, policy, at.login))
  const watched: KeyStore = {
    ...keys,
    create: async (...asked) => {
      const made = await keys.create(...asked)
      given.push(...made.values())
      return made
    },
  }
  const now = systemNow
  const vault = openVault({
    db: at.engine.for(),
    keys: watched,
    policy,
    reveals: mayReveal(policy),
    now,
    log: () => {},
    personTables: [],
  })
  const sold = readCatalogue(config.catalogue)
  if (!sold.ok) throw new Error('the example sells nothing')
  const shop = { timeZone: 'Europe/Brussels', orderPrefix: 'HS', kick: () => {} }
  ctx = { db: at.engine.for(), vault, policy, catalogue: sold.catalogue, now, ...shop }
})
afterAll(async () => {
  await keys.close()
  await at.close()
})

const order = (): NewOrder => ({
  id: newId<'order'>(systemNow()),
  cart: [{ offerId: 'tally-download', quantity: 1 }],
  quotedMinor: 1900,
  values: { email: 'ada@mail.example', country: 'BE' },
  notice: 1,
})
const nothing = (): Promise<void> => Promise.resolve()
const left = (): number => given.filter((key) => key.some((byte) => byte !== 0)).length

test('no key stays in memory when an order was placed, was there already, or could not be written', async () => {
  const ada = order()
  const atOnce = await Promise.all([place(ctx, ada, nothing), place(ctx, ada, nothing)])
  expect(atOnce.map(({ outcome }) => outcome).sort()).toEqual(['already', 'placed'])
  expect([given.length >= 3, left()]).toEqual([true, 0])
  const before = given.length
  await expect(place(ctx, order(), () => Promise.reject(new Error('no row')))).rejects.toThrow('no row')
  expect([given.length > before, left()]).toEqual([true, 0])
})
