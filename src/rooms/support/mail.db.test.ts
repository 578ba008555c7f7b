import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { startImap, type MailServer } from '../../../test/imap.ts'
import { file, mixed, part, parts, raw } from '../../../test/mail/corpus/build.ts'
import { openShop, type Shop } from '../../../test/openShop.ts'
import { textOf } from '../../../test/walker.ts'

let imap: MailServer
let shop: Shop
let staff: Awaited<ReturnType<Shop['staff']>>
let who = 0

beforeAll(async () => {
  imap = await startImap()
  shop = await openShop({}, { imap: imap.server })
  staff = await shop.staff()
})
afterAll(async () => {
  await shop.close()
  await imap.stop()
})
beforeEach(() => (who += 1))
afterEach(() => expect(shop.lines.join()).not.toMatch(/@mail\.example|mail\.failed|mail\.notFiled/))

const address = (name: string): string => `${name}.m${who}@mail.example`

type Letter = { readonly from: string; readonly text: string; readonly [header: string]: string }

/** Delivers mails and fetches them. Answers how many were filed. */
async function come(...mails: readonly (Letter | Buffer)[]): Promise<number> {
  const bytes = mails.map((mail, index) => {
    if (Buffer.isBuffer(mail)) return mail
    const { from, text, ...headers } = mail
    const id = `<${who}.${index}.${Math.random()}@post.example>`
    return raw(
      { From: from, Date: shop.now().toUTCString(), 'Message-ID': id, 'Return-Path': `<${from}>`, ...headers },
      text,
    )
  })
  await imap.deliver(...bytes)
  const filed = await shop.desk().poll()
  await shop.settled()
  return filed
}

const desk = async (path: string, form?: Readonly<Record<string, string>>) => {
  const answer = await staff(`${shop.baseUrl}/desk/cases${path}`, form)
  return { status: answer.status, html: await answer.text(), headers: answer.headers }
}

const ticketsOf = async (email: string): Promise<readonly Record<string, unknown>[]> => {
  const persons = await shop.desk().vault.find('email', email)
  return shop.rows(
    `select distinct t.number, t.purpose, t.state, t.automatic from ticket t join ticket_person p using (ticket_id) where p.person_id = any ($1::uuid[])`,
    [persons],
  )
}
const numberOf = async (email: string): Promise<string> => String((await ticketsOf(email))[0]?.['number'])

async function answered(email: string, text: string): Promise<string> {
  const number = await numberOf(email)
  const seen = /name="seen" value="([^"]*)"/.exec((await desk(`/${number}`)).html)?.[1] ?? ''
  expect((await desk(`/${number}/answer`, { answer: text, seen, do: 'send' })).status).toBe(303)
  await shop.settled()
  const [row] = await shop.rows(
    `select message_id from contact_ledger where kind = 'caseReply' order by mail_id desc limit 1`,
  )
  return `<${String(row?.['message_id'])}>`
}

const linkIn = async (email: string): Promise<string> =>
  (await shop.mails(email)).map(({ text }) => /http\S+\/t\/\S+/.exec(text)?.[0]).find(Boolean) ?? ''

test('a mail of a stranger is a question, that of an owner a case, and each is told what happens with it', async () => {
  const [ada, bela] = [address('ada'), address('bela')]
  await shop.buy({ email: ada, country: 'BE' })
  expect(await come({ from: ada, text: 'Tally crashes.' }, { from: bela, text: 'Does it print?' })).toBe(2)
  expect(await ticketsOf(ada)).toMatchObject([{ purpose: 'support', state: 'open' }])
  expect(await ticketsOf(bela)).toMatchObject([{ purpose: 'enquiry', state: 'open' }])
  const told = (await shop.mails(bela)).find(({ kind }) => kind === 'caseReceived')
  expect(told?.text).toMatch(
    /gives us no permission to send you offers[\s\S]*30 days[\s\S]*Version 1 of our privacy policy/,
  )
  expect(textOf(await shop.walk().get(await linkIn(bela)))).toContain('Does it print?')
  const [basis] = await shop.rows(
    `select channel, notice from vault.basis where purpose = 'enquiry' order by since desc limit 1`,
  )
  expect(basis).toEqual({ channel: 'mail', notice: 1 })
})

test('an answer to our answer joins its case; from another address only as proposed; a guess and a subject never', async () => {
  const [ada, bela, mallory] = [address('ada'), address('bela'), address('mallory')]
  await come({ from: ada, text: 'First.', Subject: 'Printing' })
  const ours = await answered(ada, 'Please try again.')
  const sent = await shop.rows(`select value_names from disclosure order by disclosure_id desc limit 1`)
  expect(sent[0]?.['value_names']).toEqual(expect.arrayContaining(['answers', 'thread']))
  await come({ from: ada, text: 'It works.', 'In-Reply-To': ours, Subject: 'something else' })
  const number = await numberOf(ada)
  expect(await ticketsOf(ada)).toHaveLength(1)
  await come({ from: bela, text: 'Bela of Gent saw it too.', References: `<x@y.example> ${ours}` })
  expect(await ticketsOf(bela)).toMatchObject([{ number }])
  expect((await desk(`/${number}`)).html).toContain('This came from another address')
  const own = async () => textOf(await shop.walk().get(await linkIn(ada)))
  expect(await own()).toContain('It works.')
  expect(await own()).not.toContain('Bela of Gent')
  const guess = `<${'0'.repeat(40)}@localhost>`
  await come({ from: mallory, text: 'Let me in.', 'In-Reply-To': guess, Subject: `Re: Printing [${number}]` })
  expect(await ticketsOf(mallory)).not.toMatchObject([{ number }])
})

test('a proposed message is let in or made a case of its own, and the erasure of one leaves the other’s', async () => {
  const [ada, bela] = [address('ada'), address('bela')]
  await come({ from: ada, text: 'First.' })
  const ours = await answered(ada, 'Please try again.')
  await come({ from: bela, text: 'Bela says one.', 'In-Reply-To': ours })
  await come({ from: bela, text: 'Bela says two.', 'In-Reply-To': ours })
  const number = await numberOf(ada)
  const paths = [...(await desk(`/${number}`)).html.matchAll(/action="\/desk\/cases(\/T-\w+\/turn\/[0-9a-f-]+)"/g)].map(
    ([, path = '']) => path,
  )
  expect(paths).toHaveLength(2)
  await desk(paths[0] ?? '', { do: 'join' })
  const apart = await desk(paths[1] ?? '', { do: 'part' })
  expect(apart.headers.get('location')).not.toContain(number)
  const link = await linkIn(ada)
  const { vault } = shop.desk()
  for (const person of await vault.find('email', ada))
    await vault.erase({ person, actor: { role: 'person', id: 'test' } })
  const left = (await desk(`/${number}`)).html
  expect(left).toContain('Bela says one.')
  expect(left).not.toContain('First.')
  expect((await shop.walk().get(link)).status).toBe(404)
})

test('programs get no answer, and an address at most two automatic mails a day', async () => {
  const [robot, ada] = [address('robot'), address('ada')]
  await come({ from: robot, text: 'I am away.', 'Auto-Submitted': 'auto-replied' })
  expect(await shop.mails(robot)).toEqual([])
  expect(await ticketsOf(robot)).toMatchObject([{ automatic: true }])
  expect((await desk('?show=open')).html).not.toContain(await numberOf(robot))
  expect((await desk('?show=automatic')).html).toContain(await numberOf(robot))
  for (let round = 0; round < 5; round += 1) await come({ from: ada, text: `Loop ${round}` })
  expect(await shop.mails(ada)).toHaveLength(2)
  const old = address('old')
  await come({ from: old, text: 'From long ago', Date: 'Tue, 24 Nov 2020 10:00:00 +0000' })
  expect(await shop.mails(old)).toEqual([])
})

test('what a program answers to a closed case leaves it closed, and ends with it', async () => {
  const ada = address('ada')
  await shop.buy({ email: ada, country: 'BE' })
  await come({ from: ada, text: 'Tally crashes.' })
  const ours = await answered(ada, 'Try again.')
  const number = await numberOf(ada)
  await desk(`/${number}/state`, { do: 'close' })
  await come({ from: ada, text: 'I am away.', 'Auto-Submitted': 'auto-replied', 'In-Reply-To': ours })
  expect(await ticketsOf(ada)).toMatchObject([{ number, state: 'closed' }])
  const grounds = await shop.rows(
    `select until is null as endless from vault.basis where purpose = 'support' and person_id in
     (select person_id from ticket_person p join ticket t using (ticket_id) where t.number = $1)`,
    [number],
  )
  expect(grounds).toEqual([{ endless: false }, { endless: false }])
})

test('somebody who was erased does not come back with the mails that still lie on the server, but is welcome anew', async () => {
  const ada = address('ada')
  await come({ from: ada, text: 'Remember me not.' })
  const { vault } = shop.desk()
  for (const person of await vault.find('email', ada))
    await vault.erase({ person, actor: { role: 'person', id: 'test' } })
  expect(await shop.desk().poll()).toBe(0)
  await imap.renumber()
  expect(await shop.desk().poll()).toBe(0)
  await shop.restart()
  staff = await shop.staff()
  expect(await shop.desk().poll()).toBe(0)
  expect(await shop.desk().vault.find('email', ada)).toEqual([])
  expect(await come({ from: ada, text: 'Hello again.' })).toBe(1)
  expect(await shop.desk().vault.find('email', ada)).toHaveLength(1)
})

test('a file is only handed over to be saved, and can go alone', async () => {
  const ada = address('ada')
  const page = '<script>alert(document.cookie)</script>'
  const body = parts(
    part('text/plain', 'See the files.'),
    file('evil (x) é.html', 'text/html', page),
    file('a.txt', 'text/plain', 'second'),
  )
  await come(raw({ From: ada, 'Message-ID': `<file${who}@x>`, ...mixed }, body))
  const number = await numberOf(ada)
  const [first = ''] = [
    ...(await desk(`/${number}`)).html.matchAll(/href="\/desk\/cases(\/T-\w+\/files\/[0-9a-f-]+)"/g),
  ].map(([, path = '']) => path)
  const saved = await desk(first)
  expect(saved.html).toBe(page)
  expect(saved.headers.get('content-disposition')).toBe(
    'attachment; filename="evil _x_ _.html"; filename*=UTF-8\'\'evil%20%28x%29%20%C3%A9.html',
  )
  expect(saved.headers.get('content-type')).toBe('application/octet-stream')
  expect(saved.headers.get('x-content-type-options')).toBe('nosniff')
  expect(saved.headers.get('content-security-policy')).toContain('sandbox')
  const looks = async () => Number((await shop.rows('select count(*)::int as n from vault.access_log'))[0]?.['n'])
  const seen = await looks()
  await desk(first)
  expect(await looks()).toBe(seen + 1)
  const texts = async () => Number((await shop.rows('select count(*)::int as n from vault.text'))[0]?.['n'])
  const before = await texts()
  await desk(`${first}/destroy`, { because: 'by-mistake' })
  expect(await looks()).toBe(seen + 1)
  expect(await texts()).toBe(before - 2)
  expect((await desk(first)).status).toBe(404)
  expect((await desk(`/${number}`)).html).toContain('a.txt')
  expect((await shop.ask(`${shop.baseUrl}/desk/cases${first}`)).status).toBe(401)
})

test('a subject goes alone, and answers go on finding the conversation; a file goes only with a reason', async () => {
  const ada = address('ada')
  await come(
    raw(
      { From: ada, 'Message-ID': `<subject${who}@x>`, Subject: 'I have zwaluwziekte', ...mixed },
      parts(part('text/plain', 'It crashes.'), file('a.txt', 'text/plain', 'one')),
    ),
  )
  const number = await numberOf(ada)
  const { html } = await desk(`/${number}`)
  const path = /\/desk\/cases(\/T-\w+\/parts\/[0-9a-f-]+)/.exec(html)?.[1] ?? ''
  const kept = /\/desk\/cases(\/T-\w+\/files\/[0-9a-f-]+)/.exec(html)?.[1] ?? ''
  expect((await desk(path)).html).toContain(`${path}/0/destroy`)
  const looks = async () =>
    (await shop.rows(`select kind from vault.access_log order by log_id`)).map(({ kind }) => kind)
  const before = await looks()
  expect((await desk(`${path}/0/destroy`, { because: 'about-health' })).status).toBe(303)
  // Its one text is opened for what ties the mail to its conversation, which is written again.
  expect((await looks()).slice(before.length)).toEqual(['reveal', 'write'])
  expect((await desk(`/${number}`)).html).not.toContain('zwaluwziekte')
  expect((await desk(`${path}/0/destroy`, { because: 'about-health' })).status).toBe(404)
  const refused = await desk(`${kept}/destroy`, {})
  expect([refused.status, refused.html.includes('class="error"')]).toEqual([422, true])
  await answered(ada, 'Try again.')
  const sent = await shop.rows(`select value_names from disclosure order by disclosure_id desc limit 1`)
  expect(sent[0]?.['value_names']).toEqual(expect.arrayContaining(['answers', 'thread']))
})

test('an answer of ours that came back is told to staff; a report about a mail that is not ours changes nothing', async () => {
  const ada = address('ada')
  await come({ from: ada, text: 'Hello.' })
  const ours = await answered(ada, 'Hello back.')
  const report = (id: string): Buffer =>
    raw(
      {
        'Return-Path': '<>',
        'Message-ID': `<r${id.length}.${who}@mx>`,
        'Content-Type': 'multipart/report; report-type=delivery-status; boundary=cut',
      },
      parts(
        part(
          'message/delivery-status',
          `Reporting-MTA: dns; mx\r\n\r\nFinal-Recipient: rfc822; ${ada}\r\nAction: failed\r\nStatus: 5.1.1`,
        ),
        part('text/rfc822-headers', `Message-ID: ${id}\r\nSubject: x`),
      ),
    )
  const tasks = () => shop.rows(`select about from task where kind = 'mail-not-sent' and done_at is null`)
  const before = (await tasks()).length
  await come(report(`<${'1'.repeat(40)}@localhost>`))
  expect(await tasks()).toHaveLength(before)
  await come(report(ours))
  expect((await tasks()).length).toBe(before + 1)
})

test('no word of any mail stands in a table outside the vault, nor unsealed in it', async () => {
  await come({ from: address('ada'), text: 'Zwaluwstaart', Subject: 'Kwikstaart' })
  const tables = await shop.rows(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname in ('public', 'vault')`,
  )
  expect(tables.length).toBeGreaterThan(30)
  for (const { name } of tables) {
    const rows = await shop.rows(`select t::text as row from ${String(name)} t`)
    expect(JSON.stringify(rows), String(name)).not.toMatch(/Zwaluwstaart|Kwikstaart|@mail\.example|post\.example/)
  }
})

test('a mail without a sender is kept and read, and nobody can be answered', async () => {
  expect(await come(raw({ From: undefined, 'Message-ID': `<nobody${who}@x>` }, 'Guess who.'))).toBe(1)
  const [row] = await shop.rows('select number from ticket order by made_at desc limit 1')
  expect((await desk(`/${String(row?.['number'])}`)).html).toContain('Guess who.')
})

test('when the promise of the mailbox’s host is over nothing is fetched, and staff are told', async () => {
  await shop.advance('P400D')
  await imap.deliver(raw({ From: address('late') }, 'Too late.'))
  expect(await shop.desk().poll()).toBe(0)
  expect(await shop.rows(`select kind from task where about = 'mail:mailbox'`)).toEqual([{ kind: 'partner-shut' }])
})
