import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openShop, type Shop } from '../../../../test/openShop.ts'
import type { PersonId, Vault } from '../../../vault/index.ts'
import type { LicenceContext } from '../context.ts'
import { confirm } from './confirm.ts'
import { leave } from './owner.ts'

let shop: Shop
beforeAll(async () => {
  shop = await openShop()
})
afterAll(() => shop.close())

// Longer than a database waits before it looks for a deadlock, so that the erasure has looked once already.
const LOOKED_MS = 1200

async function register(licenceKey: string, email: string): Promise<{ token: string; person: PersonId }> {
  const on = shop.walk()
  const sent = { licenceKey, email, name: '' }
  await on.submit(await on.get(`${shop.baseUrl}/register`), sent, { button: /link/ })
  await shop.settled()
  const link = (await shop.mails(email)).flatMap(({ text }) => /http\S+\/k\/(\S+)/.exec(text)?.[1] ?? []).at(-1)
  const [person] = await shop.desk().vault.find('email', email)
  if (!link || !person) throw new Error('no registration was mailed')
  return { token: link, person }
}

function signal(): { given: Promise<void>; give: () => void } {
  let give = (): void => {}
  const given = new Promise<void>((done) => {
    give = done
  })
  return { given, give }
}

/** The context of licences whose vault stops at one step until somebody opens the gate. */
function stopping(step: 'mark' | 'unmark') {
  const [reached, gate] = [signal(), signal()]
  const { vault } = shop.desk()
  const stop = async (...given: Parameters<Vault['mark']>): Promise<void> => {
    reached.give()
    await gate.given
    await (vault[step] as Vault['mark'])(...given)
  }
  const db = shop.at.engine.for()
  const ctx = { db, now: shop.now, orders: { db, kick: () => {} }, vault: { ...vault, [step]: stop } }
  return { ctx: ctx as unknown as LicenceContext, reached: reached.given, open: gate.give }
}

const left = (person: PersonId) =>
  Promise.all(
    ['licence_owner', 'registration', 'link_person'].map(
      async (table) => (await shop.rows(`select 1 from ${table} where person_id = $1`, [person])).length,
    ),
  )

test('giving a registration up while its owner is erased ends both, and neither stands in the way of the other', async () => {
  const { token, person } = await register('PL4-2207-1184', 'leaving.11@mail.example')
  const on = shop.walk()
  await on.submit(await on.get(`${shop.baseUrl}/k/${token}`), {}, { button: /^Yes/ })
  const { ctx, reached, open } = stopping('mark')
  const leaving = leave(ctx, person)
  await reached
  const erasing = shop.desk().vault.erase({ person, actor: { role: 'person', id: 'test' } })
  await pause(LOOKED_MS)
  open()
  expect(await leaving).toMatch(/^(left|notOwner)$/)
  await erasing
  expect(await left(person)).toEqual([0, 0, 0])
})

test('confirming while whoever asked is erased leaves no owner behind, and neither stands in the way of the other', async () => {
  const { token, person } = await register('PL4-2207-1183', 'confirming.12@mail.example')
  const { ctx, reached, open } = stopping('unmark')
  const confirming = confirm(ctx, token)
  await reached
  const erasing = shop.desk().vault.erase({ person, actor: { role: 'person', id: 'test' } })
  await pause(LOOKED_MS)
  open()
  expect((await confirming).outcome).toMatch(/^(owner|over)$/)
  await erasing
  expect(await left(person)).toEqual([0, 0, 0])
})
