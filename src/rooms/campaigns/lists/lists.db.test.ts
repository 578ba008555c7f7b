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

const head = 'email,name,agreed_on,agreed_to,agreed_where'
const proof = '2026-05-31,Yes please send me news,fair in Gent'
const take = (list: string, act = 'take') => room.page('/desk/campaigns/import', { channel: 'mail', list, do: act })

test('a list is counted first, each line needs its proof, and bad lines are named by their number only', async () => {
  const list = [
    head,
    `carl.one@mail.example,=cmd|'/c calc'!A1,${proof}`,
    'carl.two@mail.example,Carl,,Yes please,fair',
    'carl.three@mail.example,Carl,2026-02-31,Yes please,fair',
    'not an address,Carl,2026-05-31,Yes please,fair',
    `carl.five@mail.example,Carl,2026-05-31,carl.five@mail.example said yes,fair`,
    `CARL.one@mail.example,Carl,${proof}`,
  ].join('\r\n')
  const before = await shop.rows('select count(*)::int as n from news_consent')
  const looked = await take(list, 'look')
  expect(textOf(looked)).toContain('can be taken in 1')
  for (const line of ['3 agreed_on', '4 agreed_on', '5 the address', '6 agreed_to', '7 the same address'])
    expect(textOf(looked)).toContain(line)
  expect(looked.html).toContain('carl.two@mail.example,Carl')
  expect(await shop.rows('select count(*)::int as n from news_consent')).toEqual(before)
  expect(textOf(await take(list))).toContain('Taken in: 1.')
  expect(textOf(await take(list))).toContain('Taken in: 0.')
  expect(
    await shop.rows(
      "select w.words, c.asked_at::date::text as day from news_consent c join news_wording w on w.hash = c.wording_hash where c.source = 'import'",
    ),
  ).toEqual([{ words: 'Yes please send me news (fair in Gent)', day: '2026-05-31' }])
})

test('a line that holds a card number is not taken in, however long the list is', async () => {
  const lines = (text: string): string =>
    [head, `card.one@mail.example,4000 0566 5566 5556,${proof}`, `card.two@mail.example,Dana,,${text},`].join('\n')
  const short = await take(lines('short')) // cut out before it is read, which leaves a line that fits no column
  expect(textOf(short)).toContain('Taken in: 0.')
  expect(short.html).not.toMatch(/4000 0566/)
  const long = textOf(await take(lines('x'.repeat(70_000))))
  expect([long.includes('Taken in: 0.'), long.includes('2 a card number stands in it')]).toEqual([true, true])
})

test('whoever said no and was erased is not brought back by a list, in any spelling, and the address is nowhere', async () => {
  const email = 'xaver.quittel@mail.example'
  await room.subscribe(email)
  await room.gone(await room.campaign())
  await shop.ask(await room.stopLink(email), { method: 'POST' })
  const [row] = await shop.rows('select person_id from news_consent order by asked_at desc limit 1')
  await shop.desk().vault.erase({ person: row?.['person_id'] as never, actor: { role: 'person', id: 'link' } })
  const list = [head, `XAVER.Quittel+shop@Mail.Example.,X,${proof}`].join('\n')
  const done = await take(list)
  expect(textOf(done)).toContain('Taken in: 0.')
  const walk = shop.walk()
  await walk.get(room.url('/'))
  const tables = await shop.rows(
    "select table_schema || '.' || table_name as name from information_schema.tables where table_schema in ('public', 'vault')",
  )
  for (const { name } of tables) {
    const all = await shop.rows(`select to_jsonb(t)::text as row from ${String(name)} t`)
    expect(JSON.stringify(all)).not.toMatch(/quittel/i)
  }
  expect(shop.lines.join('\n')).not.toMatch(/quittel/i)
})

test('the words of a yes say nobody’s name, street or number, in whatever spelling', async () => {
  const head = 'telephone,name,agreed_on,agreed_to,agreed_where'
  const line = (words: string, where = 'fair') => `+49 171 234 5678,Ulla Zwicknagl,2026-01-01,"${words}",${where}`
  const lists = ['call me on +49 171 23', 'I, ulla, said yes', 'Yes of zwicknagl', 'may call ULLA-ZWICKNAGL']
  for (const words of lists) {
    const done = await room.page('/desk/campaigns/import', {
      channel: 'telephone',
      list: [head, line(words)].join('\n'),
      do: 'take',
    })
    expect(textOf(done)).toContain('Taken in: 0.')
  }
  const number = [head, '.....,N,2026-01-01,Yes please,fair', '+49 1,N,2026-01-01,Yes please,fair'].join('\n')
  const odd = await room.page('/desk/campaigns/import', { channel: 'telephone', list: number, do: 'take' })
  expect(textOf(odd)).toContain('Taken in: 0.')
})

test('one address in two spellings is taken in once, and a sentence that nobody’s yes refers to any more is gone', async () => {
  const words = 'Yes from a page that is no more'
  const list = [
    head,
    `bob.two@mail.example,B,2026-01-01,${words},web`,
    `bob.two@MAIL.example.,B,2026-01-01,${words},web`,
  ].join('\n')
  expect(textOf(await take(list))).toContain('Taken in: 1.')
  const [person] = await shop.desk().vault.find('email', 'bob.two@mail.example')
  await shop.desk().vault.erase({ person: person as never, actor: { role: 'person', id: 'link' } })
  await shop.advance('PT2H')
  await shop.restart()
  expect(await shop.rows(`select 1 from news_wording where words like '${words}%'`)).toEqual([])
  expect(
    await shop.rows('select 1 from news_consent where wording_hash not in (select hash from news_wording)'),
  ).toEqual([])
})

test('who took the yes back on their own page is counted as one who said no, and not as a reader', async () => {
  const list = [head, `dora.back@mail.example,D,${proof}`, `dora.there@mail.example,D,${proof}`].join('\n')
  expect(textOf(await take(list))).toContain('Taken in: 2.')
  const [person] = await shop.desk().vault.find('email', 'dora.back@mail.example')
  await shop.at.engine
    .for<never>()
    .tx((tx) => shop.desk().vault.withdraw(tx, { person: person as never, purposes: ['campaignMail'] }))
  const again = textOf(await take(list, 'look'))
  expect(again).toContain('said no here and stay out 1')
  expect(again).toContain('are there already 1')
})

test('a reader is known again in whatever spelling, as a no is', async () => {
  expect(textOf(await take([head, `emil.tag@mail.example,E,${proof}`].join('\n')))).toContain('Taken in: 1.')
  const again = textOf(await take([head, `EMIL.Tag+shop@Mail.Example.,E,${proof}`].join('\n'), 'look'))
  expect([again, again]).toEqual([
    expect.stringContaining('can be taken in 0'),
    expect.stringContaining('are there already 1'),
  ])
})
