import { afterAll, beforeAll, expect, test } from 'vitest'
import { newsroom, numberIn, tally5, type Newsroom } from '../../../../test/news.ts'
import { openShop, type Shop } from '../../../../test/openShop.ts'
import { formsOf, textOf, type Seen } from '../../../../test/walker.ts'

let shop: Shop
let room: Newsroom

beforeAll(async () => {
  shop = await openShop()
  room = await newsroom(shop)
})
afterAll(() => shop.close())

test('letters are printed for those who may be written to at that moment, and the print says it to nobody else', async () => {
  for (const [name, street] of [
    ['Ada Papier', 'Letter Street 1'],
    ['Bela Papier', 'Letter Street 2'],
  ]) {
    const walk = shop.walk()
    const typed = {
      name: name ?? '',
      street: street ?? '',
      postcode: '9000',
      city: 'Gent',
      country: 'BE',
      agree: 'yes',
    }
    expect((await walk.submit(await walk.get(room.url('/news/post')), typed, { button: /^Ask/ })).status).toBe(200)
  }
  const path = await room.campaign({ ...tally5, channel: 'post' })
  await room.gone(path)
  const print = async () => {
    const answer = await room.send(`${path}/print`, { what: 'letters' })
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'no-store'])
    return (await answer.text()).match(/\/Type \/Page\b/g)?.length
  }
  expect(await print()).toBe(2)
  const [bela] = await shop.rows(
    "select person_id from news_consent where channel = 'post' order by person_id desc limit 1",
  )
  const no = { person: bela?.['person_id'] as never, purposes: ['campaignPost'] as const }
  await shop.at.engine.for<never>().tx((tx) => shop.desk().vault.withdraw(tx, no))
  expect(await print()).toBe(1)
  expect(
    await shop.rows("select because from contact_ledger where kind = 'newsLetter' and outcome = 'dropped'"),
  ).toEqual([{ because: 'no-ground' }])
  const looks = await shop.rows(
    `select purpose, role from vault.access_log where ref = 'campaign:${path.split('/').at(-1)}'`,
  )
  expect(looks.length).toBeGreaterThan(0)
  expect(looks.every((row) => row['purpose'] === 'campaignPost' && row['role'] === 'desk')).toBe(true)
})

test('one person is called at a time, by a logged look; a no takes them off every list at once', async () => {
  const walk = shop.walk()
  const typed = { telephone: '+32 470 55 66 77', name: 'Ada Telefoon', agree: 'yes' }
  await walk.submit(await walk.get(room.url('/news/telephone')), typed, { button: /^Ask/ })
  const paths = [
    await room.campaign({ ...tally5, channel: 'telephone' }),
    await room.campaign({ ...tally5, channel: 'telephone' }),
  ]
  for (const path of paths) await room.gone(path)
  const [first = '', second = ''] = paths
  expect((await room.page(`${first}/calls`)).html).not.toMatch(numberIn('470', '556677'))
  const call = await room.page(`${first}/calls`, {})
  expect(textOf(call)).toContain('+32 470 55 66 77')
  expect(call.html).toMatch(numberIn('470', '556677'))
  expect(textOf(call)).toContain('You can say no at any time')
  const who = formsOf(call.html).find((form) => form.action.endsWith('/outcome'))?.fields['who'] ?? ''
  expect(call.html).toMatch(/value="said-no" accesskey="n"/)
  await room.send(`${first}/calls/outcome`, { who, outcome: 'said-no' })
  expect(textOf(await room.page(`${second}/calls`, {}))).toContain('nobody to call now')
  expect(await shop.rows("select because from contact_stop where channel = 'telephone'")).toEqual([
    { because: 'said-no' },
  ])
  expect(await shop.rows("select because from contact_ledger where kind = 'newsCall'")).toEqual([
    { because: 'said-no' },
  ])
})

test('nobody is tried more than three times, and not twice in a day', async () => {
  const walk = shop.walk()
  await walk.submit(
    await walk.get(room.url('/news/telephone')),
    { telephone: '+32 9 111 22 33', name: '', agree: 'yes' },
    { button: /^Ask/ },
  )
  const path = await room.campaign({ ...tally5, channel: 'telephone' })
  await room.gone(path)
  for (let tries = 1; tries <= 3; tries += 1) {
    const call = await room.page(`${path}/calls`, {})
    expect(textOf(call)).toContain('+32 9 111 22 33')
    const who = formsOf(call.html).find((form) => form.action.endsWith('/outcome'))?.fields['who'] ?? ''
    await room.send(`${path}/calls/outcome`, { who, outcome: 'not-reached' })
    expect(textOf(await room.page(`${path}/calls`, {}))).toContain('nobody to call now')
    await shop.advance('P2D')
    await room.signIn()
  }
  expect(textOf(await room.page(`${path}/calls`, {}))).toContain('nobody to call now')
})

const whoIn = (html: string) => formsOf(html).find((form) => form.action.endsWith('/outcome'))?.fields['who'] ?? ''

test('a no whose writing broke can be noted again, and two who call at once are given two people', async () => {
  await room.askBy('telephone', { telephone: '+32 470 11 22 33', name: 'Nora' })
  await room.askBy('telephone', { telephone: '+32 470 44 55 66', name: 'Otto' })
  const path = await room.campaign({ ...tally5, channel: 'telephone' })
  await room.gone(path)
  const calls = await Promise.all([room.page(`${path}/calls`, {}), room.page(`${path}/calls`, {})])
  expect(calls.map(({ html }) => whoIn(html)).filter(Boolean)).toHaveLength(2)
  expect(new Set(calls.map(({ html }) => whoIn(html))).size).toBe(2)
  await shop.rows(
    `create function public.boom() returns trigger language plpgsql as $$ begin raise exception 'boom'; end $$`,
  )
  await shop.rows('create trigger boom before insert on contact_stop for each row execute function public.boom()')
  const who = whoIn(calls[0]?.html ?? '')
  const note = async () => (await room.send(`${path}/calls/outcome`, { who, outcome: 'said-no' })).status
  expect(await note()).toBe(500)
  await shop.rows('drop trigger boom on contact_stop')
  const before = await shop.rows("select 1 from contact_stop where channel = 'telephone'")
  expect(await note()).toBe(303)
  expect(await shop.rows("select 1 from contact_stop where channel = 'telephone'")).toHaveLength(before.length + 1)
  const kept = await shop.rows('select 1 from news_consent')
  const [telephone = ''] = /\+32[\d ]{8,}\d/.exec(textOf(calls[0] as Seen)) ?? []
  await room.askBy('telephone', { telephone, name: '' })
  expect(await shop.rows('select 1 from news_consent')).toEqual(kept)
})
