import { Hono } from 'hono'
import { expect, test } from 'vitest'
import { higosoft } from '../../test/policy.ts'
import { openCookies } from './cookies.ts'

const cookies = openCookies(higosoft().cookies)
const name = '__Host-avow-staff'
const value = 'A'.repeat(44)

function shown(cookie: string): Promise<string> {
  const app = new Hono().get('/', (c) => c.text(cookies.read(c, name) ?? 'nothing'))
  return Promise.resolve(app.request('/', { headers: { cookie } })).then((answer) => answer.text())
}

test('a registered cookie is set for our server only and for no other site', async () => {
  const app = new Hono().get('/', (c) => (cookies.set(c, name, value), c.text('')))
  const answer = await app.request('/')
  expect(answer.headers.get('set-cookie')).toBe(
    `${name}=${value}; Path=/; Max-Age=43200; HttpOnly; Secure; SameSite=Strict`,
  )
})

test('a cookie that is not in the register cannot be set, dropped or read', async () => {
  const app = new Hono().get('/:act', (c) => {
    expect(() => cookies.set(c, 'visitor', value)).toThrow('cookie-not-registered')
    expect(() => cookies.drop(c, 'visitor')).toThrow('cookie-not-registered')
    return c.text(cookies.read(c, 'visitor') ?? 'nothing')
  })
  expect(await (await app.request('/set', { headers: { cookie: `visitor=${value}` } })).text()).toBe('nothing')
})

test('a registered cookie cannot hold anything but a random number', () => {
  const app = new Hono().get('/', (c) => {
    expect(() => cookies.set(c, name, 'ada@example.org')).toThrow('cookie-value')
    return c.text('')
  })
  return app.request('/')
})

test('what is not of the fixed alphabet and length is never read', async () => {
  expect(await shown(`a=b; ${name}=${value}`)).toBe(value)
  for (const bad of ['', 'short', `${value}A`, `${'A'.repeat(43)}%`, `${'A'.repeat(43)}"`])
    expect(await shown(`${name}=${bad}`)).toBe('nothing')
  expect(await shown(`x${name}=${value}`)).toBe('nothing')
})
