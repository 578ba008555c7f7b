import { describe, expect, test } from 'vitest'
import { countries, testShell, testWeb } from '../../../test/web.ts'
import { higosoft } from '../../../test/policy.ts'
import { formFor } from '../../policy/index.ts'
import { fill } from '../fill.ts'
import { ErrorSummary, Fields } from '../parts/fields.tsx'
import { Page } from '../parts/page.tsx'
import { filesOf, formOf } from './form.ts'
import { formsMayGoTo } from './headers.ts'
import { limited } from './shell.ts'

const typed = 'ada@secret.example'

function shop(edits: Parameters<typeof testShell>[0] = {}) {
  const made = testShell({ inbound: ['/in/stripe'], ...edits })
  const { app, web } = made
  app.get('/', (c) => c.html(<Page web={web} title="Shop" />))
  app.get('/shared', (c) =>
    web.cached(c, { version: '1', key: '/shared', render: () => <Page web={web} title="Shared" /> }),
  )
  app.get('/o/:token', (c) => c.html(<Page web={web} title="Order" />))
  app.post('/o/:token/cancel', (c) => c.text('cancelled'))
  app.post('/in/stripe', async (c) => c.text(`${(await c.req.arrayBuffer()).byteLength}`))
  app.get('/breaks', () => Promise.reject(new Error(typed)))
  app.get('/sets', (c) => (c.header('Set-Cookie', 'visitor=1'), c.text('')))
  app.get('/pay', (c) => (formsMayGoTo(c, 'https://pay.example/session/1'), c.html(<Page web={web} title="Pay" />)))
  app.post('/order', (c) => {
    const form = formFor(higosoft(), ['purchase', 'tax'])
    const filled = fill(form, formOf(c), { notice: 3, countries })
    if (filled.ok) return c.text('placed')
    return c.html(
      <Page web={web} title="Order" wrong>
        <ErrorSummary errors={filled.errors} />
        <Fields notice={3} form={form} values={filled.values} errors={filled.errors} countries={countries} />
      </Page>,
      422,
    )
  })
  return made
}

const good = { notice: '3', email: 'ada@example.org', country: 'BE' }

describe('every answer', () => {
  test('admits no script, no other site and no frame', async () => {
    const { headers } = await shop().ask('/')
    expect(headers.get('content-security-policy')).toBe(
      "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    )
    expect([
      headers.get('x-content-type-options'),
      headers.get('referrer-policy'),
      headers.get('cache-control'),
    ]).toEqual(['nosniff', 'same-origin', 'no-store'])
    expect(headers.get('set-cookie')).toBeNull()
  })

  test('lets the forms of the paying page lead to the chosen processor only', async () => {
    expect((await shop().ask('/pay')).headers.get('content-security-policy')).toContain(
      "form-action 'self' https://pay.example;",
    )
  })

  test('under a link of its own is not stored, not indexed and names no address to others', async () => {
    const { headers } = await shop().ask('/o/AAAAAAAAAAAAAAAAAAAAAA')
    expect([headers.get('referrer-policy'), headers.get('cache-control'), headers.get('x-robots-tag')]).toEqual([
      'no-referrer',
      'no-store',
      'noindex',
    ])
  })

  test('begins with a doctype, and HEAD answers the same without a body', async () => {
    const { ask } = shop()
    expect(await (await ask('/')).text()).toMatch(/^<!doctype html><html lang="en">/)
    const head = await ask('/', { method: 'HEAD' })
    expect([head.status, await head.text()]).toEqual([200, ''])
  })

  test('is logged by its pattern only', async () => {
    const { ask, lines } = shop()
    await ask('/o/AAAAAAAAAAAAAAAAAAAAAA?ada=1')
    await ask('/ada-lovelace')
    expect(lines.map(({ values }) => values)).toEqual([
      { route: { word: '/o/:token' }, status: 200, ms: 0 },
      { route: { word: 'none' }, status: 404, ms: 0 },
    ])
  })
})

describe('a request is refused', () => {
  test('when it names another host', async () => {
    const { app } = shop()
    for (const url of ['http://evil.example/', 'http://shop.test.evil.example/', 'http://shop.test:8080/']) {
      const answer = await app.request(url)
      expect([answer.status, await answer.text()]).toEqual([421, 'This server answers at http://shop.test only.\n'])
    }
    expect((await app.request('http://shop.test/', { headers: { host: 'evil.example' } })).status).toBe(421)
  })

  test('when it sends more than two megabytes, said or unsaid', async () => {
    const { ask } = shop()
    const headers = { 'sec-fetch-site': 'same-origin', 'content-type': 'application/x-www-form-urlencoded' }
    const large = await ask('/order', { method: 'POST', body: `email=${'a'.repeat(2_100_000)}`, headers })
    expect([large.status, await large.text()]).toEqual([413, expect.stringContaining('two megabytes')])
    const said = await ask('/order', {
      method: 'POST',
      body: 'a=b',
      headers: { ...headers, 'content-length': '2100000' },
    })
    expect(said.status).toBe(413)
    expect((await ask('/in/stripe', { method: 'POST', body: 'x'.repeat(2_100_000) })).status).toBe(413)
  })

  test('when it is no plain form', async () => {
    const { ask } = shop()
    const headers = { 'sec-fetch-site': 'same-origin' }
    expect(
      (await ask('/order', { method: 'POST', body: '{}', headers: { ...headers, 'content-type': 'application/json' } }))
        .status,
    ).toBe(415)
    const file = new FormData()
    file.set('email', new File(['x'], 'x.txt'))
    expect((await ask('/order', { method: 'POST', body: file, headers })).status).toBe(415)
    const broken = await ask('/order', {
      method: 'POST',
      body: 'nonsense',
      headers: { ...headers, 'content-type': 'multipart/form-data; boundary=x' },
    })
    expect(broken.status).toBe(400)
  })

  test('when the method or the address is not there', async () => {
    const { ask, send } = shop()
    const wrong = await send('/shared', {})
    expect([wrong.status, wrong.headers.get('allow')]).toEqual([405, 'GET, HEAD'])
    expect((await ask('/order')).headers.get('allow')).toBe('POST')
    expect((await ask('/', { method: 'DELETE' })).status).toBe(405)
    expect((await ask('/%E0%A4%A')).status).toBe(404)
  })

  test('when it comes too often', async () => {
    const { app, ask, web } = shop({
      web: testWeb({ rates: { forms: { burst: 2, perMinute: 1 }, keys: { burst: 1, perMinute: 1 } } }),
    })
    const send = () =>
      ask('/order', { method: 'POST', body: new URLSearchParams(good), headers: { 'sec-fetch-site': 'same-origin' } })
    app.get('/keys', limited({ web, trustedProxies: 0 }, 'keys'), (c) => c.text('key'))
    expect([(await send()).status, (await send()).status]).toEqual([200, 200])
    const third = await send()
    expect([third.status, third.headers.get('retry-after')]).toEqual([429, '60'])
    expect([(await ask('/keys')).status, (await ask('/keys')).status]).toEqual([200, 429])
  })

  test('by a page that repeats nothing of what was sent', async () => {
    const { ask, send, lines } = shop()
    const answers = [
      await ask(`/nothing/${typed}?q=${typed}`),
      await ask('/breaks'),
      await send('/nothing', { email: typed }),
      await send('/order', good, { origin: 'https://evil.example' }),
    ]
    expect(answers.map(({ status }) => status)).toEqual([404, 500, 404, 403])
    for (const answer of answers) expect(await answer.text()).not.toMatch(/secret|evil/)
    expect(JSON.stringify(lines)).not.toMatch(/secret|evil|example/)
  })

  test('when a route would set a cookie that the policy does not name', async () => {
    const answer = await shop().ask('/sets')
    expect([answer.status, answer.headers.get('set-cookie')]).toEqual([500, null])
  })
})

test('who may send files is asked once for a request, and of nobody who sends none', async () => {
  let asked = 0
  const made = testShell({ files: ['/file'], isStaff: () => ((asked += 1), Promise.resolve(true)) })
  made.app.post('/file', (c) => c.text(`${filesOf(c).length}`))
  made.app.post('/other', (c) => c.text('sent'))
  const body = new FormData()
  body.set('scan', new File(['bytes'], 'scan.png'))
  const sent = await made.ask('/file', { method: 'POST', body, headers: { 'sec-fetch-site': 'same-origin' } })
  expect([sent.status, asked]).toEqual([200, 1])
  expect((await made.send('/other', {})).status).toBe(200)
  expect(asked).toBe(1)
})

describe('a form', () => {
  test('is taken from a page of ours, and from nowhere else', async () => {
    const { send } = shop()
    expect((await send('/order', good)).status).toBe(200)
    expect((await send('/order', good, { origin: 'http://shop.test' })).status).toBe(200)
    for (const headers of [
      {},
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site' },
      { origin: 'https://evil.example' },
    ])
      expect((await send('/order', good, headers as Record<string, string>)).status).toBe(403)
  })

  test('without any such header needs the action token of its very path', async () => {
    const { send, web } = shop()
    const path = '/o/AAAAAAAAAAAAAAAAAAAAAA/cancel'
    expect((await send(path, { act: web.action.mint(path) }, {})).status).toBe(200)
    expect((await send(path, { act: web.action.mint(path) }, { origin: 'null' })).status).toBe(200)
    expect((await send(path, { act: web.action.mint('/o/BBBBBBBBBBBBBBBBBBBBBB/cancel') }, {})).status).toBe(403)
    expect((await send(path, { act: web.action.mint(path) }, { 'sec-fetch-site': 'cross-site' })).status).toBe(403)
    expect(
      (await send(path, { act: web.action.mint(path) }, { cookie: `__Host-avow-staff=${'A'.repeat(44)}` })).status,
    ).toBe(403)
  })

  test('of another machine is not asked for its page, and reaches the route in its own bytes', async () => {
    const answer = await shop().ask('/in/stripe', {
      method: 'POST',
      body: '{"a":1}',
      headers: { 'content-type': 'application/json', 'sec-fetch-site': 'cross-site' },
    })
    expect([answer.status, await answer.text()]).toEqual([200, '7'])
  })

  test('comes back with what was typed made harmless, and the error beside its field', async () => {
    const answer = await shop().send('/order', { email: `a"><script>\u0000@x`, country: 'BE', birthday: '1815' })
    const page = await answer.text()
    expect(answer.status).toBe(422)
    expect(page).toContain('value="a&quot;&gt;&lt;script&gt;@x"')
    expect(page).toContain('<p class="error" id="e-email">')
    expect(page).toMatch(/aria-describedby="e-email w-email" aria-invalid="true"/)
    expect(page).toContain('<option value="BE" selected="">')
    expect(page).not.toMatch(/<script|birthday/)
  })

  test('with bytes that are no text is refused beside the field, and never breaks anything', async () => {
    const headers = { 'sec-fetch-site': 'same-origin', 'content-type': 'application/x-www-form-urlencoded' }
    for (const body of [
      'email=%ED%A0%80',
      'email=%FF%FE',
      'email=%',
      '__proto__=1&constructor=2',
      'email=a&email=b',
      '=&=&=',
      '&'.repeat(1000),
    ])
      expect((await shop().ask('/order', { method: 'POST', body, headers })).status).toBe(422)
    expect((await shop().ask('/order', { method: 'POST', body: 'a=b&'.repeat(300), headers })).status).toBe(400)
  })
})

describe('a page that is the same for everybody', () => {
  test('is drawn once for each version and answered with 304 to whoever has it', async () => {
    let drawn = 0
    let version = '1'
    const { app, web, ask } = testShell()
    app.get('/', (c) =>
      web.cached(c, { version, key: '/', render: () => (drawn++, (<Page web={web} title="Shop" />)) }),
    )
    const first = await ask('/')
    const etag = first.headers.get('etag') ?? ''
    expect((await ask('/', { headers: { 'if-none-match': etag } })).status).toBe(304)
    expect([drawn, first.headers.get('cache-control')]).toEqual([1, 'private, no-cache'])
    version = '2'
    await ask('/')
    expect(drawn).toBe(2)
  })

  test('is sent packed to browsers that can unpack it', async () => {
    const answer = await shop().ask('/shared', { headers: { 'accept-encoding': 'gzip, br' } })
    expect([answer.headers.get('content-encoding'), answer.headers.get('vary')]).toEqual(['gzip', 'Accept-Encoding'])
    expect(
      (await shop().ask('/shared', { headers: { 'accept-encoding': 'gzip;q=0' } })).headers.get('content-encoding'),
    ).toBeNull()
  })
})
