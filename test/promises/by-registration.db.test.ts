import { afterAll, beforeAll, expect, test } from 'vitest'
import { adaOnline, openShop, type Shop } from '../openShop.ts'
import { textOf } from '../walker.ts'

const SERIAL = 'PL4-2207-1183'
const ada = adaOnline.email
const mallory = 'mallory.55aa@mail.example'

let shop: Shop
beforeAll(async () => {
  shop = await openShop()
})
afterAll(() => shop.close())

async function ask(licenceKey: string, email: string): Promise<string | undefined> {
  const on = shop.walk()
  await on.submit(await on.get(`${shop.baseUrl}/register`), { licenceKey, email }, { button: /link/ })
  await shop.settled()
  return (await shop.mails(email)).map(({ text }) => /http\S+\/k\/\S+/.exec(text)?.[0]).find(Boolean)
}

const owner = async (): Promise<unknown[]> =>
  (await shop.rows('select o.person_id as person from licence_owner o join serial s using (licence_id)')).map(
    (row) => row['person'],
  )
const evidence = async (): Promise<string> => textOf(await shop.walk().get(`${shop.baseUrl}/promises`))

test('whoever confirms by the mailed link is recorded as the owner, on a ground with the notice that was shown', async () => {
  const on = shop.walk()
  await on.submit(await on.get((await ask(SERIAL, ada)) ?? ''), {}, { button: /^Yes/ })
  const [person] = await shop.desk().vault.find('email', ada)
  expect(await owner()).toEqual([person])
  const [ground] = await shop.rows(
    `select legal_basis, notice, channel, until, event_at from vault.basis where purpose = 'registration' and person_id = $1`,
    [person],
  )
  expect(ground).toEqual({ legal_basis: 'contract', notice: 1, channel: 'web form', until: null, event_at: null })
  expect(await evidence()).toContain('has said so by a mailed link')
})

test('Mallory with the key cannot become the owner, learns no name, and her attempt leaves nothing after a week', async () => {
  const before = await owner()
  expect(await ask(SERIAL, mallory)).toBeUndefined()
  const told = (await shop.mails(mallory)).map(({ text }) => text).join('\n')
  expect(told).toContain('nothing was changed')
  expect(told).not.toContain(ada)
  expect(await owner()).toEqual(before)
  await shop.advance('P7DT1H')
  await shop.restart()
  expect(await shop.desk().vault.find('email', mallory)).toEqual([])
  expect(await owner()).toEqual(before)
})

test('a link to one registration confirms no other, opens nothing else, and works once', async () => {
  const link = (await ask('TALLY-2009-55120', mallory)) ?? ''
  const token = link.split('/k/')[1] ?? ''
  for (const path of ['/c/', '/p/', '/o/', '/r/', '/s/'])
    expect((await shop.ask(`${path}${token}`)).status, path).toBeGreaterThanOrEqual(400)
  const press = () => shop.ask(link, { method: 'POST', headers: { origin: shop.baseUrl } })
  expect((await press()).status).toBe(303)
  expect((await press()).status).toBe(410)
  expect(await owner()).toHaveLength(2)
})

test('a form of another site confirms nothing', async () => {
  const link = (await ask('TALLY-2011-80413', mallory)) ?? ''
  const before = await owner()
  const sent = await shop.ask(link, { method: 'POST', headers: { origin: 'https://elsewhere.example' } })
  expect(sent.status).toBe(403)
  expect(await owner()).toEqual(before)
})

test('a registration that outlives its week, or an owner without a ground, is seen by the promises page', async () => {
  await shop.advance('PT2M')
  await shop.rows(`update registration set ends_at = ends_at - interval '30 days'`)
  expect(await evidence()).toContain('older than seven days')
  await shop.rows('delete from registration')
  await shop.advance('PT2M')
  await shop.rows(`update vault.basis set withdrawn_at = vault.now() where purpose = 'registration'`)
  expect(await evidence()).toContain('an owner was found without a ground')
})
