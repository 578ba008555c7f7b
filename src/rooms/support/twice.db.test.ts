import { afterAll, beforeAll, expect, test } from 'vitest'
import { openShop, type Shop } from '../../../test/openShop.ts'
import type { PersonId } from '../../vault/index.ts'
import type { Seen } from '../../../test/walker.ts'

let shop: Shop
let staff: Awaited<ReturnType<Shop['staff']>>

beforeAll(async () => {
  shop = await openShop()
  staff = await shop.staff()
})
afterAll(() => shop.close())

async function ask(about: 'question' | 'product', email: string, message: string): Promise<string> {
  const walk = shop.walk()
  const button = about === 'question' ? /^Send my question/ : /^Send it/
  await walk.submit(await walk.get(`${shop.baseUrl}/help/${about}`), { email, message }, { button })
  await shop.settled()
  const persons = await shop.desk().vault.find('email', email)
  const [row] = await shop.rows(
    `select t.number from ticket t join ticket_person p using (ticket_id) where p.person_id = any ($1::uuid[])`,
    [persons],
  )
  return String(row?.['number'])
}

const desk = async (path: string, form?: Readonly<Record<string, string>>) => {
  const answer = await staff(`${shop.baseUrl}/desk/cases${path}`, form)
  return { status: answer.status, html: await answer.text(), headers: answer.headers }
}

const seenTurn = (html: string): string => /name="seen" value="([^"]*)"/.exec(html)?.[1] ?? ''

const partsOf = async (number: string): Promise<string> =>
  /\/desk\/cases(\/T-\w+\/parts\/[0-9a-f-]+)/.exec((await desk(`/${number}`)).html)?.[1] ?? ''

const caseLink = async (email: string): Promise<string> =>
  (await shop.mails(email)).map(({ text }) => /http\S+\/t\/\S+/.exec(text)?.[0]).find(Boolean) ?? ''

/** Lets the newest mail of a kind wait as if its mail host had not been reached yet. */
async function waitAgain(kind: string): Promise<string> {
  const [row] = await shop.rows(
    `update contact_ledger set outcome = null, because = null, handed_over_at = null, kept_class = null
     where mail_id = (select mail_id from contact_ledger where kind = $1 order by made_at desc limit 1) returning mail_id`,
    [kind],
  )
  const mail = String(row?.['mail_id'])
  await shop.rows(`delete from vault.box where item like '%' || $1`, [mail])
  return mail
}

const liveGrounds = (number: string) =>
  shop.rows(
    `select distinct purpose, until is null as endless from vault.basis where withdrawn_at is null and person_id in
     (select person_id from ticket_person p join ticket t using (ticket_id) where t.number = $1) order by 1`,
    [number],
  )

test('two clicks on Send write and mail one answer, of staff and of the customer', async () => {
  const email = 'ada.w2@mail.example'
  const number = await ask('product', email, 'It crashes.')
  const seen = seenTurn((await desk(`/${number}`)).html)
  const send = () => desk(`/${number}/answer`, { answer: 'Which version?', seen, do: 'send' })
  const both = await Promise.all([send(), send()])
  expect(both.map(({ status }) => status).sort((a, b) => a - b)).toEqual([303, 422])
  expect(both.map(({ html }) => html).join()).toContain('An answer went out while you were writing')
  await shop.settled()
  expect((await shop.mails(email)).filter(({ kind }) => kind === 'caseReply')).toHaveLength(1)
  const walk = shop.walk()
  const own = await walk.get(await caseLink(email))
  const back = (): Promise<Seen> => walk.submit(own, { message: 'Version 4 of it.' }, { button: /^Send my answer/ })
  const answers = await Promise.all([back(), back()])
  expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 422])
  expect((await desk(`/${number}`)).html.match(/Version 4 of it\./g)).toHaveLength(1)
})

test('a part given twice makes one person, and what cannot be given is said', async () => {
  const number = await ask('product', 'ada.w3@mail.example', 'One.\n\nZoe has it too.')
  const parts = await partsOf(number)
  const give = () => desk(`${parts}/2/give`, { email: 'zoe.w3@mail.example' })
  const both = await Promise.all([give(), give()])
  expect(await shop.desk().vault.find('email', 'zoe.w3@mail.example')).toHaveLength(1)
  expect(both.map(({ status }) => status).sort((a, b) => a - b)).toEqual([303, 422])
  expect(both.map(({ html }) => html).join()).toContain('It was not given')
})

test('an address that is none comes back with what is wrong, and a file goes only with a reason', async () => {
  const number = await ask('product', 'ada.w4@mail.example', 'One.\n\nTwo.')
  const parts = await partsOf(number)
  for (const email of ['a@b..c', `${'a'.repeat(5000)}@mail.example`, 'a\u0000b@mail.example']) {
    const wrong = await desk(`${parts}/2/give`, { email })
    expect(wrong.status).toBe(422)
    expect(wrong.html).toContain('class="error"')
  }
  expect((await desk(`${parts}/2/give`, { email: 'bela@b..c' })).html).toContain('value="bela@b..c"')
})

test('a message that becomes a case of its own is open without an end, though its case was closed', async () => {
  const number = await ask('product', 'ada.w6@mail.example', 'One.')
  await ask('product', 'bela.w6@mail.example', 'Two.')
  const [bela] = await shop.desk().vault.find('email', 'bela.w6@mail.example')
  await shop.rows(
    `update ticket_turn set proposed = true, ticket_id = (select ticket_id from ticket where number = $1)
     where turn_id in (select turn_id from ticket_person where person_id = $2)`,
    [number, bela],
  )
  await shop.rows(
    `update ticket_person set ticket_id = (select ticket_id from ticket where number = $1) where person_id = $2`,
    [number, bela],
  )
  await desk(`/${number}/state`, { do: 'close' })
  const [turn] = await shop.rows(`select turn_id from ticket_person where person_id = $1`, [bela])
  const own = (await desk(`/${number}/turn/${String(turn?.['turn_id'])}`, { do: 'part' })).headers.get('location')
  expect(await liveGrounds(own?.split('/').at(-1) ?? '')).toEqual([{ purpose: 'support', endless: true }])
})

test('an answer that waits is still sent when its question is filed as a case meanwhile', async () => {
  const number = await ask('question', 'ada.w1@mail.example', 'Does it crash?')
  await desk(`/${number}/answer`, { answer: 'No.', seen: seenTurn((await desk(`/${number}`)).html), do: 'send' })
  await shop.settled()
  const mail = await waitAgain('caseReply')
  expect((await shop.mails('ada.w1@mail.example')).filter(({ kind }) => kind === 'caseReply')).toEqual([])
  await desk(`/${number}/file-as`, { do: 'support' })
  await shop.rows(
    `update job set done_at = null, leased_until = null, run_at = made.at
    from (select now() - interval '1 second' as at) as made where ids ->> 'mail' = $1`,
    [mail],
  )
  await ask('question', 'bela.w1@mail.example', 'Anything that wakes the worker?')
  const [row] = await shop.rows(`select person_id, outcome, because from contact_ledger where mail_id = $1`, [mail])
  expect(row).toMatchObject({ outcome: 'handed-over', because: null })
  expect(await liveGrounds(number)).toMatchObject([
    { purpose: 'enquiry', endless: false },
    { purpose: 'support', endless: false },
  ])
  await shop.advance('P7D')
  expect(await shop.desk().vault.may(row?.['person_id'] as PersonId, 'enquiry')).toBe(false)
})
