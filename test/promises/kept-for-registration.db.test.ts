import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { FieldOf } from '../../src/policy/index.ts'
import { ordersIn, type ShopOrder } from '../asApp.ts'
import { ada, adaOnline, openShop, type Shop } from '../openShop.ts'
import { textOf } from '../walker.ts'

const program = { role: 'program', id: 'test' } as const

/** What the registration of an order's buyer holds, by field. */
async function registered(shop: Shop, order: ShopOrder): Promise<Readonly<Record<string, string | undefined>>> {
  const seen = await shop
    .desk()
    .vault.reveal({ person: order.person, purpose: 'registration', actor: program, for: 'order:1' })
  return seen.outcome === 'shown' ? seen.values : { refused: seen.because }
}

describe('when registration is on', () => {
  let shop: Shop
  let download: ShopOrder
  let box: ShopOrder
  beforeAll(async () => {
    shop = await openShop()
    await shop.buy(adaOnline)
    await shop.buy(ada, { product: 'letterpress' })
    ;[download, box] = (await ordersIn(shop)) as [ShopOrder, ShopOrder]
  })
  afterAll(() => shop.close())

  test('a download hands over the e-mail address and the key, and nothing else', async () => {
    expect(await registered(shop, download)).toEqual({ email: ada.email })
    const boxes = await shop.rows(
      `select part, item <> '' as made from vault.box where class = 'relation' and person_id = $1 and part <> 'message' order by 1`,
      [download.person],
    )
    expect(boxes).toEqual([
      { part: 'contact', made: false },
      { part: 'licence', made: true },
    ])
  })

  test('a box hands over name and address too, but neither country nor telephone', async () => {
    const { country: _country, telephone: _telephone, ...kept } = ada
    expect(await registered(shop, box)).toEqual(kept)
    await shop.held(ada.email)
    const whole = await shop.desk().vault.everything(box.person, { actor: program, for: 'order:1' })
    const raw = whole.boxes
      .filter((one) => one.class === 'relation' && one.part !== 'message')
      .map((one) => Object.keys(one.values))
    expect(raw.flat().sort()).toEqual(['city', 'email', 'licenceKey', 'name', 'postcode', 'street'])
  })

  test('asking the registration for what the order had beyond that shows nothing', async () => {
    for (const field of ['telephone', 'country'] as unknown as FieldOf<'registration'>[]) {
      const seen = await shop
        .desk()
        .vault.reveal({ person: box.person, purpose: 'registration', fields: [field], actor: program, for: 'order:1' })
      expect(seen.outcome === 'shown' ? seen.values : {}).toEqual({})
    }
  })

  test('one owner is recorded for each key, on a ground of its own without an end of its own', async () => {
    const owners = await shop.rows(
      'select l.order_id as order, o.person_id as person from licence_owner o join licence l using (licence_id) order by l.order_id',
    )
    expect(owners).toEqual([download, box].map((one) => ({ order: one.id, person: one.person })))
    const grounds = await shop.rows(
      `select channel, legal_basis, until from vault.basis where purpose = 'registration'`,
    )
    expect(grounds).toEqual([1, 2].map(() => ({ channel: 'store', legal_basis: 'contract', until: null })))
  })

  test('it outlives the order’s own time and ends when the buyer has it erased', async () => {
    await shop.advance('P61D')
    const { vault } = shop.desk()
    expect(
      await vault.reveal({ person: download.person, purpose: 'purchase', actor: program, for: 'order:1' }),
    ).toMatchObject({ outcome: 'refused' })
    expect(await registered(shop, download)).toEqual({ email: ada.email })
    await vault.erase({ person: download.person, actor: { role: 'person', id: 'test' } })
    expect(await registered(shop, download)).toEqual({ refused: 'no-ground' })
    expect(await shop.rows('select 1 from licence_owner where person_id = $1', [download.person])).toEqual([])
    expect(
      await shop.rows('select 1 from licence where order_id = $1 and revoked_at is null', [download.id]),
    ).toHaveLength(1)
  })
})

describe('when registration is switched off', () => {
  let shop: Shop
  beforeAll(async () => {
    shop = await openShop({ purposes: { registration: { off: true } } })
    await shop.buy(ada, { product: 'letterpress' })
  })
  afterAll(() => shop.close())

  test('nobody is recorded as an owner and nothing is kept for it, yet the key is there', async () => {
    expect(await shop.rows('select 1 from licence_owner')).toEqual([])
    expect(await shop.rows(`select 1 from vault.box where class = 'relation'`)).toEqual([])
    expect(await shop.rows(`select 1 from vault.basis where purpose = 'registration'`)).toEqual([])
    expect((await shop.mails(ada.email))[0]?.text).toMatch(/(?:[0-9A-Z]{5}-){4}[0-9A-Z]{5}/)
  })

  test('no form and no page speaks of it, and a look for it is refused', async () => {
    const walk = shop.walk()
    const form = await shop.orderForm(walk, 'letterpress')
    expect(textOf(form)).not.toContain('to know you as the owner of your copy')
    const privacy = await walk.get(`${shop.baseUrl}/privacy`)
    expect(privacy.html).not.toContain('id="registration"')
    const [order] = await ordersIn(shop)
    expect(order && (await registered(shop, order))).toEqual({ refused: 'not-of-purpose' })
    expect(textOf(await walk.get(`${shop.baseUrl}/promises`))).toMatch(
      /switched that off and asks nothing for it. Nothing is kept for it/,
    )
  })
})
