import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openCookies } from '../../src/web/cookies.ts'
import { everyRow } from '../asApp.ts'
import { openShop, type Shop } from '../openShop.ts'
import { heldIn } from '../spellings.ts'
import { testShell } from '../web.ts'

let shop: Shop
beforeAll(async () => {
  shop = await openShop()
})
afterAll(() => shop.close())

const NAME = '__Host-avow-staff'
const CHOSEN = ['__Host-avow-uncounted', '__Host-avow-known']
const PATHS = ['/', '/products/tally', '/your-data', '/privacy', '/promises', '/desk', '/desk/orders', '/nowhere']
const fits = (value: string): boolean => /^[A-Za-z0-9_-]{44}$/.test(value)
const plain = 'QxyzzyQuuxQuuz'

/** What a browser, or somebody who plays one, may send back in a cookie. */
const planted: readonly [string, string][] = [
  ['a script', `<script>alert('${plain}')</script>`],
  ['a script in URL letters', encodeURIComponent(`<script>alert('${plain}')</script>`)],
  ['SQL', `${plain}'; drop table staff; --`],
  ['a shell command', `$(rm -rf ${plain})`],
  ['a path', `../../../../etc/${plain}`],
  ['a template', `\${${plain}} {{${plain}}} %s`],
  ['an object', `{"__proto__":{"${plain}":true}}`],
  ['a long text', plain.repeat(600)],
  ['a value of the right letters that is a letter too long', 'A'.repeat(45)],
  ['a value of the right length with one wrong letter', `${'A'.repeat(43)}+`],
  ['a value of the right kind that nobody was given', `${plain}${'A'.repeat(30)}`],
  ['nothing', ''],
]

describe.each(planted)('%s planted in the cookie of the staff, of a choice, or of any other name,', (_, value) => {
  test('changes no page, unless it is of the right kind and then only what it was chosen for: it is the same as without it, and nothing keeps or repeats it', async () => {
    for (const path of PATHS) {
      const bare = await shop.ask(path)
      const [status, html] = [bare.status, tokenless(await bare.text())]
      for (const name of [NAME, ...CHOSEN, 'visitor', `${NAME}2`]) {
        const answer = await shop.ask(path, { headers: { cookie: `${name}=${value}` } })
        expect([path, answer.status, tokenless(await answer.text())]).toEqual([path, status, html])
        expect(answer.headers.getSetCookie()).toEqual([])
      }
    }
    const choices = await shop.ask('/cookies', {
      headers: { cookie: CHOSEN.map((name) => `${name}=${value}`).join('; ') },
    })
    const taken = /You are not counted.*on another day, we count that somebody returned/s.test(await choices.text())
    expect([taken, choices.headers.getSetCookie()]).toEqual([fits(value), []])
    if (value.includes(plain))
      expect(heldIn([...shop.lines, ...(await everyRow(shop)).values()].join('\n'), [plain])).toEqual([])
  })
})

/** A page without the minute at which the program looked. */
const tokenless = (html: string): string => html.replace(/Looked at [^.]+\./g, '')

test('what is planted never reaches the program as a value: only letters of the alphabet in the right length are read at all', async () => {
  const { app, ask } = testShell()
  const cookies = openCookies(shop.desk().policy.cookies)
  app.get('/reads/:name', (c) => c.json({ read: cookies.read(c, c.req.param('name')) ?? null }))
  const read = async (name: string, cookie: string): Promise<unknown> =>
    ((await (await ask(`/reads/${name}`, { headers: { cookie } })).json()) as { read: unknown }).read
  for (const [, value] of planted) {
    for (const name of [NAME, ...CHOSEN])
      expect([value, await read(name, `${name}=${value}`)]).toEqual([value, fits(value) ? value : null])
    expect(await read('visitor', `visitor=${value}`)).toBe(null)
  }
})

test('a form that comes with a planted cookie is judged as without one', async () => {
  const send = (headers: Record<string, string>) =>
    shop.ask('/your-data', { method: 'POST', body: new URLSearchParams({ email: 'a@mail.example' }), headers })
  const bare = await send({})
  for (const [, value] of planted.filter(([, one]) => /^[\x20-\x7e]*$/.test(one)))
    expect((await send({ cookie: `${NAME}=${value}` })).status).toBe(bare.status)
})

test('the program itself cannot put anything into a cookie but letters of its alphabet, always of one length', async () => {
  const { app, ask } = testShell()
  const cookies = openCookies(shop.desk().policy.cookies)
  app.get('/sets/:value', (c) => {
    cookies.set(c, NAME, decodeURIComponent(c.req.param('value')))
    return c.text('set')
  })
  for (const [, value] of planted.filter(([, one]) => !/^[A-Za-z0-9_-]{44}$/.test(one) && one !== '')) {
    const answer = await ask(`/sets/${encodeURIComponent(value)}`)
    expect([answer.status, answer.headers.getSetCookie()]).toEqual([500, []])
  }
  expect((await ask(`/sets/${'A'.repeat(44)}`)).headers.getSetCookie()).toHaveLength(1)
})
