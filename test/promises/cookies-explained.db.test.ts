import { afterAll, beforeAll, expect, test } from 'vitest'
import { config } from '../../examples/higosoft/config.ts'
import { effectivePolicy } from '../../src/policy/index.ts'
import { openShop, type Shop } from '../openShop.ts'
import { textOf } from '../walker.ts'
import { testShell } from '../web.ts'

let shop: Shop
beforeAll(async () => {
  shop = await openShop()
})
afterAll(() => shop.close())

test('the privacy page says what a cookie is, which ones there are, what each is for and when it ends', async () => {
  const page = textOf(await shop.walk().get(`${shop.baseUrl}/privacy`))
  expect(page).toMatch(/A cookie is a small text file/)
  expect(page).toMatch(/like an identity card/)
  const { cookies } = shop.desk().policy
  expect(cookies.length).toBeGreaterThan(0)
  for (const cookie of cookies)
    expect(page).toContain(`${cookie.name}: ${cookie.whatFor.en} It ends after ${cookie.lifetime.en}.`)
})

test('the page about cookies lists the same, and every page leads to it', async () => {
  const front = await shop.walk().get(shop.baseUrl)
  const page = await shop.walk().follow(front, /^Cookies/)
  for (const cookie of shop.desk().policy.cookies)
    expect(textOf(page)).toContain(`${cookie.name} ${cookie.whatFor.en} ${cookie.lifetime.en}`)
})

test('every cookie that any page or choice sets is one of the list, and each of the list can be set', async () => {
  const set = new Set<string>()
  const note = (answer: Response): void => {
    for (const one of answer.headers.getSetCookie()) set.add(one.split('=')[0] ?? '')
  }
  for (const path of ['/', '/products/tally', '/privacy', '/promises', '/your-data', '/cookies', '/desk', '/nowhere'])
    note(await shop.ask(path))
  expect([...set]).toEqual([])
  const headers = { origin: shop.baseUrl }
  for (const choice of ['known', 'uncounted', 'counted', 'unknown'])
    note(await shop.ask('/cookies', { method: 'POST', headers, body: new URLSearchParams({ choice }) }))
  const link = (await shop.desk().staffLink({ label: 'sam', role: 'desk' })) ?? ''
  note(await shop.ask(link, { method: 'POST', headers }))
  expect([...set].sort()).toEqual(
    shop
      .desk()
      .policy.cookies.map((cookie) => cookie.name)
      .sort(),
  )
})

test('the cookie that staff get is one of the list, and ends when the list says', async () => {
  const link = (await shop.desk().staffLink({ label: 'sam', role: 'desk' })) ?? ''
  const answer = await shop.ask(link, { method: 'POST', headers: { origin: shop.baseUrl } })
  const set = answer.headers.getSetCookie()
  const [registered] = shop.desk().policy.cookies
  expect(set).toHaveLength(1)
  expect(set[0]).toMatch(new RegExp(`^${registered?.name ?? ''}=.*Max-Age=${registered?.seconds ?? 0};`))
  const [session] = await shop.rows('select extract(epoch from expires_at - made_at) as seconds from staff_session')
  expect(Number(session?.['seconds'])).toBe(registered?.seconds)
  expect(registered?.lifetime.en).toBe(`${(registered?.seconds ?? 0) / 3600} hours`)
})

test('the page before signing in says that one cookie is set, and sets none', async () => {
  const link = (await shop.desk().staffLink({ label: 'sam', role: 'desk' })) ?? ''
  const walk = shop.walk()
  const page = textOf(await walk.get(link))
  expect(page).toMatch(/sets one cookie, which ends after 12 hours/)
  expect(walk.cookies()).toEqual([])
})

test('when the twelve hours are over the same cookie opens nothing', async () => {
  const desk = await shop.staff()
  expect((await desk('/desk')).status).toBe(200)
  await shop.advance('PT12H')
  expect((await desk('/desk')).status).not.toBe(200)
})

test.each([
  ['by a room that names one', 'visitor=1'],
  ['beside a registered one', '__Host-avow-staff=x; Path=/', 'track=2'],
  ['under a name that only begins like a registered one', '__Host-avow-staff2=x'],
])('a cookie that is not in the list cannot be set %s', async (_, ...cookies) => {
  const { app, ask, lines } = testShell()
  app.get('/sets', (c) => {
    for (const cookie of cookies) c.header('Set-Cookie', cookie, { append: true })
    return c.text('fine')
  })
  const answer = await ask('/sets')
  expect([answer.status, answer.headers.getSetCookie()]).toEqual([500, []])
  expect(lines.find((line) => line.event === 'broken')?.values['code']).toEqual({ word: 'cookie-not-registered' })
})

test('a vendor’s policy cannot add a cookie of its own', () => {
  const read = effectivePolicy({ ...config.policy, cookies: [{ name: 'track' }] })
  expect(read.ok ? [] : read.faults.join()).toMatch(/cookies: there is no place for this here/)
})

test('a sign-in is an opaque token: the database keeps only its hash, and no page asks for a password', async () => {
  const link = (await shop.desk().staffLink({ label: 'sam', role: 'desk' })) ?? ''
  const answer = await shop.ask(link, { method: 'POST', headers: { origin: shop.baseUrl } })
  const value = /=([^;]+);/.exec(answer.headers.getSetCookie()[0] ?? '')?.[1] ?? ''
  expect(value).toMatch(/^[\w-]{44}$/)
  const rows = await shop.rows('select s::text as row from staff_session s union all select s::text from staff s')
  expect(rows.map((row) => row['row']).join()).not.toContain(value)
  const hex = Buffer.from(value).toString('hex')
  expect(rows.map((row) => row['row']).join()).not.toContain(hex)
  for (const path of ['/', '/desk', '/your-data'])
    expect(await (await shop.ask(path)).text()).not.toMatch(/type="password"/)
})
