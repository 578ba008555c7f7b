import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { exportJWK, generateKeyPair } from 'jose'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { holder, signature } from '../../sim/sealed/notices.ts'
import { sealNotice } from '../../sim/sealed/seal.ts'
import type { SealedOrder } from '../../sim/sealed/state.ts'
import { everyRow, rowCounts } from '../asApp.ts'
import { search } from '../erase/search.ts'
import { adaOnline, openShop, type Shop } from '../openShop.ts'
import { sealedShop, type SealedShop } from '../sealedOrders.ts'
import { heldIn } from '../spellings.ts'

let shop: Shop
let at: SealedShop
let order: SealedOrder
beforeAll(async () => {
  shop = await openShop({}, {}, ['sealed'])
  at = sealedShop(shop)
  order = await at.begin()
})
afterAll(() => shop.close())

/** A person as a processor might name them, who has ordered nothing else here. */
const person = {
  name: 'Euphemia Zilverschoon-Quist',
  email: 'euphemia.zilverschoon@mail.example',
  address: { street: 'Nachtegaallaan 80317', postcode: 'B-9881 ZXQ', city: 'Sint-Maria-Aalter-Bis', country: 'BE' },
  telephone: '+32 475 61 90 28',
}
const PERSONAL = [
  person.name,
  person.email,
  person.address.street,
  person.address.postcode,
  person.address.city,
  person.telephone,
]
const CARDS = ['4242 4242 4242 4242', '4242424242424242', '5555 4444 3333 1111', '5555444433331111']
const signed = (body: string): Record<string, string> => ({
  'sealed-signature': signature('sealed_shop', body, Math.floor(shop.now().getTime() / 1000)),
})
const said = (kind: string, more: object = {}): object => ({
  event: `told_${kind}`,
  kind,
  time: shop.now().toISOString(),
  order: order.order,
  payment: 'sp_told',
  amount: 1900,
  currency: 'EUR',
  person,
  ...more,
})

/** Searches everything of ours: each row, each line of the log, each file of keys and of the built-in database. The order's number is found, so it does search. */
async function foundAnywhere(values: readonly string[]): Promise<string[]> {
  const rows = [...(await everyRow(shop)).values()].join('\n')
  const places = { folders: [shop.at.dir], texts: { rows, lines: shop.lines.join('\n') } }
  const { found } = await search(places, [...values, order.number])
  const others = found.filter((one) => !one.includes(order.number))
  expect(found.length).toBeGreaterThan(others.length)
  return others
}

test('what is not both signed and sealed to us is refused with its reason, and leaves no row', async () => {
  const plain = `${JSON.stringify(said('order.completed'))}\n${await at.card()}`
  const sealed = await at.sealed(order, 'order.completed', { person })
  const { publicKey } = await generateKeyPair('ECDH-ES', { extractable: true })
  const theirs = { ...(await exportJWK(publicKey)), kid: 'theirs' }
  const strange = await sealNotice(said('order.completed'), undefined, theirs)
  const posing = await sealNotice(said('order.completed'), undefined, {
    ...theirs,
    kid: (await at.shopKey()).kid ?? '',
  })
  const inClear = await sealNotice(said('order.received'), '5555444433331111', await at.shopKey())
  const beside = await sealNotice(
    said('order.completed', { note: '5555 4444 3333 1111' }),
    undefined,
    await at.shopKey(),
  )
  const before = await rowCounts(shop)
  for (const [body, header, because] of [
    [plain, {}, 'no signature'],
    [plain, signed(plain), 'not sealed'],
    [sealed, {}, 'no signature'],
    [sealed, signed(`${sealed} `), 'wrong signature'],
    [strange, signed(strange), 'unknown key'],
    [posing, signed(posing), 'not openable'],
    [inClear, signed(inClear), 'not understood'],
    [beside, signed(beside), 'card in the open'],
  ] as const) {
    const answer = await at.post(body, header)
    expect([because, answer.status, await answer.text()]).toEqual([because, 401, `${because}\n`])
  }
  expect((await at.post(`${sealed}${'A'.repeat(20_000)}`)).status).toBe(413)
  const after = await rowCounts(shop)
  const changed = [...after].filter(([table, count]) => before.get(table) !== count)
  expect(changed.filter(([table]) => table !== 'public.processor_state')).toEqual([])
  expect(await foundAnywhere([...PERSONAL, ...CARDS])).toEqual([])
})

test('of a sealed notice nothing personal stands in clear on the disk, and neither its card part nor the wrapped key stands there at all', async () => {
  const card = await at.card('5555444433331111')
  const received = await sealNotice(said('order.received'), card, await at.shopKey())
  expect((await at.post(received)).status).toBe(200)
  const [head = '', wrapped = '', , secret = ''] = card.split('.')
  const parts = [card.slice(0, 60), wrapped, secret, head.slice(0, 40), received.slice(-60)]
  const completed = await sealNotice(said('order.completed'), undefined, await at.shopKey())
  expect((await at.post(completed)).status).toBe(200)
  await shop.settled()
  expect(await at.receipts(order)).toMatchObject([{ how: 'completed' }])
  expect(await foundAnywhere([...PERSONAL, ...CARDS, ...parts])).toEqual([])
  expect(await shop.rows(`select 1 from processor_event where order_ref = $1`, [order.order])).toHaveLength(2)
})

test('what is kept of it is sealed under its buyer’s key, says no more of the person than the e-mail address', async () => {
  const { vault } = shop.desk()
  const kept = await shop.rows(
    `select text_id as text, person_id as person from processor_event where order_ref = $1`,
    [order.order],
  )
  const opened = await vault.openTexts({
    texts: kept.map(({ text }) => text),
    person: kept[0]?.['person'],
    purpose: 'refunds',
    actor: { role: 'owner', id: 'o' },
    for: `order:${order.order}`,
  } as never)
  const passages = opened.outcome === 'shown' ? opened.passages : []
  const all = passages.map(({ content }) => content.toString()).join('\n')
  expect(all).toContain('order.received')
  expect(all).toContain(person.email)
  expect(heldIn(all, [person.name, person.address.street, person.address.city, person.telephone])).toEqual([])
})

test('a card typed at its page is on no page, in no row, log or file of ours, and the processor itself forgets it', async () => {
  await shop.buy({ ...adaOnline, processor: 'sealed' })
  expect(
    await foundAnywhere([...CARDS, holder.name, holder.email, holder.address.street, holder.address.city]),
  ).toEqual([])
  const { sealed } = shop.sim
  const remembered = JSON.stringify([
    ...sealed.orders.values(),
    ...sealed.gone,
    ...sealed.cards.values(),
    ...shop.sim.messages.values(),
  ])
  expect(heldIn(remembered, CARDS)).toEqual([])
})

test('the order form and the policy say what proves each processor’s messages', async () => {
  const form = (await shop.orderForm(shop.walk(), 'tally')).html
  expect(form).toMatch(/Zegelkas[\s\S]{0,400}sealed and signed/)
  expect(form).toMatch(/Stripe[\s\S]{0,400}Its messages to us are signed/)
  const policy = await (await shop.ask('/privacy')).text()
  expect(policy).toContain('sealed part that we never open')
})

test('the keys to read sealed notices are in the key folder alone, and no copy of the database opens one', async () => {
  const secret = readFileSync(join(shop.at.dir, 'keys', 'notices')).subarray(16, 48)
  const rows = [...(await everyRow(shop)).values()].join('\n')
  const { found } = await search({ folders: [], texts: { rows, lines: shop.lines.join('\n') } }, [
    secret.toString('base64url'),
    secret.toString('hex'),
  ])
  expect(found).toEqual([])
})
