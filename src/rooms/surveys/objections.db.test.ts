import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { adaOnline, openShop, type Shop } from '../../../test/openShop.ts'
import { surveying, type Surveying } from '../../../test/surveying.ts'
import { textOf } from '../../../test/walker.ts'

let shop: Shop
let our: Surveying
beforeAll(async () => {
  shop = await openShop()
  our = surveying(shop)
})
afterAll(() => shop.close())

const invitationsOf = async (email: string) => {
  const [person] = await shop.desk().vault.find('email', email)
  return shop.rows('select used from survey_invitation where person_id = $1', [person])
}
const mailsTo = async (email: string) => {
  const [person] = await shop.desk().vault.find('email', email)
  const made = `select outcome from contact_ledger where kind = 'surveyInvitation' and person_id = $1`
  return shop.rows(made, [person])
}

describe.each(['named', 'anonymous'] as const)('whoever objects after an invitation to a survey that is %s', (mode) => {
  test('gives no answer with it, is told why, keeps the typed words, and the invitation goes', async () => {
    const email = `objects-${mode}@quill.example`
    await shop.buy({ ...adaOnline, email })
    const survey = await our.published(mode)
    await our.invited(survey)
    const link = await our.invitationOf(email)
    const form = await shop.walk().get(link)
    await shop.walk().submit(await shop.held(email), {}, { button: /Object to this use/ })
    const before = await our.stored()
    const sent = await our.send(form, { q4: 'Mine alone' })
    expect(sent.status).toBe(410)
    for (const words of ['You said no to surveys', 'Mine alone']) expect(textOf(sent)).toContain(words)
    expect(textOf(await shop.walk().get(link))).toContain('You said no to surveys')
    expect(await our.stored()).toEqual(before)
    expect(await invitationsOf(email)).toHaveLength(1)
    await shop.restart()
    expect(await invitationsOf(email)).toEqual([])
    expect((await shop.ask(link)).status).toBe(410)
  })
})

test('an answer under a name is not taken when the address of the invitation cannot be opened any more', async () => {
  const email = 'left@quill.example'
  await shop.buy({ ...adaOnline, email })
  await our.invited(await our.published('named'))
  const form = await shop.walk().get(await our.invitationOf(email))
  const [person] = await shop.desk().vault.find('email', email)
  await shop.rows(`delete from vault.basis where purpose = 'survey' and person_id = $1`, [person])
  const sent = await our.send(form, { q4: 'Nobody could find this' })
  expect(sent.status).toBe(410)
  for (const words of ['no longer hold the address', 'Nobody could find this']) expect(textOf(sent)).toContain(words)
  expect(await shop.rows('select 1 from survey_named')).toEqual([])
  expect(await invitationsOf(email)).toEqual([{ used: false }])
})

test('the button that the invitation names keeps the next one away, also when it is pressed after the end', async () => {
  const email = 'later@quill.example'
  await shop.buy({ ...adaOnline, email })
  const survey = await our.published('anonymous')
  await our.invited(survey)
  const mail = (await shop.mails(email)).find(({ kind }) => kind === 'surveyInvitation')
  const button = /press “([^”]+)”/.exec(mail?.text.replaceAll('\n', ' ') ?? '')?.[1] ?? 'no button named'
  await our.closed(survey)
  await shop.advance('P40D')
  await shop.walk().submit(await shop.held(email), {}, { button: new RegExp(`^${button}$`) })
  const next = await our.published('anonymous')
  expect(await our.invited(next)).toMatch(/\d+ mails? (is|are) on the way/)
  expect(await mailsTo(email)).toEqual([{ outcome: 'handed-over' }])
  expect(await invitationsOf(email)).toEqual([])
})
