import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asApp, everyRow } from '../asApp.ts'
import { newsroom, numberIn, tally5, type Newsroom } from '../news.ts'
import { adaOnline, openShop, type Shop } from '../openShop.ts'
import { formsOf, textOf } from '../walker.ts'

let shop: Shop
let room: Newsroom

beforeAll(async () => {
  shop = await openShop()
  room = await newsroom(shop)
})
afterAll(() => shop.close())

const personOf = async (email: string) => (await shop.desk().vault.find('email', email)).at(-1) ?? ''
const endOf = async (person: string) =>
  (await shop.rows(`select outcome, because from contact_ledger where kind = 'news' and person_id = $1`, [person])).at(
    -1,
  )

describe('news only if you want it:', () => {
  test('no tick is set beforehand, the reason stands beside each field, and what was said yes to is kept word for word', async () => {
    for (const channel of ['mail', 'post', 'telephone']) {
      const page = await shop.walk().get(room.url(`/news/${channel}`))
      expect(page.html).not.toMatch(/<input[^>]*type="checkbox"[^>]*\bchecked/)
      expect(page.html).toMatch(/<p class="why"/)
    }
    const page = textOf(await shop.walk().get(room.url('/news/mail')))
    await room.subscribe('ada.words@mail.example', 'Ada')
    const [row] = await shop.rows(
      'select w.words, c.notice from news_consent c join news_wording w on w.hash = c.wording_hash limit 1',
    )
    expect(page).toContain(String(row?.['words']))
    expect(row?.['notice']).toBe(1)
  })

  test('who bought and did not ask gets none, and the desk cannot choose them', async () => {
    await shop.buy(adaOnline)
    await room.gone(await room.campaign())
    expect(await room.newsTo(adaOnline.email)).toEqual([])
    expect(await endOf(await personOf(adaOnline.email))).toBeUndefined()
  })

  test('a name that is slipped into the list by injected SQL gets none either, nor does one who never confirmed', async () => {
    await room.askFor('mallory.never@mail.example')
    const buyer = await personOf(adaOnline.email)
    const pending = await personOf('mallory.never@mail.example')
    const path = await room.campaign()
    const id = path.split('/').at(-1) ?? ''
    for (const person of [buyer, pending])
      await asApp(
        shop,
        `insert into campaign_recipient (campaign_id, person_id, recipient_id) values ('${id}', '${person}', gen_random_uuid()) on conflict do nothing`,
      )
    await room.gone(path)
    await asApp(shop, `update campaign set state = 'paused' where campaign_id = '${id}'`)
    await room.send(`${path}/go-on`, {})
    await room.gone(path)
    for (const person of [buyer, pending])
      expect(await endOf(person)).toEqual({ outcome: 'dropped', because: 'no-ground' })
  })

  test('a letter and a call are refused to whoever asked for e-mail only: each way is asked for by itself', async () => {
    const person = await personOf('ada.words@mail.example')
    for (const purpose of ['campaignPost', 'campaignTelephone'])
      expect(await asApp(shop, `select vault.may('${person}', '${purpose}') as may`)).toEqual([{ may: false }])
  })
})

describe('one step to stop it:', () => {
  test('one click in a mail holds over what is waiting, and over every later list, order and form but the person’s own', async () => {
    const email = 'ada.one@mail.example'
    await room.subscribe(email)
    await room.gone(await room.campaign())
    const link = await room.stopLink(email)
    expect((await shop.ask(link, { method: 'POST' })).status).toBe(200)
    await room.gone(await room.campaign())
    expect(await room.sentTo(email)).toBe(1)
    const list = `email,name,agreed_on,agreed_to,agreed_where\nADA.One+x@MAIL.example,Ada,2026-05-31,Yes please,fair`
    expect(textOf(await room.page('/desk/campaigns/import', { channel: 'mail', list, do: 'take' }))).toContain(
      'Taken in: 0.',
    )
    await shop.buy({ email, country: 'BE' })
    await room.gone(await room.campaign())
    expect((await shop.mails(email)).map(({ kind }) => kind)).toContain('receipt')
    expect(await room.sentTo(email)).toBe(1)
  })

  test('the no on the own page stops all three ways', async () => {
    const email = 'ada.page@mail.example'
    await room.subscribe(email)
    const walk = shop.walk()
    const held = await shop.held(email, walk)
    await walk.submit(held, {}, { button: /^Send me no news/ })
    await room.gone(await room.campaign())
    expect(await room.sentTo(email)).toBe(0)
  })

  test('a no that comes while the mail waits is heeded at the last moment', async () => {
    const email = 'ada.waits@mail.example'
    await room.subscribe(email)
    const person = await personOf(email)
    const path = await room.campaign()
    await asApp(shop, `update campaign set state = 'paused' where campaign_id = '${path.split('/').at(-1)}'`)
    await shop.settled()
    await shop.at.engine
      .for<never>()
      .tx((tx) => shop.desk().vault.withdraw(tx, { person: person as never, purposes: ['campaignMail'] }))
    await room.send(`${path}/go-on`, {})
    await room.gone(path)
    expect(await room.sentTo(email)).toBe(0)
  })

  test('a word on the telephone is enough, and the number is on no list any more', async () => {
    await room.askBy('telephone', { telephone: '+32 470 12 34 56', name: '' })
    const path = await room.campaign({ ...tally5, channel: 'telephone' })
    await room.gone(path)
    const call = await room.page(`${path}/calls`, {})
    const who = formsOf(call.html).find((form) => form.action.endsWith('/outcome'))?.fields['who'] ?? ''
    await room.send(`${path}/calls/outcome`, { who, outcome: 'said-no' })
    await room.askBy('telephone', { telephone: '0032 470 123456', name: 'Somebody else' })
    const later = await room.campaign({ ...tally5, channel: 'telephone' })
    await room.gone(later)
    expect(textOf(await room.page(`${later}/calls`, {}))).toContain('nobody to call now')
  })
})

test('no mail of news knows whether it was opened, and no address of a link in it differs but the one that stops it', async () => {
  for (const who of ['x', 'y']) await room.subscribe(`${who}.track@mail.example`)
  await room.gone(await room.campaign())
  const links = async (email: string) =>
    [...((await room.newsTo(email))[0] ?? '').matchAll(/https?:\/\/\S+/g)].map(([link]) => link)
  const [x, y] = [await links('x.track@mail.example'), await links('y.track@mail.example')]
  expect(x.length).toBeGreaterThan(1)
  const differing = x.filter((link) => !y.includes(link))
  expect(differing).toEqual([expect.stringMatching(/\/u\/[\w-]{22}$/)])
  expect((await room.newsTo('x.track@mail.example'))[0]).not.toMatch(/<img|pixel|utm_/)
})

test('an answer, an order and a no are counted, and no table of news says who anybody is', async () => {
  for (const spelt of ['+32 470 12 34 56', '0032470123456', '0470/123456', 'area 470'])
    expect(spelt).toMatch(numberIn('470', '123456'))
  const tables = await everyRow(shop)
  for (const table of ['public.news_consent', 'public.news_wording', 'public.campaign_mark', 'public.contact_stop']) {
    const rows = tables.get(table) ?? ''
    expect(rows).not.toMatch(/mail\.example|Ada/)
    expect(rows).not.toMatch(numberIn('470', '123456'))
  }
})

test('the page of promises looks at what was sent, and a mail after a no turns it red', async () => {
  const said = async () => {
    await shop.advance('PT2M')
    return textOf(await shop.walk().get(room.url('/promises')))
  }
  expect(await said()).toContain('none went to anybody who had said no by then')
  const persons = await shop.desk().vault.find('email', 'ada.one@mail.example')
  await shop.rows(
    `update contact_ledger set tried_at = $2::timestamptz, handed_over_at = $2::timestamptz where kind = 'news' and person_id = any($1)`,
    [persons, shop.now()],
  )
  expect(await said()).toContain('somebody was reached after they had said no')
})
