import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { adaOnline, openShop, type Shop } from '../../../../test/openShop.ts'
import { codeIn, surveying, type Published, type Surveying } from '../../../../test/surveying.ts'
import { formsOf, textOf } from '../../../../test/walker.ts'

let shop: Shop
let our: Surveying
beforeAll(async () => {
  shop = await openShop()
  our = surveying(shop)
})
afterAll(() => shop.close())

async function invited(email: string, mode: 'named' | 'anonymous'): Promise<{ survey: Published; link: string }> {
  await shop.buy({ ...adaOnline, email })
  const survey = await our.published(mode)
  await our.invited(survey)
  return { survey, link: await our.invitationOf(email) }
}

test('a form under a name that is sent twice at once is one answer, and both get the same code', async () => {
  const { survey, link } = await invited('twice@quill.example', 'named')
  const form = await shop.walk().get(link)
  const both = await Promise.all([our.send(form, { q4: 'Once' }), our.send(form, { q4: 'Once' })])
  expect(both.map(({ status }) => status)).toEqual([200, 200])
  expect(codeIn(both[0]!)).toMatch(/^(\w{4}-){4}\w{4}$/)
  expect(codeIn(both[1]!)).toBe(codeIn(both[0]!))
  const id = survey.path.split('/').at(-1)
  expect(await shop.rows('select 1 from survey_named where survey_id = $1', [id])).toHaveLength(1)
})

test('one form that is sent by the open link and by the invitation at once is one answer, and the invitation is used only by it', async () => {
  const email = 'both-ways@quill.example'
  const { survey, link } = await invited(email, 'named')
  const id = survey.path.split('/').at(-1)
  const form = await shop.walk().get(link)
  const open = await shop.walk().get(survey.open)
  const typed = { once: formsOf(form.html)[0]?.fields['once'] ?? '', q4: 'Mine' }
  const both = await Promise.all([our.send(open, typed), our.send(form, typed)])
  expect(both.map(({ status }) => status)).toEqual([200, 200])
  expect(codeIn(both[0]!)).toBe(codeIn(both[1]!))
  const found = await shop.desk().vault.find('email', email)
  const named = await shop.rows('select person_id as person from survey_named where survey_id = $1', [id])
  const used = 'select used from survey_invitation where survey_id = $1 and person_id = any ($2)'
  const [invitation] = await shop.rows(used, [id, found])
  expect(named).toHaveLength(1)
  expect(invitation?.['used']).toBe(found.includes(named[0]?.['person'] as (typeof found)[number]))
})

describe('whoever takes an answer back can answer anew:', () => {
  test('under a name with the same invitation, as the page of the used one says', async () => {
    const { link } = await invited('anew@quill.example', 'named')
    const first = await our.answer(link, { q4: 'First' })
    const used = await shop.walk().get(link)
    expect([used.status, textOf(used)]).toEqual([409, expect.stringContaining('then this link takes a new one')])
    await our.withdrawn(codeIn(first))
    expect((await our.answer(link, { q4: 'Second' })).status).toBe(200)
    expect((await shop.walk().get(link)).status).toBe(409)
  })

  test('under a name, but not while another answer of the same address is there', async () => {
    const email = 'two-ways@quill.example'
    const { survey, link } = await invited(email, 'named')
    await our.answer(link, { q4: 'By the invitation' })
    const open = await our.answer(survey.open, { q4: 'By the open link', email })
    await our.withdrawn(codeIn(open))
    expect((await shop.walk().get(link)).status).toBe(409)
  })

  test('anonymously by the open link, since nothing tells which answer came by an invitation', async () => {
    const { survey, link } = await invited('anew-too@quill.example', 'anonymous')
    const first = await our.answer(link, { q4: 'First' })
    await our.withdrawn(codeIn(first))
    const used = await shop.walk().get(link)
    expect([used.status, textOf(used)]).toEqual([409, expect.stringContaining(survey.open)])
    expect((await our.answer(survey.open, { q4: 'Second' })).status).toBe(200)
  })
})

test('whoever gives no address is not told that an answer is found by it', async () => {
  const survey = await our.published('named')
  expect(textOf(await shop.walk().get(survey.open))).toContain('only the code that you are shown takes them back')
  expect(textOf(await our.answer(survey.open, { q4: 'Without' }))).not.toContain('so does “Your data”')
  const email = 'with@quill.example'
  expect(textOf(await our.answer(survey.open, { q4: 'With', email }))).toContain('so does “Your data”')
})
