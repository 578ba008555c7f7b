import { afterAll, beforeAll, expect, test } from 'vitest'
import { newsroom, type Newsroom } from '../../../../test/news.ts'
import { openShop, type Shop } from '../../../../test/openShop.ts'
import { textOf } from '../../../../test/walker.ts'

let shop: Shop
let room: Newsroom

beforeAll(async () => {
  shop = await openShop()
  room = await newsroom(shop)
})
afterAll(() => shop.close())

test('news begins when the mailed link is confirmed by its button, however often somebody looks at it before', async () => {
  const link = await room.askFor('ada.scan@mail.example')
  const walk = shop.walk()
  for (let look = 0; look < 100; look += 1) expect((await walk.get(link)).status).toBe(200)
  expect(await shop.rows('select state from news_consent')).toEqual([{ state: 'pending' }])
  const done = await walk.submit(await walk.get(link), {}, { button: /^Yes/ })
  expect(textOf(done)).toContain('You will get our news')
  expect(await shop.rows('select state from news_consent')).toEqual([{ state: 'live' }])
  expect((await walk.get(link)).status).toBe(410)
})

test('what nobody confirms within a week is destroyed, and what was asked for without the tick is not kept at all', async () => {
  await room.askFor('mallory.typed@mail.example')
  const before = await shop.rows('select person_id from news_consent')
  const walk = shop.walk()
  const form = await walk.get(room.url('/news/mail'))
  const said = await walk.submit(
    form,
    { email: 'ada.untick@mail.example', name: 'Ada U', agree: 'no' },
    { button: /^Ask/ },
  )
  expect([said.status, said.html]).toEqual([422, expect.stringContaining('value="ada.untick@mail.example"')])
  expect(await shop.rows('select person_id from news_consent')).toEqual(before)
  await shop.advance('P8D')
  await shop.restart()
  await room.signIn()
  expect(await shop.rows("select 1 from news_consent where state = 'pending'")).toEqual([])
  expect(
    await shop.rows(
      'select 1 from vault.box b where not exists (select from news_consent n where n.person_id = b.person_id)',
    ),
  ).toEqual([])
})

test('one click stops it: no cookie, no form token, no redirect, and a look changes nothing', async () => {
  await room.subscribe('ada.stop@mail.example')
  await room.gone(await room.campaign())
  const link = await room.stopLink('ada.stop@mail.example')
  const walk = shop.walk()
  for (let look = 0; look < 100; look += 1) await walk.get(link)
  expect(textOf(await walk.get(link))).toContain('a…@m….example')
  expect(await shop.rows('select 1 from contact_stop')).toEqual([])
  const click = () =>
    shop.ask(link, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'List-Unsubscribe=One-Click',
      redirect: 'manual',
    })
  const first = await click()
  const said = await first.text()
  expect([first.status, first.headers.getSetCookie()]).toEqual([200, []])
  expect(await shop.rows('select channel, because from contact_stop')).toEqual([
    { channel: 'mail', because: 'said-no' },
  ])
  expect(await (await click()).text()).toBe(said)
  await room.gone(await room.campaign())
  expect(await room.sentTo('ada.stop@mail.example')).toBe(1)
})

test('a no by a link and its count are written together or not at all, and a second click counts nothing more', async () => {
  await room.subscribe('ada.atonce@mail.example')
  await room.gone(await room.campaign())
  const link = await room.stopLink('ada.atonce@mail.example')
  await shop.rows(
    `create function public.boom() returns trigger language plpgsql as $$ begin raise exception 'boom'; end $$`,
  )
  await shop.rows('create trigger boom before insert on campaign_mark for each row execute function public.boom()')
  const written = async () => [
    (await shop.rows('select 1 from contact_stop')).length,
    (await shop.rows("select 1 from campaign_mark where kind = 'no'")).length,
  ]
  const [stops = 0, marks = 0] = await written()
  const click = async () => (await shop.ask(link, { method: 'POST' })).status
  expect(await click()).toBe(500)
  expect(await written()).toEqual([stops, marks])
  await shop.rows('drop trigger boom on campaign_mark')
  expect([await click(), await click()]).toEqual([200, 200])
  expect(await written()).toEqual([stops + 1, marks + 1])
})

test('a link that can stop nothing says so, in the same words after an erasure as where it never was', async () => {
  await room.subscribe('ada.erased@mail.example')
  await room.gone(await room.campaign())
  const link = await room.stopLink('ada.erased@mail.example')
  const [row] = await shop.rows(
    "select person_id from news_consent where state = 'live' order by asked_at desc limit 1",
  )
  await shop.desk().vault.erase({ person: row?.['person_id'] as never, actor: { role: 'person', id: 'link' } })
  const post = async (to: string) => (await shop.ask(to, { method: 'POST' })).text()
  const never = link.replace(/[\w-]{22}$/, 'A'.repeat(22))
  expect(await post(link)).toBe(await post(never))
  const walk = shop.walk()
  const words = async (to: string) => textOf(await walk.get(to))
  expect(await words(link)).toBe(await words(never))
  expect(await words(link)).toContain('can stop nothing any more')
  expect(await post(link)).not.toContain('in force now')
})

test('a no is lifted by the person’s own confirmation from their mailbox, and by nothing else', async () => {
  const email = 'ada.back@mail.example'
  await room.subscribe(email)
  await room.gone(await room.campaign())
  await shop.ask(await room.stopLink(email), { method: 'POST' })
  const link = await room.askFor(email)
  await room.gone(await room.campaign())
  expect(await room.sentTo(email)).toBe(1)
  const walk = shop.walk()
  await walk.submit(await walk.get(link), {}, { button: /^Yes/ })
  await room.gone(await room.campaign())
  expect(await room.sentTo(email)).toBe(2)
})

test('the own page shows what was said yes to, word for word, with when and where', async () => {
  const email = 'ada.shows@mail.example'
  const form = textOf(await shop.walk().get(room.url('/news/mail')))
  const words = /Yes, send me news by e-mail\.[^.]*\.[^.]*\./.exec(form)?.[0] ?? ''
  await room.subscribe(email)
  const held = await shop.held(email)
  const file = textOf(await shop.walk().get(`${held.url}/export`))
  expect(words.length).toBeGreaterThan(40)
  expect(file).toContain(words)
  expect(file).toContain('you said yes to')
})

test('a confirmation after a no confirms nothing, lifts nothing, and does not say that news comes', async () => {
  const email = 'ada.afterno@mail.example'
  const link = await room.askFor(email)
  const [person] = await shop.desk().vault.find('email', email)
  await shop.at.engine
    .for<never>()
    .tx((tx) => shop.desk().vault.withdraw(tx, { person: person as never, purposes: ['campaignMail'] }))
  const walk = shop.walk()
  const done = await walk.submit(await walk.get(link), {}, { button: /^Yes/ })
  expect([done.status, textOf(done)]).toEqual([410, expect.stringContaining('a no came since')])
  expect(await shop.rows('select state from news_consent where person_id = $1', [person])).toEqual([
    { state: 'pending' },
  ])
})

test('years later one click still stops it, and a link that is over does not say that it did', async () => {
  await room.subscribe('ada.later@mail.example')
  await room.gone(await room.campaign())
  const link = await room.stopLink('ada.later@mail.example')
  await shop.advance('P410D')
  const click = async () => (await shop.ask(link, { method: 'POST' })).text()
  const before = await shop.rows('select 1 from contact_stop where lifted_at is null')
  expect(await click()).toContain('in force now')
  expect(await shop.rows('select 1 from contact_stop where lifted_at is null')).toHaveLength(before.length + 1)
  await shop.advance('P5Y')
  expect(await click()).toContain('can stop nothing any more')
})
