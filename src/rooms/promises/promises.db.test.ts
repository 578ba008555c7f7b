import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ada, adaOnline, openShop, type Shop } from '../../../test/openShop.ts'
import { promises } from '../../policy/index.ts'

let shop: Shop
beforeAll(async () => {
  shop = await openShop()
})
afterAll(() => shop.close())

/** What a visitor reads about each promise, a minute later than whoever read it before. */
async function readPage(): Promise<ReadonlyMap<string, string>> {
  await shop.advance('PT1M')
  return pageNow()
}

async function pageNow(): Promise<ReadonlyMap<string, string>> {
  const html = await (await shop.ask('/promises')).text()
  const rows = [...html.matchAll(/<li id="([a-z-]+)">([\s\S]*?)<\/li>/g)]
  return new Map(rows.map(([, id = '', inside = '']) => [id, inside.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')]))
}

/** Statements of the database's owner, who can do anything; the names stand for what was sold in this shop. */
async function asOwner(text: string): Promise<void> {
  const [sold] = await shop.rows(
    `select p.person_id as person, p.order_id as "order" from order_person p join order_view v using (order_id) where v.boxes = 0 order by p.order_id limit 1`,
  )
  const filled = text.replaceAll('$person', `'${String(sold?.['person'])}'::uuid`)
  await shop.rows(filled.replaceAll('$order', `'${String(sold?.['order'])}'::uuid`))
}

const holding = (page: ReadonlyMap<string, string>): string[] =>
  [...page].filter(([, text]) => text.includes('does not hold')).map(([id]) => id)

test('before anything was sold the page says that there was nothing to look at', async () => {
  const page = await readPage()
  expect(holding(page)).toEqual([])
  for (const id of ['purpose', 'need-to-share', 'minimum', 'categories', 'told-first', 'by-purchase'])
    expect([id, page.get(id)]).toEqual([
      id,
      expect.stringMatching(/nothing to check|Nothing (is sealed|was given) yet/),
    ])
  expect(page.size).toBe(promises.length)
})

test('the page says nothing of how much was sold', async () => {
  await shop.buy(adaOnline)
  await shop.buy(ada, { product: 'letterpress' })
  const untimed = (page: ReadonlyMap<string, string>): string[] =>
    [...page.values()].map((text) => text.replace(/Looked at \d[^.]+\./g, ''))
  const before = untimed(await readPage())
  await shop.buy({ email: 'bela@mail.example', country: 'JP' })
  await shop.buy({ email: 'bela@mail.example', country: 'JP' })
  expect(untimed(await readPage())).toEqual(before)
  const page = await readPage()
  for (const id of ['purpose', 'need-to-share', 'minimum', 'categories', 'told-first', 'by-purchase'])
    expect([id, page.get(id)]).not.toEqual([id, expect.stringContaining('nothing to check')])
})

test('all holds, and evidence is gathered once a minute however often it is asked for', async () => {
  expect(holding(await readPage())).toEqual([])
  await asOwner(`update commitment set expires_at = expires_at - interval '5 years'`)
  expect(holding(await pageNow())).toEqual([])
  expect(holding(await readPage())).toEqual(['committed-partners'])
  await asOwner(`update commitment set expires_at = expires_at + interval '5 years'`)
  expect(holding(await readPage())).toEqual([])
})

const id = `'00000000-0000-7000-8000-000000000001'::uuid`
const look = (purpose: string, parts: string): string =>
  `insert into vault.access_log (person_id, log_id, at, kind, role, actor, purpose, parts, ref, login, xid)
   values ($person, ${id}, vault.now(), 'reveal', 'desk', 'sam', '${purpose}', '${parts}', 'order:1', 'avow_app', pg_current_xact_id())`
const noLook = `delete from vault.access_log where log_id = ${id}`
const box = (kind: string, part: string): string =>
  `insert into vault.box values ($person, '${kind}', '${part}', 'stray', 1, '\\x00')`
const typedBox = `insert into vault.box values ($person, 'relation', 'address', '', 1, '\\x00')`
const noBox = `delete from vault.box where item = 'stray' or sealed = '\\x00'`
const passedOn = (recipient: string, purpose: string, fields: string, values: string): string =>
  `insert into disclosure values (${id}, '${recipient}', '${purpose}', 'order:1', '${fields}', '${values}', $person, vault.now())`
const notPassedOn = `delete from disclosure where disclosure_id = ${id}`
const key = `insert into licence values (${id}, $order, 7, 'Tally', '\\x00', 'XXXXX', now(), null)`
const noKey = `delete from licence_unit where licence_id = ${id}; delete from licence where licence_id = ${id}`
const session = `insert into staff values (${id}, 'mallory', 'desk', vault.now(), null);
  insert into staff_session values (sha256('m'), ${id}, vault.now(), vault.now() + interval '13 hours')`
const everyCookie = ['cookies-explained', 'cookies-unique-and-own', 'cookies-harmless', 'cookies-refusable']

/** How somebody with all rights over the database breaks what was promised, and how it is mended. */
const breaks: readonly [string, readonly string[], string, string][] = [
  ['a look for which the person never gave a ground', ['purpose'], look('fulfilment', '{address}'), noLook],
  ['a look at a part that its purpose does not need', ['purpose'], look('purchase', '{contact,address}'), noLook],
  ['a look at nothing in particular', ['purpose'], look('purchase', '{}'), noLook],
  [
    'a look dated before the log began',
    ['purpose'],
    `${look('purchase', '{contact}')}; update vault.access_log set at = at - interval '9 years' where log_id = ${id}`,
    noLook,
  ],
  ['an address under a download', ['minimum'], box('contract', 'address'), noBox],
  ['a kind of data that no purpose names', ['minimum', 'categories'], box('tax', 'preferences'), noBox],
  ['more about an owner than the order asked', ['kept-for-registration'], typedBox, noBox],
  [
    'an owner of nothing',
    ['kept-for-registration'],
    `insert into licence_owner values (${id}, $person, now())`,
    `delete from licence_owner where licence_id = ${id}`,
  ],
  [
    'a ground under a version that was never published',
    ['told-first'],
    `update vault.basis set notice = notice + 90`,
    `update vault.basis set notice = notice - 90`,
  ],
  [
    'a published sentence that the program does not enforce',
    ['told'],
    `update policy_version set clauses = jsonb_set(clauses, '{2,sentences,0}', '"We may do anything."')`,
    '',
  ],
  [
    'a personal field passed to the processor',
    ['need-to-share', 'never-sold'],
    passedOn('stripe', 'purchase', '{email}', '{orderId}'),
    notPassedOn,
  ],
  [
    'a value passed on that is not in the row',
    ['need-to-share', 'never-sold'],
    passedOn('stripe', 'purchase', '{}', '{orderId,shoeSize}'),
    notPassedOn,
  ],
  [
    'something passed on for another purpose',
    ['need-to-share', 'never-sold'],
    passedOn('mailHost', 'tax', '{}', '{mailId}'),
    notPassedOn,
  ],
  [
    'something passed on to a stranger',
    ['need-to-share', 'never-sold'],
    passedOn('broker', 'purchase', '{}', '{}'),
    notPassedOn,
  ],
  [
    'a place for a card number',
    ['categories', 'card-for-payment-only'],
    `alter table order_line add column card_number text`,
    `alter table order_line drop column card_number`,
  ],
  [
    'a sign-in that outlasts the register',
    everyCookie,
    session,
    `delete from staff_session where staff_id = ${id}; delete from staff where staff_id = ${id}`,
  ],
  ['a key that belongs to no piece', ['by-purchase'], key, noKey],
  [
    'a key more than there are pieces',
    ['by-purchase'],
    `${key}; insert into licence_unit values ($order, 7, ${id})`,
    noKey,
  ],
  [
    'a key that nobody paid for',
    ['by-purchase'],
    `update order_view set paid_at = null where order_id = $order`,
    `update order_view set paid_at = placed_at where order_id = $order`,
  ],
  [
    'a second receipt',
    ['by-purchase'],
    `insert into contact_ledger select ${id}, channel, kind, person_id, purpose, ref, made_at, message_id from contact_ledger where kind = 'receipt' limit 1`,
    `delete from contact_ledger where mail_id = ${id}`,
  ],
]

describe('a promise does not hold when somebody with all rights makes', () => {
  test.each(breaks)('%s', async (_, broken, breaking, mending) => {
    const [{ clauses } = {}] = await shop.rows('select clauses::text from policy_version')
    expect(holding(await readPage())).toEqual([])
    await asOwner(breaking)
    expect(holding(await readPage())).toEqual(promises.map((row) => row.id).filter((one) => broken.includes(one)))
    if (mending) await asOwner(mending)
    await shop.rows('update policy_version set clauses = $1::jsonb', [clauses])
    expect(holding(await readPage())).toEqual([])
  })
})

describe('the log of looks cannot be rewritten unseen: not', () => {
  beforeAll(async () => {
    await shop.advance('P1D')
    await shop.buy(adaOnline)
    await shop.advance('P3D')
    await shop.restart()
  })
  const firstDay = `(select min(day) from vault.log_root where rows > 0)`
  test.each([
    [
      'a changed line',
      `update vault.access_log set actor = 'nobody' where actor = 'receipt'`,
      `update vault.access_log set actor = 'receipt' where actor = 'nobody'`,
    ],
    [
      'a line taken out and its root with it',
      `update vault.log_root set rows = rows + 100 where day = ${firstDay}`,
      `update vault.log_root set rows = rows - 100 where day = ${firstDay}`,
    ],
    [
      'a day taken out of the middle',
      `update vault.log_root set day = day + 900 where day = ${firstDay} + 1`,
      `update vault.log_root set day = day - 900 where day > vault.now() + interval '1 year'`,
    ],
    [
      'a beginning of one’s own',
      `update vault.log_root set rows = 0 where rows = -1`,
      `update vault.log_root set rows = -1 where day = (select min(day) from vault.log_root)`,
    ],
  ])('by %s', async (_, altering, mending) => {
    expect(holding(await readPage())).toEqual([])
    await asOwner(altering)
    const page = await readPage()
    expect(holding(page)).toEqual(['purpose'])
    expect(page.get('purpose')).toMatch(/altered on or after \d{4}-\d{2}-\d{2}/)
    await asOwner(mending)
    expect(holding(await readPage())).toEqual([])
  })
})

test('a registration that is switched off while owners are still recorded does not pass for nothing', async () => {
  await shop.restart({ purposes: { registration: { off: true } } })
  expect((await readPage()).get('kept-for-registration')).toMatch(/Something is still kept.*does not hold/)
  await asOwner(`delete from licence_owner; delete from vault.box where class = 'relation'`)
  expect((await readPage()).get('kept-for-registration')).toMatch(/Nothing is kept for it.*switched off/)
})

test('looks and disclosures under an earlier policy are not held against the one in force', async () => {
  const page = await readPage()
  expect(page.get('purpose')).not.toContain('does not hold')
  expect(page.get('need-to-share')).not.toContain('does not hold')
})
