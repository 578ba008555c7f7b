import { afterAll, beforeAll, expect, test } from 'vitest'
import { everyRow } from '../asApp.ts'
import { openShop, type Shop } from '../openShop.ts'
import { textOf } from '../walker.ts'

let shop: Shop
let staff: Awaited<ReturnType<Shop['staff']>>
const bela = 'bela.zoltan.e1@mail.example'

beforeAll(async () => {
  shop = await openShop()
  staff = await shop.staff()
})
afterAll(() => shop.close())

async function ask(email: string, message: string): Promise<void> {
  const walk = shop.walk()
  const typed = { email, name: 'Bela Zoltan', message }
  await walk.submit(await walk.get(`${shop.baseUrl}/help/question`), typed, { button: /^Send my question/ })
  await shop.settled()
}

const desk = async (path: string, form?: Readonly<Record<string, string>>): Promise<string> =>
  (await staff(`${shop.baseUrl}/desk/cases${path}`, form)).text()

const numbers = async (): Promise<string[]> =>
  (await shop.rows('select number from ticket order by made_at desc')).map((row) => String(row['number']))

/** What is found is asked anew every minute. */
const evidence = async (): Promise<string> => {
  await shop.advance('PT2M')
  return textOf(await shop.walk().get(`${shop.baseUrl}/promises`))
}

test('a question gives no ground but its answer: no offer may be sent, to whoever asked once or ten times', async () => {
  for (const count of [1, 2, 3]) await ask(bela, `Question ${count}, does Tally print?`)
  const { vault } = shop.desk()
  const persons = await vault.find('email', bela)
  expect(persons).toHaveLength(3)
  for (const person of persons) {
    expect((await vault.held(person)).map(({ purpose }) => purpose)).toEqual(['enquiry'])
    for (const purpose of ['campaignMail', 'campaignPost', 'campaignTelephone', 'survey', 'registration'] as const)
      expect(await vault.may(person, purpose)).toBe(false)
    const look = { person, purpose: 'campaignMail', actor: { role: 'program', id: 'x' }, for: 'campaign:1' } as const
    expect(await vault.reveal(look)).toMatchObject({ outcome: 'refused' })
  }
  expect(await evidence()).toContain('Looked at the newest 3 questions')
})

test('it is answered once: the answer closes it, and a second press of the button sends nothing', async () => {
  const [number = ''] = await numbers()
  const seen = /name="seen" value="([^"]*)"/.exec(await desk(`/${number}`))?.[1] ?? ''
  await desk(`/${number}/answer`, { answer: 'Yes, it prints.', seen, do: 'send' })
  await desk(`/${number}/answer`, { answer: 'Yes, it prints.', seen, do: 'send' })
  await shop.settled()
  expect((await shop.mails(bela)).filter(({ kind }) => kind === 'caseReply')).toHaveLength(1)
  expect(await shop.rows('select state from ticket where number = $1', [number])).toEqual([{ state: 'closed' }])
})

test('opening it again, filing it anew and back, or writing more on its page gives it no longer life', async () => {
  const [number = ''] = await numbers()
  const ends = () =>
    shop.rows(
      `select distinct date_trunc('hour', until) as until from vault.basis where purpose = 'enquiry' and withdrawn_at is null
       and person_id in (select person_id from ticket_person p join ticket t using (ticket_id) where t.number = $1)`,
      [number],
    )
  const before = await ends()
  await shop.advance('P10D')
  for (const [path, todo] of [
    ['state', 'open'],
    ['state', 'close'],
    ['file-as', 'support'],
    ['file-as', 'enquiry'],
  ] as const)
    await desk(`/${number}/${path}`, { do: todo })
  const link = (await shop.mails(bela)).map(({ text }) => /http\S+\/t\/\S+/.exec(text)?.[0]).find(Boolean) ?? ''
  const walk = shop.walk()
  await walk.submit(await walk.get(link), { message: 'One thing more.' }, { button: /^Send my answer/ })
  expect(await ends()).toEqual(before)
})

test('after thirty days nothing of it can be opened, and after the next round nothing of it is there, answered or not', async () => {
  await ask('late.e2@mail.example', 'Nobody answers this.')
  const [late] = await shop.desk().vault.find('email', 'late.e2@mail.example')
  await shop.advance('P31D')
  if (!late) throw new Error('nobody is there')
  const look = { person: late, purpose: 'enquiry', actor: { role: 'desk', id: 'sam' }, for: 'ticket:1' } as const
  expect(await shop.desk().vault.openTexts(look)).toMatchObject({ outcome: 'refused' })
  expect(await shop.desk().vault.reveal(look)).toMatchObject({ outcome: 'refused' })
  await shop.expire()
  await shop.restart()
  const { vault } = shop.desk()
  for (const email of [bela, 'late.e2@mail.example']) expect(await vault.find('email', email)).toEqual([])
  const rows = await everyRow(shop)
  for (const table of ['ticket', 'ticket_number', 'ticket_turn', 'ticket_person', 'ticket_step'])
    expect(rows.get(`public.${table}`)).toBe('')
  expect([rows.get('vault.text'), rows.get('vault.text_key')]).toEqual(['', ''])
  expect(await evidence()).toContain('No question is held now.')
})

test.each([
  ['has no end', `update vault.basis set until = null, event_at = null where purpose = 'enquiry'`],
  [
    'lives for longer',
    `update vault.basis set until = until + interval '40 days', event_at = null where purpose = 'enquiry'`,
  ],
  ['is used for an offer', `update vault.basis set purpose = 'campaignMail' where purpose = 'enquiry'`],
])('a question that %s is seen by the promises page', async (_, harm) => {
  staff = await shop.staff()
  await ask('seen.e3@mail.example', 'Is this seen?')
  expect(await evidence()).toMatch(/Looked at the newest \d+ questions?: each/)
  await shop.rows(harm)
  expect(await evidence()).toContain('A question is held for something else, or has no end.')
  await shop.rows(`delete from ticket_person`)
})
