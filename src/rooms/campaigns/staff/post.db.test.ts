import { afterAll, beforeAll, expect, test } from 'vitest'
import { newsroom, tally5, type Newsroom } from '../../../../test/news.ts'
import { openShop, type Shop } from '../../../../test/openShop.ts'
import { textOf } from '../../../../test/walker.ts'

let shop: Shop
let room: Newsroom

beforeAll(async () => {
  shop = await openShop()
  room = await newsroom(shop)
  for (const reader of [ada, jan, kanji]) await room.askBy('post', reader)
})
afterAll(() => shop.close())

const ada = { name: 'Ada Papier', street: 'Letter Street 1', postcode: '9000', city: 'Gent', country: 'BE' }
const jan = { name: 'Jan Papier', street: 'Kade 2', postcode: '1011 AA', city: 'Amsterdam', country: 'NL' }
const kanji = { ...ada, name: '田中 太郎', street: 'Letter Street 3' }
const letter = { ...tally5, channel: 'post', product: '' }

const looks = async (): Promise<unknown> =>
  (await shop.rows('select count(*)::int as n from vault.access_log'))[0]?.['n']
const ledger = () =>
  shop.rows("select outcome, because from contact_ledger where kind = 'newsLetter' order by outcome, because")

test('a draft for one country is looked at, saved and refused without a look at anybody, and says what it cannot count', async () => {
  const before = await looks()
  const path = (await room.send('/desk/campaigns', { ...letter, country: 'BE' })).headers.get('location') ?? ''
  const draft = textOf(await room.page(path))
  const refused = await room.send(path, { ...letter, country: 'BE', heading: '' })
  expect((await room.send(path, { ...letter, country: 'BE' })).status).toBe(303)
  expect(await looks()).toBe(before)
  expect(draft).toContain('fewer than 5 said yes, wherever they live')
  expect(draft).toContain('Of them only those in Belgium get it.')
  expect([refused.status, await refused.text()]).toEqual([422, expect.stringContaining('only those in Belgium')])
})

test('those of one country are counted by a button, and every look is the one of who pressed it', async () => {
  const path = (await room.send('/desk/campaigns', { ...letter, country: 'BE' })).headers.get('location') ?? ''
  const answer = await room.send(path, { ...letter, country: 'NL', do: 'count' })
  const counted = (await answer.text()).replaceAll(/<[^>]+>/g, '')
  expect(counted).toContain('fewer than 5 get it')
  expect(counted).toContain('live in another country')
  expect(counted).not.toContain('wherever they live')
  const opened = await shop.rows(
    'select role, purpose, count(*)::int as n from vault.access_log where ref = $1 group by 1, 2',
    [`campaign:${path.split('/').at(-1)}`],
  )
  expect(opened).toEqual([{ role: 'desk', purpose: 'campaignPost', n: 1 }])
  expect(textOf(await room.page(path))).toContain('Of them only those in Netherlands get it.')
})

test('who lives elsewhere gets no letter of a campaign for one country', async () => {
  const path = await room.campaign({ ...letter, country: 'NL' })
  expect(textOf(await room.gone(path))).toContain('fewer than 5 people were chosen')
  const drawn = await shop.rows('select 1 from campaign_recipient where campaign_id = $1', [path.split('/').at(-1)])
  expect(drawn).toHaveLength(1)
  const opened = await shop.rows('select role, purpose from vault.access_log where ref = $1', [
    `campaign:${path.split('/').at(-1)}`,
  ])
  expect(new Set(opened.map((row) => `${String(row['role'])} ${String(row['purpose'])}`))).toEqual(
    new Set(['program campaignPost']),
  )
})

test('a letter that cannot be printed is not noted as sent, and the file is one that no browser runs', async () => {
  const path = await room.campaign({ ...letter, country: 'BE' })
  await room.gone(path)
  const answer = await room.send(`${path}/print`, { what: 'letters' })
  expect((await answer.text()).match(/\/Type \/Page\b/g)).toHaveLength(1)
  const noted = [
    { outcome: 'dropped', because: 'unprintable' },
    { outcome: 'handed-over', because: null },
  ]
  expect(await ledger()).toEqual(noted)
  await room.send(`${path}/print`, { what: 'labels' })
  expect(await ledger()).toEqual(noted)
  expect(answer.headers.get('content-disposition')).toContain('filename="letters.pdf"')
  expect(answer.headers.get('content-security-policy')).toContain('sandbox')
})

test('a print that breaks is noted for nobody', async () => {
  const path = await room.campaign({ ...letter, country: '' })
  await room.gone(path)
  await shop.rows(
    `create function public.boom() returns trigger language plpgsql as $$ begin raise exception 'boom'; end $$`,
  )
  await shop.rows(
    `create trigger boom before insert on contact_ledger for each row when (new.outcome = 'handed-over') execute function public.boom()`,
  )
  const before = await ledger()
  expect((await room.send(`${path}/print`, { what: 'letters' })).status).toBe(500)
  expect(await ledger()).toEqual(before)
  await shop.rows('drop trigger boom on contact_ledger')
  expect((await room.send(`${path}/print`, { what: 'letters' })).status).toBe(200)
  expect(await ledger()).toHaveLength(before.length + 3)
})
