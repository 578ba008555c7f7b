import { createHmac } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { everyRow } from '../../../test/asApp.ts'
import { testEngine, type TestEngine } from '../../../test/engine.ts'
import { testShell } from '../../../test/web.ts'
import type { Database } from '../../db/index.ts'
import { instant, later } from '../../lib/index.ts'
import { openFileKeys, type KeyStore } from '../../vault/index.ts'
import { openCounter, type Counter } from './count/counter.ts'
import { daysOf, filteredOf, pagesOf, sourcesOf, totalsOf } from './queries.ts'
import { sweepVisits } from './sweep.ts'
import type { VisitTables } from './tables.ts'

const CHROME = 'Mozilla/5.0 (X11; Linux x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36'
const FIREFOX = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:144.0) Gecko/20100101 Firefox/144.0'
const NEVER = 100_000_000
const SECOND = 1000
const HOUR = 3_600_000

let at: TestEngine
let keys: KeyStore
let db: Database<VisitTables>
let now: Date
const counters: Counter[] = []
let round = 0
const folder = (): string => join(at.dir, `keys${round}`)

beforeAll(async () => {
  at = await testEngine()
  db = at.engine.for<VisitTables>()
})
afterAll(() => at.close())
beforeEach(async () => {
  round += 1
  now = instant('2026-10-24T08:00:00Z')
  keys = await openFileKeys(folder(), () => now)
})
afterEach(async () => {
  for (const counter of counters.splice(0)) await counter.stop()
  await keys.close()
  const tables = ['day', 'page', 'source', 'filtered', 'seen', 'flush']
  await at.engine.asOwner((ask) => ask(tables.map((name) => `delete from visit_${name}`).join('; ')))
})

type Request = {
  path: string
  from?: string
  agent?: string | undefined
  method?: string
  headers?: Record<string, string>
}
type Process = { counter: Counter; ask: (request: Request) => Promise<number>; lines: unknown[] }

/** One process that serves pages and counts them. Its sums are written down only when a test says so. */
function startProcess(over: Database<VisitTables> = db, trustedProxies = 1): Process {
  let counter: Counter | undefined
  const { app, web, lines } = testShell({
    now: () => now,
    trustedProxies,
    seen: (visit) => counter?.seen(visit),
  })
  counter = openCounter(
    {
      db: over,
      keys,
      web,
      now: () => now,
      log: (event) => void lines.push({ event, values: {} }),
      timeZone: 'Europe/Brussels',
      products: new Set(['tally', 'lookout']),
    },
    NEVER,
  )
  counters.push(counter)
  const html = '<!doctype html><title>A page</title>'
  const page = (path: string) => app.get(path, (c) => c.html(html))
  for (const path of ['/', '/privacy', '/p/:token', '/u/:token', '/search', '/desk', '/s/:token', '/api/orders'])
    page(path)
  app.get('/products/:id', (c) => c.html(html, c.req.param('id') === 'nothing' ? 404 : 200))
  app.get('/file', (c) => c.body('bytes', 200, { 'content-type': 'application/zip' }))
  app.get('/kept', (c) => c.body(null, 304, { 'content-type': 'text/html; charset=UTF-8' }))
  app.get('/moved', (c) => c.redirect('/'))
  app.post('/send', (c) => c.redirect('/', 303))
  const ask: Process['ask'] = async ({ path, from = '10.1.1.1', agent = CHROME, method = 'GET', headers = {} }) => {
    const named = agent === '' ? {} : { 'user-agent': agent }
    const sent = { 'x-forwarded-for': from, 'sec-fetch-site': 'same-origin', ...named, ...headers }
    return (await app.request(`${web.baseUrl}${path}`, { method, headers: sent })).status
  }
  return { counter, ask, lines }
}

async function restart(): Promise<Process> {
  for (const counter of counters.splice(0)) await counter.stop()
  await keys.close()
  keys = await openFileKeys(folder(), () => now)
  return startProcess()
}

const everything = { first: '2000-01-01', last: '2100-01-01' }
const days = () => daysOf(db.query, everything)
const totals = () => totalsOf(db.query, everything)
const pages = async () => Object.fromEntries((await pagesOf(db.query, everything)).map((row) => [row.route, row.views]))
const filtered = async () =>
  Object.fromEntries((await filteredOf(db.query, everything)).map((row) => [row.reason, row.requests]))
const marks = () => at.engine.asOwner((ask) => ask(`select to_char(day, 'YYYY-MM-DD') as day, seen from visit_seen`))

/** Random numbers that are the same in every run. */
function dice(seed: number): (most: number) => number {
  let state = seed
  return (most) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * most)
  }
}

/** What a script of visits must come to: counted here by names, where the program knows none. */
function expectedOf(script: readonly { day: string; who: string; route: string }[]) {
  const sums = new Map<string, { views: number; who: Set<string> }>()
  for (const { day, who, route } of script)
    for (const key of [day, `${day} ${route}`]) {
      const sum = sums.get(key) ?? { views: 0, who: new Set() }
      sum.views += 1
      sum.who.add(who)
      sums.set(key, sum)
    }
  return sums
}

describe('three days of 500 visitors, one of them 25 hours long', () => {
  const PAGES = ['/', '/privacy', '/products/tally', '/products/lookout', '/p/AAAAAAAAAAAAAAAAAAAAAA']
  const routeOf = (path: string): string => (path.startsWith('/p/') ? '/p/:token' : path)
  // Midnight in Brussels is 22:00 UTC before the night of 25 October and 23:00 UTC after it.
  const DAYS = [
    { day: '2026-10-24', from: '2026-10-23T22:00:00.000Z', to: '2026-10-24T21:59:59.999Z' },
    { day: '2026-10-25', from: '2026-10-24T22:00:00.000Z', to: '2026-10-25T22:59:59.999Z' },
    { day: '2026-10-26', from: '2026-10-25T23:00:00.000Z', to: '2026-10-26T22:59:59.999Z' },
  ]

  /** Every visitor comes on every day, one in four at its first or its last moment. */
  function scripted() {
    const roll = dice(20261024)
    const script = DAYS.flatMap(({ day, from, to }) =>
      Array.from({ length: 500 }, (_, visitor) => {
        const [start, end] = [instant(from).getTime(), instant(to).getTime()]
        return Array.from({ length: 1 + roll(3) }, () => {
          const edge = roll(8)
          const time = edge === 0 ? start : edge === 1 ? end : start + roll(end - start)
          return { day, time, visitor, path: PAGES[roll(PAGES.length)] ?? '/' }
        })
      }).flat(),
    )
    return script.sort((a, b) => a.time - b.time)
  }

  test('are counted exactly as scripted, by two processes over one database, with a restart in the middle', async () => {
    let processes = [startProcess(), startProcess()]
    const script = scripted()
    const roll = dice(7)
    let turned = false
    for (const { time, visitor, path } of script) {
      if (!turned && time > instant('2026-10-25T12:00:00Z').getTime()) {
        turned = true
        processes = [await restart(), startProcess()]
      }
      now = later(instant('1970-01-01T00:00:00Z'), time)
      const of = processes[roll(2)]
      // Two browsers in one network are two; the last part of the address is not looked at.
      const from = `10.7.${visitor >> 1}.${roll(250) + 1}`
      await of?.ask({ path, from, agent: visitor % 2 ? CHROME : FIREFOX })
      if (roll(40) === 0) await processes[roll(2)]?.counter.flush()
    }
    for (const { counter } of processes) await counter.flush()
    const expected = expectedOf(script.map((one) => ({ ...one, who: String(one.visitor), route: routeOf(one.path) })))
    const sumsOf = (name: string) => ({ views: expected.get(name)?.views, visitors: expected.get(name)?.who.size })
    expect(DAYS.map(({ day }) => sumsOf(day).visitors)).toEqual([500, 500, 500])
    expect(await days()).toEqual(DAYS.map(({ day }) => ({ day, ...sumsOf(day) })))
    for (const { day } of DAYS)
      for (const row of await pagesOf(db.query, { first: day, last: day }))
        expect({ ...row, day }).toEqual({ day, route: row.route, ...sumsOf(`${day} ${row.route}`) })
    expect((await pagesOf(db.query, everything)).length).toBe(PAGES.length)
  })

  test('the last minute of a day is counted right although both processes write it down after midnight', async () => {
    const [one, other] = [startProcess(), startProcess()]
    now = instant('2026-10-25T22:59:59.900Z')
    for (const process of [one, other]) await process.ask({ path: '/' })
    await other.ask({ path: '/', from: '10.2.2.2' })
    now = instant('2026-10-25T23:00:00.100Z')
    await one.ask({ path: '/' })
    await one.counter.flush()
    await other.counter.flush()
    expect(await days()).toEqual([
      { day: '2026-10-25', views: 3, visitors: 2 },
      { day: '2026-10-26', views: 1, visitors: 1 },
    ])
  })

  test('what is written down when a day is closed already counts the views, and nobody twice', async () => {
    const [one, other] = [startProcess(), startProcess()]
    for (const process of [one, other]) await process.ask({ path: '/' })
    await one.counter.flush()
    now = later(now, 24 * HOUR)
    await one.counter.flush()
    await other.counter.flush()
    expect(await days()).toEqual([{ day: '2026-10-24', views: 2, visitors: 1 }])
  })
})

describe('a sum', () => {
  test('that is handed in again counts once, also when nobody heard that it was written', async () => {
    let deaf = true
    const lossy: Database<VisitTables> = {
      query: db.query,
      tx: async (work) => {
        const result = await db.tx(work)
        if (deaf) throw new Error('the line broke after the commit')
        return result
      },
    }
    const { counter, ask } = startProcess(lossy)
    await ask({ path: '/' })
    await expect(counter.flush()).rejects.toThrow('the line broke')
    await expect(counter.flush()).rejects.toThrow('the line broke')
    deaf = false
    await ask({ path: '/' })
    await counter.flush()
    expect(await days()).toEqual([{ day: '2026-10-24', views: 2, visitors: 1 }])
  })

  test('that the database refused is kept and written down later', async () => {
    let down = true
    const failing: Database<VisitTables> = {
      query: db.query,
      tx: (work) => (down ? Promise.reject(new Error('no database')) : db.tx(work)),
    }
    const { counter, ask } = startProcess(failing)
    for (const from of ['10.1.1.1', '10.2.2.2']) {
      await ask({ path: '/', from })
      await expect(counter.flush()).rejects.toThrow('no database')
    }
    down = false
    await counter.flush()
    expect(await days()).toEqual([{ day: '2026-10-24', views: 2, visitors: 2 }])
  })

  test('is lost with a process that is killed, and whoever comes again to the next one is not counted twice', async () => {
    const first = startProcess()
    await first.ask({ path: '/' })
    await first.counter.flush()
    await first.ask({ path: '/', from: '10.2.2.2' })
    counters.splice(0) // killed: it never stops, so its last sum is never written
    await keys.close()
    keys = await openFileKeys(folder(), () => now)
    const second = startProcess()
    await second.ask({ path: '/' })
    await second.counter.flush()
    expect(await days()).toEqual([{ day: '2026-10-24', views: 2, visitors: 1 }])
  })

  test('is written down by itself, and at the end', async () => {
    const { counter, ask } = startProcess()
    await ask({ path: '/' })
    await counter.stop()
    expect(await days()).toEqual([{ day: '2026-10-24', views: 1, visitors: 1 }])
  })
})

describe('after midnight nobody can tell who came', () => {
  const from = '10.1.1.1'

  /** Tries to find a known pair of network and browser among all marks and files, with every secret that can be had. */
  async function confirmed(): Promise<boolean> {
    const names = readdirSync(folder()).filter((name) => !name.endsWith('.sock'))
    const files = names.map((name) => readFileSync(join(folder(), name)))
    const texts = files.map((file) => file.toString('utf8'))
    const secrets = [
      ...files.flatMap((file) =>
        Array.from({ length: Math.max(0, file.length - 31) }, (_, at) => file.subarray(at, at + 32)),
      ),
      ...texts.flatMap((text) =>
        [...text.matchAll(/"([A-Za-z0-9+/]{43}=)"/g)].map(([, one = '']) => Buffer.from(one, 'base64')),
      ),
    ]
    const rows = [...(await everyRow({ at })).values()].join('\n')
    const part = (text: string): string => `${Buffer.byteLength(text)}:${text}`
    return secrets.some((key) => {
      const mac = createHmac('sha256', key).update(part('visitor') + part('10.1.1') + part(CHROME))
      return rows.includes(mac.digest('hex').slice(0, 16))
    })
  }

  test('a guess of the true address and browser is confirmed on the day itself, and by nothing that is left on the next', async () => {
    const { counter, ask } = startProcess()
    await ask({ path: '/', from })
    await counter.flush()
    expect([(await marks()).length, await confirmed()]).toEqual([2, true])
    now = later(now, 24 * HOUR)
    await counter.flush()
    expect([await confirmed(), await marks()]).toEqual([false, []])
  })

  test('the key goes at midnight although nobody comes, the marks a moment later, and the row of the day says so', async () => {
    const { counter, ask } = startProcess()
    await ask({ path: '/', from })
    await counter.flush()
    now = instant('2026-10-24T22:00:01Z')
    await counter.flush()
    expect([await confirmed(), (await marks()).length]).toEqual([false, 2])
    now = later(now, 4 * SECOND)
    await counter.flush()
    expect(await marks()).toEqual([])
    const [row] = await at.engine.asOwner((ask) => ask('select seen_gone_at from visit_day'))
    expect(row?.['seen_gone_at']).toEqual(now)
  })

  test('a program that was off at midnight destroys the old key and its marks when it starts', async () => {
    const { counter, ask } = startProcess()
    await ask({ path: '/', from })
    await counter.stop()
    now = later(now, 24 * HOUR)
    expect(await confirmed()).toBe(true)
    const { counter: next } = await restart()
    await next.flush()
    expect([await confirmed(), await marks()]).toEqual([false, []])
  })

  test('a mark is of eight bytes and the same for a whole network, and of one day only', async () => {
    const { counter, ask } = startProcess()
    for (const one of ['10.1.1.1', '10.1.1.254', '::ffff:10.1.1.9']) await ask({ path: '/', from: one })
    await counter.flush()
    const today = await marks()
    expect(today.map((row) => (row['seen'] as Buffer).length)).toEqual([8, 8])
    now = later(now, 24 * HOUR)
    await ask({ path: '/', from })
    await counter.flush()
    const seen = new Set(
      [...today, ...(await marks())].map((row) => Buffer.from(row['seen'] as Buffer).toString('hex')),
    )
    expect([seen.size, (await totals()).visitors]).toEqual([4, 2])
  })
})

describe('what was typed or mailed never reaches a table', () => {
  const TOKEN = 'Qx7zzyQuux9QuuzQx7zzyQ'
  const typed = 'ada.lovelace.7c1f@mail.example'

  test('a secret in a path, a query or the address that led here', async () => {
    const { counter, ask, lines } = startProcess()
    for (const path of [`/p/${TOKEN}`, `/u/${TOKEN}?x=${TOKEN}`, `/search?email=${typed}`, `/nothing/${TOKEN}`])
      expect(await ask({ path })).toBeGreaterThan(0)
    for (const path of [`/products/${TOKEN}`, `/s/${TOKEN}`, `/products/${encodeURIComponent(typed)}`])
      await ask({ path, headers: { referer: `https://user:${TOKEN}@mail.example/inbox/${TOKEN}?to=${typed}` } })
    for (const referer of [`http://192.168.7.31/${TOKEN}`, 'http://adas-laptop/x', 'http://[2001:db8::7]/', `${typed}`])
      await ask({ path: '/', from: `10.${referer.length}.1.1`, headers: { referer } })
    await counter.flush()
    const rows = [...(await everyRow({ at })).values()].join('\n')
    expect(rows).not.toMatch(/Qx7zzy|lovelace|192\.168|adas-laptop|2001:db8|10\.1\.1|Mozilla/)
    expect(JSON.stringify(lines)).not.toMatch(/Qx7zzy|lovelace/)
    expect(await pages()).toEqual({
      '/': 4,
      '/p/:token': 1,
      '/u/:token': 1,
      '/search': 1,
      '(no such page)': 1,
      '/products/:id': 2,
    })
  })

  test('a product is counted by its name only when the catalogue has it, however its address is written', async () => {
    const { counter, ask } = startProcess()
    for (const path of ['/products/tally', '/products/t%61lly', '/products/Tally', '/products/nothing'])
      await ask({ path })
    await counter.flush()
    expect(await pages()).toEqual({ '/products/tally': 2, '/products/:id': 1, '(no such page)': 1 })
  })
})

describe('each kind of request has one effect', () => {
  const counted = { views: 1, visitors: 1, known: 0, returned: 0, signalled: 0 }
  const nothing = { views: 0, visitors: 0, known: 0, returned: 0, signalled: 0 }
  const unseen = { ...counted, visitors: 0, signalled: 1 }
  const cookie = (name: string): Record<string, string> => ({ cookie: `__Host-avow-${name}=${'A'.repeat(44)}` })

  test.each<[string, Partial<Request>, typeof counted, Record<string, number>]>([
    ['a page', {}, counted, {}],
    ['a page that the browser still had', { path: '/kept' }, counted, {}],
    ['a navigation, as browsers say it', { headers: { 'sec-fetch-dest': 'document' } }, counted, {}],
    ['Sec-GPC: 1', { headers: { 'sec-gpc': '1' } }, unseen, {}],
    ['DNT: 1', { headers: { dnt: '1' } }, unseen, {}],
    ['DNT: 0', { headers: { dnt: '0' } }, counted, {}],
    [
      'Sec-GPC: 1 of somebody who asked to be recognised',
      { headers: { 'sec-gpc': '1', ...cookie('known') } },
      unseen,
      {},
    ],
    ['a prefetch', { headers: { 'sec-purpose': 'prefetch;prerender' } }, nothing, { prefetch: 1 }],
    ['an older prefetch', { headers: { purpose: 'prefetch' } }, nothing, { prefetch: 1 }],
    ['HEAD', { method: 'HEAD' }, nothing, { method: 1 }],
    [
      'a form',
      { path: '/send', method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' } },
      nothing,
      { method: 1 },
    ],
    [
      'a robot',
      { agent: 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)' },
      nothing,
      { robot: 1 },
    ],
    ['no browser named at all', { agent: '' }, nothing, { robot: 1 }],
    ['a browser’s name of 8 KB', { agent: `${CHROME} ${'x'.repeat(8000)}` }, nothing, { robot: 1 }],
    ['a picture asked for by a page', { headers: { 'sec-fetch-dest': 'image' } }, nothing, { background: 1 }],
    ['a page in a frame', { headers: { 'sec-fetch-dest': 'iframe' } }, nothing, { background: 1 }],
    ['a download', { path: '/file' }, nothing, { noPage: 1 }],
    ['a redirection', { path: '/moved' }, nothing, { noPage: 1 }],
    ['a page of the staff', { path: '/desk' }, nothing, {}],
    ['a sign-in of the staff', { path: '/s/AAAAAAAAAAAAAAAAAAAAAA' }, nothing, {}],
    ['the interface for programs', { path: '/api/orders' }, nothing, {}],
    ['a part of the look', { path: '/assets/app.css' }, nothing, {}],
    ['somebody who asked not to be counted', { headers: cookie('uncounted') }, nothing, {}],
    ['a cookie that only looks like it', { headers: { cookie: '__Host-avow-uncounted=1' } }, counted, {}],
  ])('%s', async (_, request, sums, reasons) => {
    const { counter, ask } = startProcess()
    await ask({ path: '/', ...request })
    await counter.flush()
    expect([await totals(), await filtered()]).toEqual([sums, reasons])
  })

  test('an address that anybody can claim is not believed, and one network in two spellings is one', async () => {
    const untrusting = startProcess(db, 0)
    for (const from of ['10.1.1.1', '10.2.2.2']) await untrusting.ask({ path: '/', from })
    await untrusting.counter.flush()
    expect((await totals()).visitors).toBe(1)
    const behind = startProcess()
    for (const from of ['10.9.9.9', '::ffff:10.9.9.9', '10.8.8.8, 10.9.9.200']) await behind.ask({ path: '/', from })
    for (const from of ['2001:db8:7::1', '2001:0DB8:0007:ffff::2', '2001:db8:7:1:2:3:4:5'])
      await behind.ask({ path: '/', from })
    await behind.counter.flush()
    expect((await totals()).visitors).toBe(3)
  })

  test('two tabs of one browser are two page views and one visitor, who came from where the first tab came from', async () => {
    const { counter, ask } = startProcess()
    const tab = (referer: string) => ask({ path: '/products/tally', headers: { referer } })
    await Promise.all([tab('https://www.search.example/?q=ledger'), tab('https://other.example/')])
    await ask({ path: '/', from: '10.2.2.2', headers: { referer: 'http://shop.test/products/tally' } })
    await ask({ path: '/', from: '10.3.3.3' })
    await counter.flush()
    expect(await pagesOf(db.query, everything)).toEqual([
      { route: '/', views: 2, visitors: 2 },
      { route: '/products/tally', views: 2, visitors: 1 },
    ])
    expect(await sourcesOf(db.query, everything)).toEqual([
      { host: '(direct)', visitors: 2 },
      { host: 'search.example', visitors: 1 },
    ])
  })

  test('somebody who asked to be recognised has not returned on that day, has on the next, and is one whatever the network', async () => {
    const { counter, ask } = startProcess()
    const known = (from: string) => ask({ path: '/', from, headers: cookie('known') })
    await counter.chose('A'.repeat(44))
    for (const from of ['10.1.1.1', '10.2.2.2']) await known(from)
    await counter.flush()
    expect(await totals()).toEqual({ views: 2, visitors: 2, known: 1, returned: 0, signalled: 0 })
    now = later(now, 24 * HOUR)
    for (const from of ['10.1.1.1', '10.3.3.3']) await known(from)
    await counter.flush()
    expect(await totals()).toEqual({ views: 4, visitors: 4, known: 2, returned: 1, signalled: 0 })
    const rows = [...(await everyRow({ at })).values()].join('\n')
    expect(rows).not.toContain('AAAAAAAA')
  })

  test('more than a thousand sources a day are not kept apart', async () => {
    const { counter, ask } = startProcess()
    for (let site = 0; site < 1010; site += 1)
      await ask({
        path: '/',
        from: `10.${site >> 8}.${site & 255}.1`,
        headers: { referer: `https://s${site}.example/` },
      })
    await counter.flush()
    const [most] = await sourcesOf(db.query, everything)
    expect(most).toEqual({ host: '(other)', visitors: 10 })
  })
})

test('the sums of a day go after 25 months, and no day earlier', async () => {
  const first = startProcess()
  await first.ask({ path: '/', headers: { referer: 'https://search.example/' } })
  await first.ask({ path: '/file' })
  await first.counter.flush()
  const context = { db, now: () => now, timeZone: 'Europe/Brussels' }
  now = instant('2028-11-24T12:00:00Z')
  await sweepVisits(context)
  expect((await days()).length).toBe(1)
  now = instant('2028-11-25T12:00:00Z')
  await sweepVisits(context)
  const left = [...(await everyRow({ at }))].filter(([table, rows]) => /visit_(?!flush)/.test(table) && rows !== '')
  expect(left).toEqual([])
})
