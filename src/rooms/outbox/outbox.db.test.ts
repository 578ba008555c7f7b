import type { Hono } from 'hono'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDoors, type Doors } from '../../../test/doors.ts'
import { makeWeb, shell, unbuiltAssets } from '../../web/index.ts'
import { outboxRoutes } from './index.ts'

let doors: Doors
let app: Hono
const baseUrl = 'http://127.0.0.1:4081'
const subject = 'Your key <script>alert(1)</script>'

beforeAll(async () => {
  const text = 'Thank you.\nYour order: https://shop.example/o/abcdefghijklmnopqrstuv.\n<img src=x onerror=alert(1)>'
  doors = await openDoors({ composer: () => Promise.resolve({ subject, text }) })
  const now = doors.clock.now
  const parts = {
    brand: { name: 'Higosoft Studio' },
    example: true,
    timeZone: 'Europe/Brussels',
    cookies: [],
    rates: {},
  }
  const web = makeWeb({
    ...parts,
    baseUrl,
    assets: unbuiltAssets,
    actionKey: new Uint8Array(32),
    policyVersion: () => 1,
    now,
  })
  app = shell({
    web,
    now,
    log: (event, values) => void doors.lines.push(JSON.stringify([event, values])),
    inbound: [],
    trustedProxies: 0,
  })
  app.route('/', outboxRoutes({ web, outbox: doors.contact.outbox, shopUrl: 'http://127.0.0.1:4080' }))
})
afterAll(() => doors.close())

const get = async (path: string): Promise<{ status: number; body: string; location: string | null }> => {
  const response = await app.request(`${baseUrl}${path}`, { headers: { host: '127.0.0.1:4081' } })
  return { status: response.status, body: await response.text(), location: response.headers.get('location') }
}

test('an empty outbox says what to do', async () => {
  expect((await get('/')).body).toContain('No mail yet.')
})

test('the list shows when and what, and a bar where the address is', async () => {
  const ada = await doors.buyer('ada@example.org')
  await doors.mail(ada)
  await doors.work()
  const { status, body } = await get('/')
  expect(status).toBe(200)
  expect(body).toContain('Receipt with your key')
  expect(body).toContain('class="bar')
  expect(body).not.toContain('ada@')
  expect((await get('/mails.json')).body).not.toContain('ada@')
  expect(await doors.vault.looks(ada)).not.toContainEqual(
    expect.objectContaining({ kind: 'reveal', parts: ['message'] }),
  )
})

test('opening a mail shows who it is for and makes its links work, and is logged', async () => {
  const ada = await doors.buyer('ada@example.org')
  const mailId = await doors.mail(ada)
  await doors.work()
  const { status, body } = await get(`/mails/${mailId}`)
  expect(status).toBe(200)
  expect(body).toContain('<bdi class="pii">ada@example.org</bdi>')
  expect(body).toContain('<a href="https://shop.example/o/abcdefghijklmnopqrstuv">')
  expect(body).not.toMatch(/<script|<img/)
  expect((await doors.vault.looks(ada))[0]).toMatchObject({ kind: 'reveal', role: 'program', ref: `mail:${mailId}` })
})

test('programs get the same as JSON', async () => {
  const ada = await doors.buyer('ada@example.org')
  const mailId = await doors.mail(ada)
  const waiting = await get(`/mails/${mailId}.json`)
  expect([waiting.status, JSON.parse(waiting.body)]).toEqual([409, { id: mailId, outcome: 'waiting' }])
  await doors.work()
  const list = JSON.parse((await get('/mails.json')).body) as { mails: object[] }
  expect(list.mails[0]).toMatchObject({ id: mailId, kind: 'receipt', for: 'order:1', outcome: 'handed-over' })
  expect(JSON.parse((await get(`/mails/${mailId}.json`)).body)).toMatchObject({
    id: mailId,
    to: 'ada@example.org',
    subject,
  })
})

test('a mail whose person was erased says so and shows nothing', async () => {
  const ada = await doors.buyer('ada@example.org')
  const mailId = await doors.mail(ada)
  await doors.work()
  await doors.vault.erase({ person: ada, actor: { role: 'person', id: 'link' } })
  const page = await get(`/mails/${mailId}`)
  expect(page.status).toBe(410)
  expect(page.body).toContain('was erased')
  expect(page.body).not.toMatch(/ada@|Your key/)
  expect(JSON.parse((await get(`/mails/${mailId}.json`)).body)).toEqual({ id: mailId, outcome: 'erased' })
})

test('what is no mail is not found, and the footer leads to the shop', async () => {
  expect((await get('/mails/nothing')).status).toBe(404)
  expect((await get('/mails/00000000-0000-7000-8000-000000000000')).status).toBe(404)
  expect(await get('/privacy')).toMatchObject({ status: 302, location: 'http://127.0.0.1:4080/privacy' })
})

test('another Host is refused, so that no page elsewhere can read the outbox', async () => {
  const response = await app.request('http://evil.example/mails.json', { headers: { host: 'evil.example' } })
  expect(response.status).toBeGreaterThanOrEqual(400)
  expect(await response.text()).not.toContain('mails')
})

test('no address and no mail id in any line of the log', () => {
  expect(doors.lines.length).toBeGreaterThan(5)
  expect(doors.lines.join('\n')).not.toMatch(/@|[0-9a-f]{8}-[0-9a-f]{4}/)
})
