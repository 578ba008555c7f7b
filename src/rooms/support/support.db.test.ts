import { afterAll, beforeAll, expect, test } from 'vitest'
import { ada, adaOnline, openShop, type Shop } from '../../../test/openShop.ts'
import { textOf, type Seen } from '../../../test/walker.ts'

let shop: Shop
let staff: Awaited<ReturnType<Shop['staff']>>

beforeAll(async () => {
  shop = await openShop()
  staff = await shop.staff()
})
afterAll(() => shop.close())

const CARD = '4111 1111 1111 1111'

async function ask(about: 'question' | 'product', typed: Readonly<Record<string, string>>): Promise<Seen> {
  const walk = shop.walk()
  const button = about === 'question' ? /^Send my question/ : /^Send it/
  const seen = await walk.submit(await walk.get(`${shop.baseUrl}/help/${about}`), typed, { button })
  await shop.settled()
  return seen
}

const caseLink = async (email: string): Promise<string> => {
  const links = (await shop.mails(email)).map(({ text }) => /http\S+\/t\/\S+/.exec(text)?.[0])
  return links.find(Boolean) ?? ''
}

async function numberOf(email: string): Promise<string> {
  const page = textOf(await shop.walk().get(await caseLink(email)))
  return /T-[0-9A-Z]{7}/.exec(page)?.[0] ?? 'none'
}

const desk = async (path: string, form?: Readonly<Record<string, string>>) => {
  const answer = await staff(`${shop.baseUrl}/desk/cases${path}`, form)
  return { status: answer.status, html: await answer.text(), headers: answer.headers }
}

const seenTurn = (html: string): string => /name="seen" value="([^"]*)"/.exec(html)?.[1] ?? ''

test('a question is answered once: asked, read, answered by mail, closed, with nothing personal in any row', async () => {
  const email = 'bela.q1@mail.example'
  const sent = await ask('question', {
    email,
    name: 'Bela Zoltan',
    message: `Does Tally print?\n\nMy card is ${CARD}.`,
  })
  expect(textOf(sent)).toContain('We have it')
  const [received] = await shop.mails(email)
  expect(received?.text).toContain('There was a card number in what you sent. We cut it out')
  expect(received?.text).not.toContain('1111')
  expect(textOf(sent)).not.toMatch(/T-[0-9A-Z]{7}/)
  const number = await numberOf(email)
  const list = await desk('')
  expect(list.html).toContain(number)
  expect(list.html).not.toContain('Bela')
  const opened = await desk(`/${number}`)
  expect(opened.html).toContain('Does Tally print?')
  expect(opened.html).toContain('[card number removed, ends 1111]')
  expect(opened.html).toContain('Bela Zoltan')
  const answered = await desk(`/${number}/answer`, {
    answer: 'Yes, it prints.',
    seen: seenTurn(opened.html),
    do: 'send',
  })
  expect(answered.status).toBe(303)
  await shop.settled()
  const mail = (await shop.mails(email)).find(({ kind }) => kind === 'caseReply')
  expect(mail?.text).toContain('Yes, it prints.')
  expect(mail?.text).toContain('gives us no permission to send you offers')
  expect(textOf(await shop.walk().get(await caseLink(email)))).toContain('Closed')
  const rows = await shop.rows(`select to_jsonb(t)::text as row from (
    select to_jsonb(a) from ticket a union all select to_jsonb(a) from ticket_turn a union all
    select to_jsonb(a) from ticket_step a union all select to_jsonb(a) from vault.text a) t`)
  expect(JSON.stringify(rows)).not.toMatch(/Bela|Tally|4111 1111|bela\.q1/)
  expect(shop.lines.join()).not.toMatch(/Bela|bela\.q1|T-[0-9A-Z]{7}/)
})

test('a case waits for the customer, who answers by the link, and its clock runs from when it is closed', async () => {
  const email = 'ada.c1@mail.example'
  await ask('product', { email, message: 'It crashes.', licenceKey: 'HS-1234' })
  const number = await numberOf(email)
  const opened = await desk(`/${number}`)
  expect(opened.html).toContain('Order number or licence key: HS-1234')
  await desk(`/${number}/answer`, { answer: 'Which version?', seen: seenTurn(opened.html), do: 'send' })
  await shop.settled()
  const walk = shop.walk()
  const own = await walk.get(await caseLink(email))
  expect(textOf(own)).toContain('We wait for you')
  expect(textOf(own)).toContain('Which version?')
  const again = await walk.submit(own, { message: 'Version 4.' }, { button: /^Send my answer/ })
  expect(textOf(again)).toContain('We have it.')
  expect((await desk('?show=open')).html).toContain(number)
  const ends = async () =>
    shop.rows(`select until from vault.basis where purpose = 'support' and person_id in
      (select person_id from ticket_person p join ticket t using (ticket_id) where t.number = '${number}')`)
  expect(await ends()).toEqual([{ until: null }])
  await desk(`/${number}/state`, { do: 'close' })
  expect((await ends())[0]?.['until']).not.toBeNull()
  await desk(`/${number}/state`, { do: 'open' })
  expect(await ends()).toEqual([{ until: null }])
})

test('an answer is not sent over something that came in meanwhile, and nothing typed is lost', async () => {
  const email = 'ada.c2@mail.example'
  await ask('product', { email, message: 'One.' })
  const number = await numberOf(email)
  const seen = seenTurn((await desk(`/${number}`)).html)
  const walk = shop.walk()
  await walk.submit(await walk.get(await caseLink(email)), { message: 'Two.' }, { button: /^Send my answer/ })
  const late = await desk(`/${number}/answer`, { answer: 'My long answer', seen, do: 'send' })
  expect(late.status).toBe(422)
  expect(late.html).toContain('Something came in while you were writing')
  expect(late.html).toContain('My long answer')
  expect((await desk(`/${number}/answer`, { answer: ' ', seen, do: 'send' })).status).toBe(422)
})

test('what staff write down for themselves is sealed for the person, never shown to them on their case, and goes with them', async () => {
  const email = 'ada.c3@mail.example'
  await ask('product', { email, message: 'Help.' })
  const number = await numberOf(email)
  await desk(`/${number}/internal`, { internal: 'Called twice, was angry' })
  expect((await desk(`/${number}`)).html).toContain('Called twice')
  expect(textOf(await shop.walk().get(await caseLink(email)))).not.toContain('Called twice')
  await desk(`/${number}/take`, { do: 'take' })
  expect((await desk(`/${number}`)).html).toContain('sam is answering this')
  expect((await desk('?show=mine')).html).toContain(number)
})

test('one passage is destroyed alone, with a reason of the list, and another is given to whom it is about', async () => {
  const email = 'ada.c4@mail.example'
  await ask('product', { email, message: 'It crashes.\n\nI am ill, so answer slowly.\n\nBela of Gent has it too.' })
  const number = await numberOf(email)
  const opened = await desk(`/${number}`)
  const parts = /\/desk\/cases(\/T-[0-9A-Z]{7}\/parts\/[0-9a-f-]+)/.exec(opened.html)?.[1] ?? ''
  expect((await desk(`${parts}/2/destroy`, { because: 'I like it' })).status).toBe(422)
  expect((await desk(`${parts}/2/destroy`, { because: 'about-health' })).status).toBe(303)
  expect((await desk(`${parts}/3/give`, { email: 'none' })).status).toBe(422)
  expect((await desk(`${parts}/3/give`, { email: 'bela.c4@mail.example' })).status).toBe(303)
  const own = await shop.walk().get(await caseLink(email))
  expect(textOf(own)).not.toMatch(/ill, so|Bela/)
  expect(own.html).toContain('aria-label="a part that concerns somebody else"')
  expect((await desk(`/${number}`)).html).toContain('Bela of Gent')
  const [ada4] = await shop.desk().vault.find('email', email)
  const [bela4] = await shop.desk().vault.find('email', 'bela.c4@mail.example')
  if (!ada4 || !bela4) throw new Error('nobody is there')
  await shop.desk().vault.erase({ person: ada4, actor: { role: 'person', id: 'test' } })
  const after = await desk(`/${number}`)
  expect(after.html).toContain('Bela of Gent')
  expect(after.html).not.toContain('It crashes')
  await shop.desk().vault.erase({ person: bela4, actor: { role: 'person', id: 'test' } })
  expect((await desk(`/${number}`)).html).not.toContain('Bela of Gent')
})

test('destroying a part opens nothing, showing the parts of one message opens that message, and answering opens no name', async () => {
  const email = 'ada.c9@mail.example'
  await ask('product', { email, name: 'Ada Negen', message: 'It crashes.\n\nI am ill.\n\nBela has it too.' })
  const number = await numberOf(email)
  const opened = await desk(`/${number}`)
  const parts = /\/desk\/cases(\/T-[0-9A-Z]{7}\/parts\/[0-9a-f-]+)/.exec(opened.html)?.[1] ?? ''
  await desk(`${parts}/3/give`, { email: 'bela.c9@mail.example' })
  await desk(`/${number}/internal`, { internal: 'Asked a colleague.' })
  const looks = async (run: () => Promise<{ status: number }>) => {
    const seen = new Set((await shop.rows(`select log_id from vault.access_log`)).map((row) => row['log_id']))
    const { status } = await run()
    await shop.settled()
    const rows = await shop.rows(`select log_id, kind, parts from vault.access_log order by log_id`)
    const own = rows.filter((row) => !seen.has(row['log_id']))
    return { status, looks: own.map((row) => `${String(row['kind'])} ${String(row['parts'])}`) }
  }
  const [message, contact] = ['reveal message', 'reveal contact']
  expect(await looks(() => desk(`${parts}/2/destroy`, { because: 'about-health' }))).toEqual({ status: 303, looks: [] })
  expect(await looks(() => desk(`${parts}/2/destroy`, { because: 'about-health' }))).toEqual({ status: 404, looks: [] })
  // What concerns two is opened for each, and the address of the one who did not write.
  expect(await looks(() => desk(parts))).toEqual({ status: 200, looks: [message, message, contact] })
  const seen = seenTurn((await desk(`/${number}`)).html)
  const answered = await looks(() => desk(`/${number}/answer`, { answer: 'Try again.', seen, do: 'send' }))
  expect(answered).toMatchObject({ status: 303, looks: expect.arrayContaining([contact, message]) as unknown })
  expect(answered.looks.join()).not.toContain('identity')
})

test('a link that is wrong, guessed or of somebody who was erased opens nothing', async () => {
  const email = 'ada.c5@mail.example'
  await ask('question', { email, message: 'Hello?' })
  const link = await caseLink(email)
  const walk = shop.walk()
  expect((await walk.get(link)).status).toBe(200)
  for (const path of ['/t/AAAAAAAAAAAAAAAAAAAAAA', '/t/x', `${new URL(link).pathname}x`])
    expect((await walk.get(shop.baseUrl + path)).status).toBe(404)
  const [person] = await shop.desk().vault.find('email', email)
  if (person) await shop.desk().vault.erase({ person, actor: { role: 'person', id: 'test' } })
  expect((await walk.get(link)).status).toBe(404)
})

test('what somebody wrote stands on their data page, what staff wrote down about them too, and it can be erased there', async () => {
  const email = 'ada.c8@mail.example'
  await ask('product', { email, message: 'Zeldzaam probleem.' })
  const number = await numberOf(email)
  await desk(`/${number}/internal`, { internal: 'Vriendelijke klant' })
  const held = await shop.held(email)
  expect(textOf(held)).toContain('Zeldzaam probleem.')
  expect(textOf(held)).toContain('Vriendelijke klant')
  const walk = shop.walk()
  await walk.submit(await walk.follow(held, /^Erase/), {}, { button: /^Erase/ })
  expect(await shop.desk().vault.find('email', email)).toEqual([])
  expect((await desk(`/${number}`)).html).not.toContain('Zeldzaam')
})

test('a call is kept only after what is read out, under the version that was read, and needs no address', async () => {
  const page = await desk('/call/support')
  expect(page.html).toContain('Read this out')
  const notice = /name="notice" value="(\d+)"/.exec(page.html)?.[1] ?? ''
  const typed = { notice, name: 'Carl Caller', message: 'It does not print.' }
  const refused = await desk('/call/support', typed)
  expect(refused.status).toBe(422)
  expect(refused.html).toContain('It does not print.')
  const kept = await desk('/call/support', { ...typed, told: 'yes' })
  expect(kept.status).toBe(303)
  const [basis] = await shop.rows(`select channel, notice from vault.basis where channel = 'telephone'`)
  expect(basis).toEqual({ channel: 'telephone', notice: Number(notice) })
  const opened = await desk(`/${kept.headers.get('location')?.split('/').at(-1)}`)
  expect(opened.html).toContain('Carl Caller')
  const number = kept.headers.get('location')?.split('/').at(-1) ?? ''
  const answered = await desk(`/${number}/answer`, { answer: 'x', seen: seenTurn(opened.html), do: 'send' })
  expect(answered.html).toContain('No e-mail address was given')
})

test('a question filed as a case gets the clock of a case, and back', async () => {
  const email = 'ada.c6@mail.example'
  await ask('question', { email, message: 'It crashes.' })
  const number = await numberOf(email)
  const grounds = () =>
    shop.rows(`select purpose, until is null as endless from vault.basis where withdrawn_at is null and person_id in
      (select person_id from ticket_person p join ticket t using (ticket_id) where t.number = '${number}')`)
  expect(await grounds()).toEqual([{ purpose: 'enquiry', endless: false }])
  await desk(`/${number}/file-as`, { do: 'support' })
  expect(await grounds()).toEqual([{ purpose: 'support', endless: true }])
  expect((await desk(`/${number}`)).html).toContain('It crashes.')
  await desk(`/${number}/file-as`, { do: 'enquiry' })
  expect(await grounds()).toEqual([{ purpose: 'enquiry', endless: false }])
})

test('beside a case stand the orders and copies of the same address', async () => {
  await shop.buy(adaOnline)
  await ask('product', { email: ada.email, message: 'Tally crashes.' })
  const opened = await desk(`/${await numberOf(ada.email)}`)
  expect(opened.html).toMatch(/\/desk\/orders\/HS-/)
  expect(opened.html).toMatch(/Tally.*key ends with/)
})

test('ten megabytes, a field that no form has, and headers in a text change nothing but what they say', async () => {
  const walk = shop.walk()
  const page = await walk.get(`${shop.baseUrl}/help/question`)
  const button = /^Send my question/
  const before = (await shop.rows('select count(*)::int as n from ticket'))[0]?.['n']
  expect(
    (await walk.submit(page, { email: 'm@mail.example', message: 'x'.repeat(10_000_000) }, { button })).status,
  ).toBe(413)
  expect((await walk.submit(page, { email: 'm@mail.example', message: 'x', role: 'owner' }, { button })).status).toBe(
    422,
  )
  const long = await walk.submit(page, { email: 'm@mail.example', message: 'x'.repeat(9000) }, { button })
  expect(long.status).toBe(422)
  expect((await shop.rows('select count(*)::int as n from ticket'))[0]?.['n']).toBe(before)
  const html = '<script>alert(1)</script>\nBcc: mallory@mail.example'
  await ask('question', { email: 'mallory.h@mail.example', message: html, name: '=cmd|x' })
  const opened = await desk(`/${await numberOf('mallory.h@mail.example')}`)
  expect(opened.html).not.toContain('<script>alert')
  expect(opened.html).toContain('&lt;script&gt;')
})

test('when nobody of a ticket is left its rows go, and a case that waited for a month is closed', async () => {
  const email = 'ada.c7@mail.example'
  await ask('product', { email, message: 'Hello.' })
  const number = await numberOf(email)
  await desk(`/${number}/answer`, { answer: 'Try again.', seen: seenTurn((await desk(`/${number}`)).html), do: 'send' })
  await shop.settled()
  await shop.advance('P31D')
  await shop.restart()
  staff = await shop.staff()
  const state = await shop.rows(`select state from ticket where number = '${number}'`)
  expect(state).toEqual([{ state: 'closed' }])
  await shop.advance('P370D')
  await shop.expire()
  await shop.restart()
  expect(await shop.rows(`select 1 from ticket_number where number = '${number}'`)).toEqual([])
})
