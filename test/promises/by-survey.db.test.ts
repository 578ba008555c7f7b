import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { everyRow } from '../asApp.ts'
import { adaOnline, openShop, type Shop } from '../openShop.ts'
import { codeIn, counts, questions, surveying, type Surveying } from '../surveying.ts'
import { textOf } from '../walker.ts'

let shop: Shop
let our: Surveying
beforeAll(async () => {
  shop = await openShop()
  our = surveying(shop)
})
afterAll(() => shop.close())

describe('taking part is up to everybody:', () => {
  test('a survey says first how answers are kept, and no question has to be answered', async () => {
    const { open } = await our.published('anonymous')
    const page = await shop.walk().get(open)
    expect(page.html.indexOf('This survey is anonymous.')).toBeGreaterThan(0)
    expect(page.html.indexOf('This survey is anonymous.')).toBeLessThan(page.html.indexOf(questions[0]?.text ?? ''))
    expect(page.html.match(/<(input|textarea|select)[^>]*\brequired/g)).toBeNull()
    expect((await our.answer(open, { q2: '4' })).status).toBe(200)
  })

  test('a form with nothing in it is no answer, and what was typed is there when something is wrong', async () => {
    const { open } = await our.published('anonymous')
    const before = await our.counted()
    expect((await our.answer(open, {})).status).toBe(422)
    const wrong = await our.answer(open, { q0: '9', q3: '7', q4: 'More colours' })
    expect([wrong.status, wrong.html.includes('More colours')]).toEqual([422, true])
    expect(wrong.html).toMatch(/name="q3" value="7" checked/)
    expect(await our.counted()).toEqual(before)
  })

  test('owners are invited once, by one mail, and nothing follows for those who do nothing', async () => {
    await shop.buy({ ...adaOnline, email: 'silent@quill.example' })
    const survey = await our.published('anonymous')
    expect(await our.invited(survey)).toMatch(/mails? (is|are) on the way/)
    await our.invited(survey)
    await shop.advance('P13D')
    await shop.settled()
    const mails = (await shop.mails('silent@quill.example')).filter(({ kind }) => kind === 'surveyInvitation')
    expect(mails).toHaveLength(1)
    expect(mails[0]?.text).toContain(survey.title)
    await our.closed(survey)
    expect(await shop.rows('select * from survey_invitation')).toEqual([])
    expect((await shop.ask(await our.invitationOf('silent@quill.example'))).status).toBe(410)
  })
})

test('who objected once is invited to no survey again', async () => {
  const email = 'objects@quill.example'
  await shop.buy({ ...adaOnline, email })
  await our.invited(await our.published('anonymous'))
  const { vault } = shop.desk()
  const [person] = await vault.find('email', email)
  const invitations = async () =>
    (await shop.rows(`select 1 from contact_ledger where kind = 'surveyInvitation' and person_id = $1`, [person]))
      .length
  expect(await invitations()).toBe(1)
  if (!person) throw new Error('nobody is found by that address')
  await shop.at.engine.for<never>().tx((tx) => vault.withdraw(tx, { person, purposes: ['survey'] }))
  await our.invited(await our.published('anonymous'))
  expect(await invitations()).toBe(1)
})

describe('an anonymous answer belongs to nobody:', () => {
  test('it is written without a person, without a word in the clear, and the invitation does not lead to it', async () => {
    const email = 'hidden@quill.example'
    await shop.buy({ ...adaOnline, email })
    const survey = await our.published('anonymous')
    await our.invited(survey)
    const link = await our.invitationOf(email)
    const before = await our.counted()
    const done = await our.answer(link, { q0: '1', q4: 'Zebra-striped ledgers' })
    expect([done.status, codeIn(done)]).toEqual([200, expect.stringMatching(/^(\w{4}-){4}\w{4}$/)])
    expect(await our.counted()).toEqual(before)
    const everything = [...(await everyRow(shop)).values()].join('\n')
    const hex = Buffer.from('Zebra').toString('hex')
    for (const secret of ['Zebra', hex, codeIn(done)]) expect(everything).not.toContain(secret)
    expect(shop.lines.join('\n')).not.toMatch(/Zebra|\/q\/[A-Za-z0-9_-]{22}/)
  })

  test('looking at the link a hundred times changes nothing, and of two tabs one answers and the other is told', async () => {
    const email = 'tabs@quill.example'
    await shop.buy({ ...adaOnline, email })
    const survey = await our.published('anonymous')
    await our.invited(survey)
    const link = await our.invitationOf(email)
    const before = await our.stored()
    for (let time = 0; time < 100; time += 1) expect((await shop.ask(link)).status).toBe(200)
    expect(await our.stored()).toEqual(before)
    const [one, two] = [await shop.walk().get(link), await shop.walk().get(link)]
    expect((await our.send(one, { q0: '0' })).status).toBe(200)
    const refused = await our.send(two, { q4: 'Typed with care' })
    expect([refused.status, textOf(refused)]).toEqual([409, expect.stringContaining('Typed with care')])
    const again = await our.send(one, { q0: '0' })
    expect([again.status, codeIn(again)]).toEqual([200, expect.stringContaining('-')])
    expect((await shop.ask(link)).status).toBe(409)
  })

  test('hostile texts are texts: tags are shown as they are, a megabyte is cut, a card is cut out', async () => {
    const survey = await our.published('anonymous')
    for (let one = 0; one < 9; one += 1) await our.answer(survey.open, { q4: `Words ${one}` })
    const long = await our.answer(survey.open, { q4: 'x'.repeat(1_000_000) })
    expect([long.status, long.html.length < 20_000, long.html.includes('x'.repeat(1000))]).toEqual([422, true, true])
    const hostile = '<script>alert(1)</script> =1+1 card 4111 1111 1111 1111'
    await our.answer(survey.open, { q4: hostile })
    const page = await our.closed(survey)
    expect(page).not.toContain('<script')
    expect(page).toContain('&lt;script&gt;')
    expect(page).not.toContain('4111 1111')
    expect(page).toContain('[card number removed, ends 1111]')
  })
})

describe('results tell of no small group:', () => {
  test('nothing while it is open, nothing under five answers', async () => {
    const survey = await our.published('anonymous')
    for (let one = 0; one < 4; one += 1) await our.answer(survey.open, { q0: '0', q4: `Text ${one}` })
    expect(await (await our.desk(survey.path)).text()).toContain('fewer than 5')
    expect((await our.desk(`${survey.path}/results.csv`)).status).toBe(404)
    const page = await our.closed(survey)
    expect(page).toContain('Fewer than five answers')
    expect(page).not.toMatch(/Text \d|The newest/)
  })

  test('six that split five to one show neither number', async () => {
    const survey = await our.published('anonymous')
    for (let one = 0; one < 6; one += 1) await our.answer(survey.open, { q0: one === 5 ? '1' : '0' })
    const page = await our.closed(survey)
    expect(page).toContain('6 answers are counted here.')
    expect(counts(page)).toEqual({})
    const csv = await (await our.desk(`${survey.path}/results.csv`)).text()
    expect(csv).toContain('Which version do you use?,The newest,\n')
  })

  test('what is taken back is out at once, and no two looks differ by one answer', async () => {
    const survey = await our.published('anonymous')
    const codes: string[] = []
    for (let one = 0; one < 20; one += 1)
      codes.push(codeIn(await our.answer(survey.open, { q2: one < 10 ? '0' : '4' })))
    const all = (html: string) => Number(/(\d+) answers are counted here/.exec(html)?.[1] ?? 0)
    const first = await our.closed(survey)
    expect([all(first), counts(first)['1'], counts(first)['5']]).toEqual([20, '10', '10'])
    expect((await our.withdrawn(codes[3] ?? '')).status).toBe(200)
    expect(all(await (await our.desk(survey.path)).text())).toBe(15)
    expect((await our.withdrawn(codes[3] ?? '')).status).toBe(422)
    for (const code of codes) await our.withdrawn(code)
    expect(await (await our.desk(survey.path)).text()).toContain('Fewer than five answers')
  })

  test('texts come with ten, and one that looks as if it named somebody is looked at first', async () => {
    const survey = await our.published('anonymous')
    for (let one = 0; one < 10; one += 1) await our.answer(survey.open, { q4: `Plain words ${one}` })
    await our.answer(survey.open, { q4: 'Write to ada@quill.example' })
    const page = await our.closed(survey)
    expect(page).toContain('ada@quill.example')
    expect(page).not.toContain('Plain words')
    const ref = /name="ref" value="([^"]*)"/.exec(page)?.[1] ?? ''
    await our.desk(`${survey.path}/texts`, { ref, do: 'remove' })
    const after = await (await our.desk(survey.path)).text()
    expect(after.match(/Plain words \d/g)).toHaveLength(10)
    expect(after).not.toContain('ada@quill.example')
  })
})

describe('an answer under a name is its giver’s own:', () => {
  test('staff see whose it is, which is logged; the giver sees it and can erase it', async () => {
    const email = 'named@quill.example'
    await shop.buy({ ...adaOnline, email })
    const survey = await our.published('named')
    await our.invited(survey)
    const page = await shop.walk().get(await our.invitationOf(email))
    expect(textOf(page)).toContain('This survey is under your name.')
    expect((await our.send(page, { q2: '3', q4: 'Violet paper' })).status).toBe(200)
    expect([...(await everyRow(shop)).values()].join('\n')).not.toContain('Violet paper')
    const seen = await (await our.desk(`${survey.path}/answers`)).text()
    for (const words of [email, 'Violet paper']) expect(seen).toContain(words)
    const walk = shop.walk()
    const held = await shop.held(email, walk)
    expect(textOf(held)).toContain('To learn from a survey')
    expect(textOf(held)).toContain('How easy is it? 4 · What is missing? Violet paper')
    expect(textOf(held)).toContain('our staff , to learn from a survey')
    const file = await shop.ask(`${held.url}/export.json`)
    expect(await file.text()).toContain('Violet paper')
    await walk.submit(await walk.follow(held, /Erase/), {}, { button: /^Erase/ })
    await shop.settled()
    expect(await (await our.desk(`${survey.path}/answers`)).text()).not.toContain('Violet paper')
    expect(await shop.rows('select * from survey_named')).toEqual([])
  })

  test('a code takes it back, and after its time it is gone by itself', async () => {
    const survey = await our.published('named', 'P28D')
    const first = await our.answer(survey.open, { q4: 'Taken back', email: 'back@quill.example' })
    await our.answer(survey.open, { q4: 'Forgotten in time', email: 'time@quill.example' })
    const texts = async (): Promise<string> => (await our.desk(`${survey.path}/answers`)).text()
    expect(await texts()).toMatch(/Taken back[\s\S]*Forgotten in time|Forgotten in time[\s\S]*Taken back/)
    expect((await our.withdrawn(codeIn(first))).status).toBe(200)
    expect(await texts()).not.toContain('Taken back')
    await shop.advance('P91D')
    expect(await texts()).not.toContain('Forgotten in time')
  })
})

test('after its end a survey says so, gives back what was typed, and keeps nothing of it', async () => {
  const survey = await our.published('anonymous')
  const page = await shop.walk().get(survey.open)
  await our.closed(survey)
  const before = await our.counted()
  const late = await our.send(page, { q4: 'Written too late' })
  expect([late.status, textOf(late)]).toEqual([410, expect.stringContaining('Written too late')])
  expect(textOf(late)).toContain('This survey has ended')
  expect(await our.counted()).toEqual(before)
  const off = await our.published('anonymous')
  const code = codeIn(await our.answer(off.open, { q0: '1' }))
  await our.desk(`${off.path}/call-off`, {})
  expect(textOf(await shop.walk().get(off.open))).toContain('called off')
  expect((await our.withdrawn(code)).status).toBe(422)
  expect(
    await shop.rows(
      'select s.survey_id from survey_box join survey s using (survey_id) where called_off_at is not null',
    ),
  ).toEqual([])
})

test('questions and mode are fixed when a survey is published, and its file makes the same survey again', async () => {
  const survey = await our.published('anonymous')
  await our.desk(survey.path, { title: 'Another', intro: '', count: '1', kind0: 'text', text0: 'Who are you?' })
  await our.desk(`${survey.path}/publish`, { mode: 'named', term: 'P7D', seen: 'x' })
  const page = textOf(await shop.walk().get(survey.open))
  expect([page.includes('Who are you?'), page.includes('under your name')]).toEqual([false, false])
  const file = await (await our.desk(`${survey.path}/questions.json`)).text()
  const copy = (await our.desk('/desk/surveys/import', { file })).headers.get('location') ?? ''
  expect(await (await our.desk(`${copy}/questions.json`)).text()).toBe(file)
})

describe('the promises page', () => {
  const evidence = async (): Promise<string> => {
    await shop.advance('PT2M')
    return textOf(await shop.walk().get(`${shop.baseUrl}/promises`))
  }

  test('says what was looked at, and says so when somebody is remembered as invited to a survey that ended', async () => {
    expect(await evidence()).toContain('Looked at: every survey.')
    const [ended] = await shop.rows('select survey_id as id from survey where closed_at is not null limit 1')
    await shop.rows('insert into survey_invitation values (gen_random_uuid(), $1, gen_random_uuid(), false)', [
      ended?.['id'],
    ])
    expect(await evidence()).toContain('Something about surveys is not as it should be')
    await shop.rows('delete from survey_invitation')
    expect(await evidence()).toContain('Looked at: every survey.')
  })

  test('and when the box gets a column that could lead to a person', async () => {
    await shop.rows('alter table survey_box add column person_id uuid')
    expect(await evidence()).toContain('Something about surveys is not as it should be')
    await shop.rows('alter table survey_box drop column person_id')
    expect(await evidence()).toContain('Looked at: every survey.')
  })
})
