import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '../../src/lib/index.ts'
import type { Purpose } from '../../src/policy/index.ts'
import { asApp, ordersIn, type ShopOrder } from '../asApp.ts'
import { ada, adaOnline, openShop, type Shop } from '../openShop.ts'

let shop: Shop
let download: ShopOrder
let box: ShopOrder

beforeAll(async () => {
  shop = await openShop()
  await shop.buy(adaOnline)
  await shop.buy(ada, { product: 'letterpress' })
  const orders = await ordersIn(shop)
  ;[download, box] = [orders[0] as ShopOrder, orders[1] as ShopOrder]
})
afterAll(() => shop.close())

const sam = { role: 'desk', id: 'sam' } as const
const program = { role: 'program', id: 'test' } as const
/** Who may look for a purpose: the desk sees the address of a parcel, and nothing else of an order. */
const opener = (purpose: string) => (purpose === 'fulfilment' ? sam : program)

/** A look through the program's own door. */
function look(order: ShopOrder, purpose: Purpose) {
  return shop.desk().vault.reveal({ person: order.person, purpose, actor: opener(purpose), for: 'order:1' })
}

/** The same look by injected SQL: asks for the log row, and then for every box whatever the answer was. */
async function injectedLook(order: ShopOrder, purpose: string, part: string, by?: { role: string; id: string }) {
  const { role, id } = by ?? opener(purpose)
  const log = newId(shop.now())
  const asked = `select vault.log('${order.person}', '${log}', 'reveal', '${purpose}', '${role}', '${id}', '{${part}}', 'order:1') as answer`
  const [row] = await asApp(shop, asked)
  const boxes = await asApp(shop, `select * from vault.reveal('${order.person}', '${log}', '{*}')`)
  return { answer: row?.['answer'], boxes: boxes.length }
}

const looks = async (): Promise<number> =>
  Number((await shop.rows('select count(*) as all from vault.access_log'))[0]?.['all'])

test('what a purpose needs is shown on the ground that the person gave, by the door and by the database', async () => {
  expect(await look(box, 'fulfilment')).toMatchObject({ outcome: 'shown', values: { street: ada.street } })
  expect(await injectedLook(box, 'fulfilment', 'address')).toEqual({ answer: 'logged', boxes: 1 })
})

describe('refused by the door and by the database, and not logged as a look:', () => {
  test.each([
    ['a purpose for which this person never gave a ground', 'fulfilment', 'address', 'no-ground'],
    ['a part that the purpose does not need', 'purchase', 'address', 'not-of-purpose'],
    ['news that the person never asked for', 'campaignMail', 'contact', 'no-ground'],
    ['a purpose that keeps nothing', 'statistics', 'network', 'not-of-purpose'],
    ['a purpose that nobody declared', 'profiling', 'contact', 'not-of-purpose'],
  ])('%s', async (_, purpose, part, because) => {
    const before = await looks()
    const vault = shop.desk().vault
    const opened = await vault.openBoxes({
      person: download.person,
      purpose: purpose as Purpose,
      parts: [part as 'address'],
      items: ['*'],
      actor: opener(purpose),
      for: 'order:1',
    })
    expect(opened).toEqual({ outcome: 'refused', because })
    expect(await injectedLook(download, purpose, part)).toEqual({ answer: because, boxes: 0 })
    expect(await looks()).toBe(before)
  })

  test.each([
    ['staff at the desk, for what only the person and the program may open', 'purchase', 'contact', 'desk'],
    ['staff at the desk, in the name of the person’s own rights', 'rights', 'contact', 'owner'],
    ['a role that nobody made', 'fulfilment', 'address', 'auditor'],
  ])('%s', async (_, purpose, part, role) => {
    const before = await looks()
    const actor = { role: role as 'desk', id: 'sam' }
    const asked = { person: box.person, purpose: purpose as Purpose, parts: [part as 'contact'], items: ['*'] }
    const refused = { outcome: 'refused', because: 'not-of-purpose' }
    expect(await shop.desk().vault.openBoxes({ ...asked, actor, for: 'order:1' })).toEqual(refused)
    expect(await injectedLook(box, purpose, part, actor)).toEqual({ answer: 'not-of-purpose', boxes: 0 })
    expect(await looks()).toBe(before)
  })

  test('a ground that was withdrawn', async () => {
    const withdraw = (when: string) =>
      shop.rows(`update vault.basis set withdrawn_at = ${when} where purpose = 'fulfilment'`)
    await withdraw('vault.now()')
    expect(await look(box, 'fulfilment')).toEqual({ outcome: 'refused', because: 'no-ground' })
    expect(await injectedLook(box, 'fulfilment', 'address')).toEqual({ answer: 'no-ground', boxes: 0 })
    expect(await look(box, 'purchase')).toMatchObject({ outcome: 'shown' })
    await withdraw('null')
  })
})

test('a look shows the fields of its purpose and no others that lie in the same group', async () => {
  const seen = await look(box, 'registration')
  expect(seen.outcome === 'shown' && Object.keys(seen.values).sort()).toEqual([
    'city',
    'email',
    'name',
    'postcode',
    'street',
  ])
  const asked = {
    person: box.person,
    purpose: 'purchase',
    fields: ['telephone'] as never,
    actor: sam,
    for: 'order:1',
  } as const
  const more = await shop.desk().vault.reveal(asked)
  expect(more.outcome === 'shown' ? more.values : {}).toEqual({})
})

test('the program’s own login reads no box, no ground and no log, and cannot widen a purpose', async () => {
  for (const statement of [
    'select * from vault.box',
    'select * from vault.basis',
    'select * from vault.access_log',
    `insert into vault.purpose_part values ('tax', 'contract', 'contact')`,
    `insert into vault.login_purpose values (session_user, 'profiling')`,
    `update vault.purpose_clock set period = '900 years'`,
    `update vault.basis set until = null`,
  ])
    await expect(asApp(shop, statement), statement).rejects.toThrow('permission denied')
})

test.each([
  ['rolled back', 0],
  ['committed', 1],
])('a look whose log row is %s shows %i groups, so none goes unlogged', async (end, groups) => {
  const log = newId(shop.now())
  const ending = end === 'committed' ? 'commit' : 'rollback'
  await asApp(
    shop,
    `begin; select vault.log('${box.person}', '${log}', 'reveal', 'fulfilment', 'desk', 'sam', '{address}', 'order:1'); ${ending}`,
  )
  expect(await asApp(shop, `select * from vault.reveal('${box.person}', '${log}', '{*}')`)).toHaveLength(groups)
})

test('staff open an address while its box waits, logged with the order, and nothing afterwards', async () => {
  const desk = await shop.staff()
  const opened = async (): Promise<unknown[]> =>
    (
      await shop.rows(
        `select ref from vault.access_log where role = 'desk' and purpose = 'fulfilment' and ref = 'order:${box.id}'`,
      )
    ).map((row) => row['ref'])
  expect(await (await desk(`/desk/orders/${box.number}`)).text()).toContain(ada.street)
  expect(await opened()).toHaveLength(1)
  expect(await (await desk(`/desk/orders/${download.number}`)).text()).not.toContain(ada.email)
  expect((await shop.ask(`/desk/orders/${box.number}`)).status).not.toBe(200)
  await desk(`/desk/orders/${box.number}/hand-over`, {})
  expect(await (await desk(`/desk/orders/${box.number}`)).text()).not.toContain(ada.street)
  expect(await opened()).toHaveLength(1)
})

test('when its time is over a purpose opens nothing more, and one whose time lasts still does', async () => {
  expect(await look(box, 'fulfilment')).toMatchObject({ outcome: 'shown' })
  await shop.advance('P61D')
  for (const [purpose, part] of [
    ['fulfilment', 'address'],
    ['purchase', 'contact'],
  ] as const) {
    expect(await look(box, purpose)).toEqual({ outcome: 'refused', because: 'no-ground' })
    expect(await injectedLook(box, purpose, part)).toEqual({ answer: 'no-ground', boxes: 0 })
  }
  expect(await look(box, 'registration')).toMatchObject({ outcome: 'shown' })
})
