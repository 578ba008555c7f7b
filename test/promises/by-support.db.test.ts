import { afterAll, beforeAll, expect, test } from 'vitest'
import { formFor } from '../../src/policy/index.ts'
import { rowCounts } from '../asApp.ts'
import { openShop, type Shop } from '../openShop.ts'
import { formsOf, textOf, type Seen } from '../walker.ts'

let shop: Shop
let staff: Awaited<ReturnType<Shop['staff']>>

beforeAll(async () => {
  shop = await openShop()
  staff = await shop.staff()
})
afterAll(() => shop.close())

const form = (page: Seen) => formsOf(page.html).find(({ fields }) => 'message' in fields)
const page = (path: string): Promise<Seen> => shop.walk().get(`${shop.baseUrl}${path}`)
/** What is found is asked anew every minute. */
const evidence = async (): Promise<string> => {
  await shop.advance('PT2M')
  return textOf(await page('/promises'))
}
const desk = async (path: string, typed?: Readonly<Record<string, string>>) => {
  const answer = await staff(`${shop.baseUrl}/desk/cases${path}`, typed)
  return { status: answer.status, html: await answer.text(), at: answer.headers.get('location') ?? '' }
}

async function help(typed: Readonly<Record<string, string>>): Promise<Seen> {
  const walk = shop.walk()
  const seen = await walk.submit(await walk.get(`${shop.baseUrl}/help/product`), typed, { button: /^Send it/ })
  await shop.settled()
  return seen
}

const newest = async (): Promise<string> =>
  String((await shop.rows('select number from ticket order by made_at desc limit 1'))[0]?.['number'])

test('the form asks only what a case needs: an address and what is wrong, the rest may stay empty', async () => {
  const named = Object.keys(form(await page('/help/product'))?.fields ?? {}).filter(
    (name) => !['act', 'notice'].includes(name),
  )
  expect(named.sort()).toEqual(['email', 'licenceKey', 'message', 'name', 'telephone'])
  const { policy } = shop.desk()
  const required = formFor(policy, ['support']).filter((field) => field.required)
  expect(required.map(({ name }) => name)).toEqual(['email', 'message'])
  expect(textOf(await help({ email: 'least.s1@mail.example', message: 'It crashes.' }))).toContain('We have it')
  const [person] = await shop.desk().vault.find('email', 'least.s1@mail.example')
  const boxes = await shop.rows(`select class, part from vault.box where person_id = $1 and item = ''`, [person])
  expect(boxes).toEqual([{ class: 'case', part: 'contact' }])
})

test('whatever else is sent along is refused, and nothing is stored', async () => {
  const before = await rowCounts(shop)
  for (const more of [
    { street: 'Zwaluwstraat 1' },
    { country: 'BE' },
    { birthday: '1815-12-10' },
    { cardNumber: '4111111111111111' },
  ])
    expect((await help({ email: 'more.s2@mail.example', message: 'x', ...more })).status).toBe(422)
  expect(await rowCounts(shop)).toEqual(before)
})

test('a look at a case is noted with its number, and only those who may help can look', async () => {
  await help({ email: 'look.s3@mail.example', message: 'Look here.', telephone: '+32 470 91 73 55' })
  const number = await newest()
  const [person] = await shop.desk().vault.find('email', 'look.s3@mail.example')
  if (!person) throw new Error('nobody is there')
  const before = (await shop.desk().vault.looks(person)).length
  expect((await desk(`/${number}`)).html).toContain('+32 470 91 73 55')
  const looks = await shop.desk().vault.looks(person)
  expect(looks.length).toBeGreaterThan(before)
  const [ticket] = await shop.rows('select ticket_id as id from ticket where number = $1', [number])
  expect(looks[0]).toMatchObject({ role: 'desk', purpose: 'support', ref: `ticket:${String(ticket?.['id'])}` })
  const look = { person, purpose: 'support', for: 'ticket:1' } as const
  const stranger = { role: 'visitor', id: 'x' } as unknown as { role: 'desk'; id: string }
  expect(await shop.desk().vault.openTexts({ ...look, actor: stranger })).toMatchObject({ outcome: 'refused' })
  expect((await shop.ask(`${shop.baseUrl}/desk/cases/${number}`)).status).toBe(401)
})

test('a case goes a year after it was closed, and not before', async () => {
  await help({ email: 'clock.s4@mail.example', message: 'Clock.' })
  const number = await newest()
  await desk(`/${number}/state`, { do: 'close' })
  const { vault } = shop.desk()
  expect(await evidence()).toMatch(/Looked at the newest \d+ closed cases/)
  await shop.advance('P364D')
  await shop.expire()
  expect(await vault.find('email', 'clock.s4@mail.example')).toHaveLength(1)
  await shop.advance('P2D')
  await shop.expire()
  expect(await vault.find('email', 'clock.s4@mail.example')).toEqual([])
  expect(await shop.walk().get(`${shop.baseUrl}/promises`)).toMatchObject({ status: 200 })
})

test('a caller needs to give nothing but what is wrong', async () => {
  staff = await shop.staff()
  const shown = (await desk('/call/support')).html
  const notice = /name="notice" value="(\d+)"/.exec(shown)?.[1] ?? ''
  const kept = await desk('/call/support', { notice, told: 'yes', message: 'It does not print.' })
  expect(kept.status).toBe(303)
  expect(
    await shop.rows(`select count(*)::int as boxes from vault.box where class = 'case' and part <> 'message' and person_id in
    (select person_id from ticket_person p join ticket t using (ticket_id) where t.channel = 'telephone')`),
  ).toEqual([{ boxes: 0 }])
})

test.each([
  [
    'a closed case without an end',
    `update vault.basis set until = null, event_at = null where purpose = 'support'`,
    '',
  ],
  [
    'something that no case needs',
    `insert into vault.box (person_id, class, part, item, version, sealed) select person_id, 'case', 'preferences', '', 1, '\\x00' from ticket_person limit 1`,
    `delete from vault.box where part = 'preferences'`,
  ],
])('%s is seen by the promises page', async (_, harm, undo) => {
  await help({ email: 'seen.s5@mail.example', message: 'Seen.' })
  await desk(`/${await newest()}/state`, { do: 'close' })
  expect(await evidence()).not.toContain('A closed case has no end')
  await shop.rows(harm)
  expect(await evidence()).toContain('A closed case has no end, or something is held that no case needs.')
  await shop.rows(undo || `delete from ticket_person`)
})
