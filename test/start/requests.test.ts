import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildProgram, startProgram, type Program } from '../program.ts'
import { sendable, staffOf, visitor } from '../shop.ts'
import { walker, type Seen } from '../walker.ts'
import { engines } from '../engine.ts'
import { freshHome } from './home.ts'

const tokenOf = (url: string): string => url.split('/').at(-1) ?? ''
const email = 'mallory.qwibble@quill.example'

describe.each(engines)('requests that no page of the shop makes, on %s', (kind) => {
  let program: Program
  let remove = (): void => {}
  let staff: Awaited<ReturnType<typeof staffOf>>
  let paid: Seen
  let cart = ''
  let otherToken = ''
  let number = ''
  beforeAll(async () => {
    const home = await freshHome(kind)
    remove = home.remove
    program = await startProgram({ ...home, dist: await buildProgram(`requests-${kind}`) })
    const ada = visitor(program)
    cart =
      sendable(await ada.orderForm('tally'), /Pay/)
        .url.split('/')
        .at(-1) ?? ''
    paid = await ada.buy('tally', { email, country: 'BE' })
    number = /HS-[A-Z0-9]{4}-[A-Z0-9]{4}/.exec(paid.html)?.[0] ?? ''
    staff = await staffOf(program)
  })
  afterAll(async () => {
    const end = await program.stop()
    remove()
    expect(end.err.split('\n').filter((line) => / status=5|^broken/.test(line))).toEqual([])
    expect(end.out + end.err).not.toMatch(/qwibble/i)
    for (const token of [tokenOf(paid.url), cart]) expect(end.err).not.toContain(token)
  })

  const status = async (path: string, init: RequestInit = {}): Promise<number> =>
    (await fetch(new URL(path, program.store), { redirect: 'manual', ...init })).status

  test.each(['/r/', '/o/', '/p/', '/p/open/', '/p/erased/', '/s/', '/cart/', '/checkout/'])(
    'a forged token under %s opens nothing, by GET or POST, whole, torn, changed or of another kind',
    async (path) => {
      const own = path.startsWith('/c') ? cart : tokenOf(paid.url)
      const changed = own.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'))
      const other = path === '/r/' ? cart : tokenOf(paid.url)
      const forged = [
        'A'.repeat(22),
        own.slice(0, -1),
        `${own}A`,
        changed,
        other,
        "'--",
        '%E2%82%AC',
        '%ff',
        '%',
        '%zz',
        '..%2f..',
        'a'.repeat(4000),
      ]
      for (const token of forged) {
        const got = await status(path + token)
        expect([path + token, [404, 410].includes(got)]).toEqual([path + token, true])
      }
      for (const token of forged.slice(0, 5)) {
        const sent = await status(path + token, { method: 'POST', headers: { origin: program.store } })
        expect([path + token, [404, 405, 410].includes(sent)]).toEqual([path + token, true])
      }
    },
  )

  test.each(['/files/tally.txt', '/again', '/files/..%2f..%2fmain.js'])(
    'nothing behind a forged link: %s',
    async (path) => {
      expect([404, 405, 410]).toContain(await status(`/r/${'A'.repeat(22)}${path}`))
      const sent = { method: 'POST', headers: { origin: program.store } }
      expect([404, 405, 410]).toContain(await status(`/r/${'A'.repeat(22)}${path}`, sent))
    },
  )

  test.each(['..%2fmain.js', '%2e%2e%2fsim.js', 'letterpress.txt', 'plumbline-4.txt', '%00', 'tally.txt%00'])(
    'a real link gives only the files of its order, not %s',
    async (file) => {
      expect(await status(`${new URL(paid.url).pathname}/files/tally.txt`)).toBe(200)
      expect([400, 404, 410]).toContain(await status(`${new URL(paid.url).pathname}/files/${file}`))
    },
  )

  test.each(['/products/%00', '/desk/orders/%00', '/%00', '/trial/x%00', '/privacy/versions/%00'])(
    'a NUL byte in an address is refused: %s',
    async (path) => {
      expect((await staff(path)).status).toBe(400)
    },
  )

  test.each([
    '/products/%zz',
    '/products/%ff%fe',
    '/products/../../etc/passwd',
    '/trial/..%2f..%2fetc%2fpasswd',
    '/assets/..%2fmain.js',
    '/privacy/versions/NaN',
    '/privacy/versions/1e99',
    '/privacy/versions/-1',
    '/privacy/versions/99999999999999999999',
    '/desk/orders/%27%3B--',
    '/desk/orders/%ff',
    '/.env',
    '/control.sock',
    '/__proto__',
    '/constructor',
  ])('an address that is no page is a page that says so: %s', async (path) => {
    const answer = await staff(path)
    expect([path, answer.status]).toEqual([path, 404])
    expect(await answer.text()).toMatch(/<h1>/)
  })

  test.each(['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'PROPFIND', 'TRACE', 'LINK'])(
    'the method %s changes nothing',
    async (method) => {
      for (const path of ['/', '/your-data', '/desk', `/checkout/${cart}`]) {
        const answer = await raw(
          program,
          `${method} ${path} HTTP/1.1\r\nHost: localhost:${program.ports.store}\r\nConnection: close\r\n\r\n`,
        )
        expect([path, answer.slice(9, 12)]).toEqual([path, '405'])
      }
    },
  )

  test.each([
    ['a foreign host', 'GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n', 421],
    ['a host with a user before it', 'GET / HTTP/1.1\r\nHost: mallory@localhost\r\nConnection: close\r\n\r\n', 400],
    ['no host', 'GET / HTTP/1.1\r\nConnection: close\r\n\r\n', 400],
    ['two hosts', 'GET / HTTP/1.1\r\nHost: evil.example\r\nHost: evil.example\r\nConnection: close\r\n\r\n', 421],
    [
      'another host in the request line',
      'GET http://evil.example/ HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n',
      421,
    ],
    ['two lengths', 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab', 400],
    [
      'a length and chunks',
      'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      400,
    ],
    ['a header of 64 kilobytes', `GET / HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(65_536)}\r\n\r\n`, 431],
    ['no HTTP', 'ada@quill.example\r\n\r\n', 400],
  ])('%s is refused before any page is asked', async (_what, text, code) => {
    expect((await raw(program, text)).slice(0, 12)).toBe(`HTTP/1.1 ${code}`)
  })

  const post = async (
    headers: Record<string, string>,
    edit: (fields: Record<string, string>) => void,
  ): Promise<number> => {
    const page = await walker().get(`${program.store}/your-data`)
    const { url, fields } = sendable(page, /link/)
    edit(fields)
    return status(url, { method: 'POST', body: new URLSearchParams(fields), headers })
  }
  let posts = 0
  const withEmail = (fields: Record<string, string>): void => {
    posts += 1
    fields['email'] = `nobody.${posts}@quill.example`
  }
  const withoutToken = (fields: Record<string, string>): void => {
    withEmail(fields)
    delete fields['act']
  }
  const withTokenOfAnotherPage = (fields: Record<string, string>): void => {
    withEmail(fields)
    fields['act'] = otherToken
  }

  test.each([
    ['from a page of ours with the token', {}, withEmail, 200],
    ['from a page of ours whose origin is hidden, with the token', { origin: 'null' }, withEmail, 200],
    ['from a page of ours, without the token', { 'sec-fetch-site': 'same-origin' }, withoutToken, 200],
    ['with our origin, without the token', { origin: 'ours' }, withoutToken, 200],
    ['with a hidden origin and no token', { origin: 'null' }, withoutToken, 403],
    ['with nothing at all', {}, withoutToken, 403],
    ['from another site with a token that it fetched', { origin: 'https://evil.example' }, withEmail, 403],
    ['from another site by what the browser says', { 'sec-fetch-site': 'cross-site', origin: 'null' }, withEmail, 403],
    ['from a neighbour under the same domain', { 'sec-fetch-site': 'same-site' }, withEmail, 403],
    ['with the token of another page', { origin: 'null' }, withTokenOfAnotherPage, 403],
  ] as const)('a form sent %s is answered as it should be', async (_what, headers, edit, code) => {
    const sent = Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name, value === 'ours' ? program.store : value]),
    )
    expect(await post(sent, edit)).toBe(code)
  })

  test('what staff send for a task that is not there does nothing', async () => {
    for (const about of ['order:zzz', '\u0000', `order:${'9'.repeat(36)}`, ''])
      for (const ref of ['', '\u0000', 'x'.repeat(10_000)]) {
        const body = new URLSearchParams({ about, kind: 'secondPayment', ref, do: 'refund' })
        expect((await staff('/desk/tasks', { method: 'POST', body })).status).toBe(303)
      }
    const refused = await staff(`/desk/orders/${number}/hand-over`, { method: 'POST' })
    expect(refused.status).toBe(409)
  })

  test.each([
    ['no signature', {}],
    ['a forged one', { 'stripe-signature': 't=1,v1=00' }],
    ['nonsense for one', { 'stripe-signature': '\u00ff,,t=,v1' }],
  ])('a notification with %s is refused', async (_what, headers) => {
    for (const body of ['', '{', '{"id":"evt_1"}', 'x'.repeat(100_000)])
      expect(await status('/in/stripe', { method: 'POST', body, headers })).toBe(401)
  })
})

/** Sends bytes as they are and gives what comes back. */
function raw(program: Program, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(program.ports.store, '127.0.0.1')
    socket.once('connect', () => socket.write(text, 'latin1'))
    let answer = ''
    socket.on('data', (chunk) => (answer += chunk.toString('latin1')))
    socket.on('error', (error: NodeJS.ErrnoException) =>
      error.code === 'ECONNRESET' || error.code === 'EPIPE' ? resolve(answer) : reject(error),
    )
    socket.on('close', () => resolve(answer))
  })
}
