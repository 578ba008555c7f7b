import { afterAll, beforeAll, expect, test } from 'vitest'
import { bela, idOf, letterDesk, refOf, type LetterDesk } from '../../../test/letterDesk.ts'
import { ada, adaOnline, openShop, type Shop } from '../../../test/openShop.ts'
import { readPdf } from '../../../test/pdf.ts'

const words = 'Good day,\nmy copy of Tally shows the wrong year. Zonnebloem-8812.'
const PDF = Buffer.from('%PDF-1.4 scan of a letter zonnebloem')

let shop: Shop
let at: LetterDesk
beforeAll(async () => {
  shop = await openShop()
  at = await letterDesk(shop)
})
afterAll(() => shop.close())

test('an answer is printed for the window, tells the writer why and how long, and is one row in the ledger however often it is printed', async () => {
  const path = await at.arrived({ ...bela, country: 'NL', message: words })
  const print = await at.answered(path)
  const first = await at.ask(print, {})
  expect(first.headers.get('content-type')).toBe('application/pdf')
  expect(first.headers.get('cache-control')).toBe('no-store')
  expect(first.headers.get('content-disposition')).toContain(`attachment; filename="${refOf(path)}.pdf"`)
  expect(first.headers.get('content-security-policy')).toMatch(/, sandbox$/)
  const pdf = Buffer.from(await first.arrayBuffer())
  const said = readPdf(pdf).flatMap(({ runs }) => runs.map(({ text }) => text))
  const whole = said.join(' ')
  for (const part of [bela.name, bela.street, 'NETHERLANDS', refOf(path), 'please load 3.2.'])
    expect(whole).toContain(part)
  expect(whole).toMatch(/Why we hold your letter: .* until 30 days after/)
  expect(whole).toMatch(/show, correct or delete what we hold .*\/your-data/)
  expect(whole).toContain('version 1 of our privacy policy')
  const again = Buffer.from(await (await at.ask(print, {})).arrayBuffer())
  expect(again.equals(pdf)).toBe(true)
  const ledger = await shop.rows(`select channel, kind, purpose, outcome from contact_ledger where ref = $1`, [
    `letter:${idOf(path)}`,
  ])
  expect(ledger).toEqual([{ channel: 'post', kind: 'letterAnswer', purpose: 'correspondence', outcome: 'handed-over' }])
  expect(await shop.rows(`select notice from letter_reply where letter_id = $1`, [idOf(path)])).toEqual([{ notice: 1 }])
  expect(await shop.rows(`select 1 from disclosure where ref = $1`, [`letter:${idOf(path)}`])).toEqual([])
  expect(await at.waiting()).not.toContain(refOf(path))
})

test('an answer by e-mail says the same, and goes only where an address was given', async () => {
  const path = await at.arrived({ ...bela, message: words })
  await at.answered(path, 'mail', 'By mail: zonnebloem-mailed.')
  await at.answered(path, 'mail', 'And once more.')
  await shop.settled()
  const mails = (await shop.mails(bela.email)).map(({ text }) => text.replace(/\s+/g, ' '))
  expect(mails.filter((text) => text.includes('zonnebloem-mailed'))).toHaveLength(1)
  expect(mails.filter((text) => text.includes('And once more.'))).toHaveLength(1)
  expect(mails[0]).toMatch(/Why we hold your letter: .* until 30 days after .*\/your-data .* version 1/)
  const silent = await at.arrived({ ...bela, email: '', message: words })
  expect((await at.ask(`${silent}/answer`, { answer: 'x', way: 'mail' })).status).toBe(422)
})

test('without an address, or with signs that the font lacks, nothing is printed and staff are told why', async () => {
  const nowhere = await at.arrived({ name: 'Bela', message: words })
  const none = await at.ask(await at.answered(nowhere), {})
  expect([none.status, await none.text()]).toEqual([409, expect.stringContaining('There is no postal address')])
  const chinese = await at.arrived({ ...bela, name: '王小明', message: words })
  const signs = await at.ask(await at.answered(chinese), {})
  expect([signs.status, await signs.text()]).toEqual([409, expect.stringContaining('no sign for: 王 小 明')])
  expect(await shop.rows('select 1 from contact_ledger where ref = $1', [`letter:${idOf(chinese)}`])).toEqual([])
})

test('a letter that came back stops post to that address, for whoever writes from it, and nothing else', async () => {
  const home = { ...bela, email: 'bela.second@mail.example', street: 'Returnstraat 77' }
  const path = await at.arrived({ ...home, message: words })
  const other = await at.arrived({ ...bela, message: words })
  const print = await at.answered(path)
  expect((await at.ask(print, {})).status).toBe(200)
  expect((await at.ask(`${path}/returned`, {})).status).toBe(303)
  const refused = await at.ask(print, {})
  expect([refused.status, await refused.text()]).toEqual([409, expect.stringContaining('came back')])
  const same = await at.arrived({ ...home, email: '', name: 'Somebody Else', message: words })
  expect((await at.ask(await at.answered(same), {})).status).toBe(409)
  expect((await at.ask(await at.answered(other), {})).status).toBe(200)
  await at.answered(path, 'mail', 'Your letter came back to us.')
  await shop.settled()
  expect((await shop.mails(home.email)).map(({ text }) => text).join()).toContain('came back to us')
})

test('who moved gets post at the new address, and the old one is gone', async () => {
  const path = await at.arrived({ ...bela, email: 'moved@mail.example', street: 'Oldstraat 1', message: words })
  const print = await at.answered(path)
  await at.ask(`${path}/returned`, {})
  const address = { notice: '1', street: 'Newstraat 99', postcode: '2000', city: 'Antwerpen', country: 'BE', known: '' }
  expect((await at.ask(`${path}/moved`, { ...address, street: '' })).status).toBe(422)
  expect((await at.ask(`${path}/moved`, address)).status).toBe(303)
  const shown = await at.page(path)
  expect(shown).toContain('Newstraat 99')
  expect(shown).not.toContain('Oldstraat')
  const pdf = readPdf(Buffer.from(await (await at.ask(print, {})).arrayBuffer()))
  expect(pdf[0]?.runs.map(({ text }) => text)).toEqual(expect.arrayContaining(['Newstraat 99', '2000 Antwerpen']))
})

test('after a death nothing goes out any more: not what was written before, not what waits, not for what they bought', async () => {
  await shop.buy(adaOnline)
  const { telephone: _, ...sender } = ada
  const letter = await at.arrived({ ...sender, message: 'Before that.' })
  const print = await at.answered(letter)
  const family = await at.arrived({
    name: 'Mallory Lovelace',
    street: 'Elders 1',
    city: 'Gent',
    message: 'My aunt has died.',
  })
  expect((await at.ask(`${family}/deceased`, { known: ada.email })).status).toBe(422)
  expect((await at.ask(`${family}/deceased`, { by: 'family', known: ada.email })).status).toBe(303)
  const refused = await at.ask(print, {})
  expect([refused.status, await refused.text()]).toEqual([409, expect.stringContaining('this person died')])
  await at.answered(letter, 'mail', 'This must not arrive.')
  await shop.settled()
  expect((await shop.mails(ada.email)).map(({ text }) => text).join()).not.toContain('must not arrive')
  const ended = await shop.rows(
    `select outcome, because from contact_ledger where kind = 'letterAnswer' and person_id in
    (select person_id from letter where letter_id = $1)`,
    [idOf(letter)],
  )
  expect(ended).toEqual([{ outcome: 'dropped', because: 'deceased' }])
  expect(await at.page(letter)).toContain('Not sent: We were told that the person died.')
  expect(await at.waiting()).toContain(refOf(letter))
  await shop.buy(adaOnline)
  const last = await shop.rows(
    `select outcome, because from contact_ledger where kind = 'receipt' order by made_at desc limit 1`,
  )
  expect(last).toEqual([{ outcome: 'dropped', because: 'deceased' }])
})

test('a wife of another e-mail address at the same street still gets her receipt and her key', async () => {
  const home = { ...ada, email: 'he@home.example', street: 'Deathstraat 5' }
  await shop.buy({ ...adaOnline, email: 'he@home.example' })
  const { telephone: _, ...him } = home
  const told = await at.arrived({ ...him, message: 'He has died.' })
  expect((await at.ask(`${told}/deceased`, { by: 'family', known: '' })).status).toBe(303)
  await shop.buy({ ...home, email: 'she@home.example' }, { product: 'letterpress' })
  await shop.settled()
  const hers = (await shop.mails('she@home.example')).map(({ text }) => text).join()
  expect(hers).toMatch(/[0-9A-Z]{5}(-[0-9A-Z]{5}){4}/)
})

test('an answer by e-mail is sent when its mail is out, not before', async () => {
  const path = await at.arrived({ ...bela, message: words })
  await at.answered(path, 'mail', 'Soon out.')
  await shop.settled()
  expect(await at.page(path)).toMatch(/by e-mail\. Sent\./)
  const sent = `select 1 from contact_ledger join letter_reply on ref = 'letter:' || letter_id || ':' || reply_id
    where letter_id = $1`
  expect(await shop.rows(sent, [idOf(path)])).toHaveLength(1)
  expect(await at.waiting()).not.toContain(refOf(path))
})

const formOf = async (path: string, deed: string): Promise<string> =>
  new RegExp(`action="\\S+/${deed}"[\\s\\S]*?name="form" value="([^"]+)"`).exec(await at.page(path))?.[1] ?? ''

test('a form that is sent twice asks once: one request, one answer, one mail', async () => {
  const path = await at.arrived({ ...bela, email: 'twice@mail.example', message: words })
  const right = { right: 'erasure', form: await formOf(path, 'right') }
  const mail = { answer: 'double-answer', way: 'mail', form: await formOf(path, 'answer') }
  const came = await Promise.all([right, right].map((form) => at.ask(`${path}/right`, form)))
  came.push(...(await Promise.all([mail, mail].map((form) => at.ask(`${path}/answer`, form)))))
  expect(came.map(({ status }) => status)).toEqual([303, 303, 303, 303])
  await shop.settled()
  const requests = await shop.rows(
    `select 1 from privacy_request_person p join letter using (person_id) where letter_id = $1`,
    [idOf(path)],
  )
  expect(requests).toHaveLength(1)
  expect((await shop.mails('twice@mail.example')).filter(({ text }) => text.includes('double-answer'))).toHaveLength(1)
})

test('an address that we do not know loses nothing of what was typed, and the error stands beside it', async () => {
  const path = await at.arrived({ ...bela, message: words })
  const known = 'nobody@typed.example'
  const address = { notice: '1', street: 'Typedstraat 99', postcode: '1', city: 'Typedcity', country: 'BE', known }
  const moved = await at.ask(`${path}/moved`, address)
  const page = await moved.text()
  expect(moved.status).toBe(422)
  for (const typed of ['Typedstraat 99', 'Typedcity', `value="${known}"`, 'id="e-known-moved"'])
    expect(page).toContain(typed)
  const died = await at.ask(`${path}/deceased`, { by: 'family', known })
  const shown = await died.text()
  expect(died.status).toBe(422)
  for (const typed of ['value="family" checked', `value="${known}"`, 'id="e-known-deceased"'])
    expect(shown).toContain(typed)
})

test('the family that told us can still be answered', async () => {
  const family = await at.arrived({
    name: 'Mallory Lovelace',
    street: 'Elders 2',
    city: 'Gent',
    country: 'BE',
    message: 'Thank you.',
  })
  expect((await at.ask(await at.answered(family), {})).status).toBe(200)
})

test('who died is noted with a word, never with a text', async () => {
  const rows = await shop.rows(`select because from letter_step where step = 'deceased'`)
  expect(new Set(rows.map((row) => row['because']))).toEqual(new Set(['family']))
})

test.each(['access', 'correction', 'erasure', 'export', 'objection'])(
  'a letter that asks for %s is a request with one click, due a month after the day on which it came',
  async (kind) => {
    const path = await at.arrived({ ...bela, message: 'Please delete my data.' })
    const [row] = await shop.rows(
      'select person_id as person, received_on::text as day from letter where letter_id = $1',
      [idOf(path)],
    )
    expect((await at.ask(`${path}/right`, { right: 'everything' })).status).toBe(422)
    expect((await at.ask(`${path}/right`, { right: kind })).status).toBe(303)
    const [request] = await shop.rows(
      `select kind, channel, closed_at as closed, (due_at = received_at + interval '1 month') as month, received_at::date::text as day
       from privacy_request join privacy_request_person using (request_id) where person_id = $1`,
      [row?.['person']],
    )
    expect(request).toEqual({ kind, channel: 'letter', closed: null, month: true, day: row?.['day'] })
    expect(await at.waiting()).not.toContain(refOf(path))
  },
)

test('a letter that needs nothing is put away, found by the reference of an answer, and a wrong id or reference finds nothing', async () => {
  const path = await at.arrived({ ...bela, message: words })
  expect(await at.waiting()).toContain(refOf(path))
  expect((await at.ask(`${path}/done`, {})).status).toBe(303)
  expect(await at.waiting()).not.toContain(refOf(path))
  const found = await at.ask('/desk/letters/find', { reference: refOf(path).toLowerCase() })
  expect([found.status, found.headers.get('location')]).toEqual([303, path])
  expect((await at.ask('/desk/letters/find', { reference: bela.name })).status).toBe(404)
  expect((await at.ask('/desk/letters/019ac000-0000-7000-8000-000000000000')).status).toBe(404)
  const others = await at.arrived({ ...bela, message: words })
  const print = await at.answered(path)
  expect((await at.ask(print.replace(path, others), {})).status).toBe(404)
})

test('nobody who is not signed in sees a letter, a scan or an answer, and looking changes nothing', async () => {
  const path = await at.arrived({ ...bela, message: words }, { bytes: PDF, name: 'a.pdf', type: 'application/pdf' })
  const print = await at.answered(path)
  for (const asked of ['/desk/letters', path, `${path}/scan`]) expect((await shop.ask(asked)).status, asked).toBe(401)
  const sent = { method: 'POST', headers: { origin: shop.baseUrl } }
  for (const asked of [print, `${path}/deceased`, `${path}/done`, `${path}/moved`])
    expect((await shop.ask(asked, sent)).status, asked).toBe(401)
  const before = await shop.rows('select * from letter_step order by step_id')
  for (let time = 0; time < 5; time += 1) await at.ask(path)
  expect((await at.ask(print)).status).toBe(405)
  expect(await shop.rows('select * from letter_step order by step_id')).toEqual(before)
})
