import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { adaOnline, openShop, type Shop } from '../../../../test/openShop.ts'
import { surveying, type Surveying } from '../../../../test/surveying.ts'
import { textOf } from '../../../../test/walker.ts'

let shop: Shop
let our: Surveying
beforeAll(async () => {
  shop = await openShop()
  our = surveying(shop)
})
afterAll(() => shop.close())

test('a call-off that died half-way is seen on the promises page, and finished by the program itself', async () => {
  const survey = await our.published('named')
  const email = 'half@quill.example'
  await our.answer(survey.open, { q4: 'Half gone', email })
  const id = survey.path.split('/').at(-1)
  await shop.rows('update survey set called_off_at = now() where survey_id = $1', [id])
  await shop.advance('PT2M')
  const page = textOf(await shop.walk().get(`${shop.baseUrl}/promises`))
  expect(page).toContain('Something about surveys is not as it should be')
  await shop.restart()
  expect(await shop.rows('select 1 from survey_named where survey_id = $1', [id])).toEqual([])
  expect(await shop.desk().vault.find('email', email)).toEqual([])
})

test('what an invitation says about its own end is so', async () => {
  const email = 'ends@quill.example'
  await shop.buy({ ...adaOnline, email })
  const survey = await our.published('anonymous')
  await our.invited(survey)
  const [sentMail] = (await shop.mails(email)).filter(({ kind }) => kind === 'surveyInvitation')
  const mail = sentMail?.text.replaceAll('\n', ' ') ?? ''
  expect(mail).toContain('the list of who was invited is deleted')
  expect(mail).toContain('stays in the list of our mails')
  await our.closed(survey)
  const [person] = await shop.desk().vault.find('email', email)
  expect(await shop.rows('select 1 from survey_invitation where person_id = $1', [person])).toEqual([])
  const sent = `select 1 from contact_ledger where kind = 'surveyInvitation' and person_id = $1`
  expect(await shop.rows(sent, [person])).toHaveLength(1)
})

test('questions and counts leave as files to keep, which no browser shows', async () => {
  const survey = await our.published('anonymous')
  for (let one = 0; one < 5; one += 1) await our.answer(survey.open, { q0: '0' })
  await our.closed(survey)
  const slug = survey.open.split('/').at(-1)
  for (const [file, name, type] of [
    ['questions.json', `${slug}.json`, 'application/json'],
    ['results.csv', `${slug}.csv`, 'text/csv; charset=utf-8'],
  ] as const) {
    const answer = await our.desk(`${survey.path}/${file}`)
    expect(answer.status, file).toBe(200)
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': type,
      'content-disposition': expect.stringContaining(`attachment; filename="${name}"`) as string,
      'content-security-policy': expect.stringMatching(/, sandbox$/) as string,
      'cache-control': 'no-store',
    })
  }
})

test('answers under a name are fifty to a page, each on one page only, and the last page leads no further', async () => {
  const survey = await our.published('named')
  for (let one = 0; one < 51; one += 1) await our.answer(survey.open, { q4: `Said by ${one}.` })
  expect(await (await our.desk(survey.path)).text()).toContain('at least 50')
  const pages = [1, 2].map((page) => our.desk(`${survey.path}/answers?page=${page}`))
  const [first = '', second = ''] = await Promise.all(pages.map(async (page) => (await page).text()))
  const said = [first, second].map((page) => page.match(/Said by \d+\./g) ?? [])
  expect(said.map(({ length }) => length)).toEqual([50, 1])
  expect(new Set(said.flat()).size).toBe(51)
  expect([first.includes('?page=2'), second.includes('?page=3')]).toEqual([true, false])
})

describe('a new survey', () => {
  test('with a title that another one gets in the same moment is written under an address of its own', async () => {
    const form = { title: 'The same title twice' }
    const both = await Promise.all([our.desk('/desk/surveys', form), our.desk('/desk/surveys', form)])
    expect(both.map(({ status }) => status)).toEqual([303, 303])
    const slugs = await shop.rows(`select slug from survey where slug like 'the-same-title-twice%' order by slug`)
    expect(slugs).toHaveLength(2)
  })

  test('with a title that is too long is refused beside the field, and nothing typed is lost', async () => {
    const title = `Long ${'x'.repeat(140)}`
    const answer = await our.desk('/desk/surveys', { title })
    const page = await answer.text()
    expect([answer.status, page.includes(`value="${title}"`)]).toEqual([422, true])
    expect(page).toMatch(/id="e-title"[^>]*>\s*The title needs one to 120 characters/)
    expect((await our.desk('/desk/surveys', { title: '' })).status).toBe(422)
  })
})
