import { afterAll, beforeAll, expect, test } from 'vitest'
import { newsroom, tally5, type Newsroom } from '../../../test/news.ts'
import { adaOnline, openShop, type Shop } from '../../../test/openShop.ts'
import { textOf } from '../../../test/walker.ts'
import { noteReply } from './index.ts'

let shop: Shop
let room: Newsroom

beforeAll(async () => {
  shop = await openShop()
  room = await newsroom(shop)
})
afterAll(() => shop.close())

test('a campaign goes to those who confirmed, with their name, one link that stops it, and nothing else of theirs', async () => {
  await room.subscribe('ada.news@mail.example', 'Ada')
  await room.subscribe('bela.news@mail.example', 'Bela')
  await room.askFor('mallory.news@mail.example')
  const path = await room.campaign()
  const run = await room.gone(path)
  expect(textOf(run)).toContain('Over')
  const [ada, bela] = [
    (await room.newsTo('ada.news@mail.example'))[0],
    (await room.newsTo('bela.news@mail.example'))[0],
  ]
  expect(ada).toContain('Hello Ada,')
  const plain = (text = '') => text.replace(/\/u\/[\w-]{22}/, '/u/').replace(/Ada|Bela/, '')
  expect(plain(ada)).toBe(plain(bela))
  expect(await room.newsTo('mallory.news@mail.example')).toEqual([])
})

test('somebody who asked twice gets one mail, and the desk sees counts and no names', async () => {
  await room.subscribe('Ada.News+again@mail.example')
  const draft = await room.page('/desk/campaigns', { ...tally5, product: '', country: '' })
  expect(textOf(draft)).toContain('asked twice under one address fewer than 5')
  expect(draft.html).not.toMatch(/ada\.news|bela\.news/i)
})

test('a campaign that is held sends nothing more, and goes on where it was', async () => {
  for (const who of ['one', 'two', 'three']) await room.subscribe(`${who}.held@mail.example`)
  const path = await room.campaign()
  await room.send(`${path}/pause`, {})
  const [before] = [
    await shop.rows("select count(*)::int as sent from contact_ledger where kind = 'news' and outcome = 'handed-over'"),
  ]
  const held = await room.gone(path)
  if (/Held/.test(textOf(held)))
    expect(
      await shop.rows(
        "select count(*)::int as sent from contact_ledger where kind = 'news' and outcome = 'handed-over'",
      ),
    ).toEqual(before)
  await room.send(`${path}/go-on`, {})
  expect(textOf(await room.gone(path))).toContain('Over')
  for (const who of ['one', 'two', 'three']) expect(await room.newsTo(`${who}.held@mail.example`)).toHaveLength(1)
})

test('a test goes to the vendor’s own address, is in no count, and its person is gone soon', async () => {
  const made = await room.send('/desk/campaigns', { ...tally5, product: '', country: '' })
  const path = made.headers.get('location') ?? ''
  await room.page(`${path}/test`, {})
  await shop.settled()
  const [sent] = await shop.mails('privacy@higosoft.example')
  expect(sent?.text).toContain('Hello,\n\nTally 5')
  expect(await shop.rows(`select 1 from contact_ledger where ref = 'campaign:${path.split('/').at(-1)}'`)).toEqual([])
})

test('starting saves what was typed first, so that nobody sends an older text than the one on the page', async () => {
  await room.subscribe('ada.saved@mail.example')
  const draft = { ...tally5, product: '', country: '' }
  const path = (await room.send('/desk/campaigns', draft)).headers.get('location') ?? ''
  await room.send(path, { ...draft, words: 'The newest words.', do: 'start' })
  await room.gone(path)
  expect((await room.newsTo('ada.saved@mail.example'))[0]).toContain('The newest words.')
})

test('what staff typed wrongly is shown again, and a started campaign is changed by nobody', async () => {
  const wrong = await room.page('/desk/campaigns', {
    channel: 'mail',
    heading: '',
    words: 'Typed words stay',
    product: '',
    country: '',
  })
  expect([wrong.status, wrong.html]).toEqual([422, expect.stringContaining('Typed words stay')])
  const path = await room.campaign()
  await room.gone(path)
  await room.send(path, { ...tally5, heading: 'Changed later', product: '', country: '' })
  expect(await shop.rows("select 1 from campaign where heading = 'Changed later'")).toEqual([])
  expect((await room.send(`${path}/drop`, {})).status).toBe(303)
  expect((await room.page(path)).status).toBe(200)
})

test('without a signed-in member of staff there is no campaign page', async () => {
  for (const path of ['/desk/campaigns', '/desk/campaigns/import']) expect((await shop.ask(path)).status).toBe(401)
})

test('an order with the code is counted once, and a code that is none counts for nothing', async () => {
  await room.subscribe('ada.code@mail.example')
  await room.gone(await room.campaign())
  const code = /code (N\w{5})/.exec((await room.newsTo('ada.code@mail.example'))[0] ?? '')?.[1] ?? ''
  await shop.buy({ ...adaOnline, code: ` ${code.toLowerCase()} ` })
  await shop.buy({ ...adaOnline, email: 'bela.code@mail.example', code: 'N00000' })
  expect(
    await shop.rows("select c.code from campaign_mark m join campaign c using (campaign_id) where kind = 'order'"),
  ).toEqual([{ code }])
})

test('an answer to a mail of a campaign is counted once, and one to any other mail is not', async () => {
  const path = await room.campaign()
  await room.gone(path)
  const id = path.split('/').at(-1) ?? ''
  const db = shop.at.engine.for<never>()
  const answered = (about: string) =>
    db.tx((tx) => noteReply({ now: shop.now }, tx, { for: about, ref: '018f3c5e-0000-7000-8000-000000000000' }))
  const [{ code } = {}] = await shop.rows('select code from campaign where campaign_id = $1', [id])
  expect([await answered(`campaign:${id}`), await answered(`campaign:${id}`)]).toEqual([code, code])
  expect(await answered(`ticket:${id}`)).toBeUndefined()
  expect(textOf(await room.page(path))).toMatch(/answered fewer than 5/)
})

test('a channel that is switched off is offered to nobody, and its old draft can still be read and dropped', async () => {
  const typed = { ...tally5, channel: 'telephone', product: '', country: '' }
  const path = (await room.send('/desk/campaigns', typed)).headers.get('location') ?? ''
  await shop.restart({ purposes: { campaignTelephone: { off: true } } })
  await room.signIn()
  const old = await room.page(path)
  expect([old.status, old.html]).toEqual([200, expect.not.stringContaining('value="telephone"')])
  expect((await room.page('/desk/campaigns', typed)).status).toBe(422)
  expect((await room.page(`${path}/drop`, {})).status).toBe(200)
})
