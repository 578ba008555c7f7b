import { afterAll, beforeAll, expect, test } from 'vitest'
import { everyRow } from '../../../../test/asApp.ts'
import { ada, adaOnline, openShop, type Shop } from '../../../../test/openShop.ts'

let shop: Shop
let sam: Awaited<ReturnType<Shop['staff']>>
beforeAll(async () => {
  shop = await openShop()
  await shop.buy(adaOnline)
  sam = await shop.staff()
})
afterAll(() => shop.close())

const today = (): string => shop.now().toISOString().slice(0, 10)

/** Types a request in as Sam does, and answers where it stands. */
async function typeIn(typed: Readonly<Record<string, string>>): Promise<Response> {
  const notice = /name="notice" value="(\d+)"/.exec(await (await sam('/desk/requests')).text())?.[1] ?? ''
  return sam('/desk/requests', {
    kind: 'access',
    channel: 'letter',
    received: today(),
    email: ada.email,
    notice,
    ...typed,
  })
}
const requests = () => shop.rows('select * from privacy_request order by request_id')

test.each([
  ['a day in the future', { received: '2999-01-01' }],
  ['what is no day', { received: 'yesterday' }],
  ['a day of long ago', { received: '1026-03-04' }],
  ['no kind', { kind: '' }],
  ['a kind of one’s own', { kind: 'gossip' }],
  ['no address', { email: '' }],
])('a request with %s is not opened, and what was typed comes back', async (_, typed) => {
  const page = await typeIn(typed)
  expect(page.status).toBe(422)
  expect(await requests()).toEqual([])
})

test('a day that no calendar has is refused beside its field, and what was typed comes back', async () => {
  const before = new Date(Date.UTC(shop.now().getUTCFullYear(), shop.now().getUTCMonth(), 0))
  const months = Array.from({ length: 3 }, (_, back) => new Date(before.getTime() - back * 31 * 86_400_000))
  const none = months.map((month) => `${month.toISOString().slice(0, 7)}-31`)
  const received = none.find((text) => new Date(`${text}T00:00:00Z`).toISOString().slice(0, 10) !== text) ?? ''
  expect(received).not.toBe('')
  const page = await typeIn({ received })
  expect(page.status).toBe(422)
  const html = await page.text()
  expect(html).toMatch(/id="e-received"/)
  expect(html).toContain(`value="${received}"`)
  expect(await requests()).toEqual([])
})

let path = ''
test('a letter starts a clock of one month, and no table has the address that was typed', async () => {
  const done = await typeIn({})
  path = done.headers.get('location') ?? ''
  expect(done.status).toBe(303)
  const [row] = await shop.rows(
    `select kind, channel, due_at = received_at + interval '1 month' as month, outcome from privacy_request`,
  )
  expect(row).toEqual({ kind: 'access', channel: 'letter', month: true, outcome: null })
  expect([...(await everyRow(shop)).values()].join('\n')).not.toContain(ada.email)
  expect(await (await sam('/desk/requests')).text()).toContain('to see what we hold')
})

test('staff send the link to the person’s own page, and see nothing of what is held themselves', async () => {
  await sam(`${path}/link`, {})
  await shop.settled()
  expect((await shop.mails(ada.email)).filter(({ kind }) => kind === 'privacyLink')).toHaveLength(1)
  expect(await (await sam(path)).text()).not.toContain(ada.email)
})

test('more time is given once, and only with a reason', async () => {
  expect((await sam(`${path}/extend`, { because: '' })).status).toBe(422)
  await sam(`${path}/extend`, { because: 'complex' })
  await sam(`${path}/extend`, { because: 'many' })
  const [row] = await shop.rows(
    `select due_at = received_at + interval '3 months' as three, extended_because as why from privacy_request`,
  )
  expect(row).toEqual({ three: true, why: 'complex' })
})

test('it cannot be closed without an outcome, neither by the page nor by the database, and only once', async () => {
  expect((await sam(`${path}/close`, {})).status).toBe(422)
  expect((await sam(`${path}/close`, { outcome: 'whatever' })).status).toBe(422)
  await expect(shop.rows('update privacy_request set closed_at = now()')).rejects.toThrow(/check/)
  await sam(`${path}/close`, { outcome: 'done' })
  await sam(`${path}/close`, { outcome: 'refused' })
  expect((await requests()).map((row) => row['outcome'])).toEqual(['done'])
})

test('one that is due within a week is a task for staff, once', async () => {
  await typeIn({ kind: 'export', channel: 'telephone' })
  await shop.advance('P25D')
  await shop.restart()
  await shop.restart()
  sam = await shop.staff()
  expect(await shop.rows(`select 1 from task where kind = 'request-due'`)).toHaveLength(1)
  expect(await (await sam('/desk')).text()).toContain('due within a week')
})

test('an erasure by letter is done for them, is noted as done by staff, and leaves the request without a person', async () => {
  const opened = (await typeIn({ kind: 'erasure' })).headers.get('location') ?? ''
  const done = await sam(`${opened}/erase`, {})
  expect(done.headers.get('location')).toMatch(/^\/p\/erased\//)
  expect(await shop.desk().vault.find('email', ada.email)).toEqual([])
  expect(await shop.rows('select 1 from privacy_request_person')).toEqual([])
  expect(await shop.rows(`select role from vault.access_log where kind = 'erase'`)).toEqual([{ role: 'desk' }])
  expect(await (await sam(opened)).text()).toContain('it is erased already')
  await sam(`${opened}/close`, { outcome: 'done' })
  expect((await requests()).map((row) => row['outcome'])).toEqual(['done', null, 'done'])
})

test('what is theirs may be opened for as long as the request runs, also when it was given more time', async () => {
  const email = 'bela.3c9d@mail.example'
  await shop.buy({ ...adaOnline, email })
  const [person] = await shop.desk().vault.find('email', email)
  const may = (): Promise<boolean> => shop.desk().vault.may(person!, 'rights')
  const opened = (await typeIn({ email })).headers.get('location') ?? ''
  expect(await may()).toBe(true)
  await sam(`${opened}/extend`, { because: 'many' })
  await shop.advance('P40D')
  expect(await may()).toBe(true)
  sam = await shop.staff()
  await sam(`${opened}/extend`, { because: 'complex' })
  await shop.advance('P53D')
  expect(await may()).toBe(false)
})
