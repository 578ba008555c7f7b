import { describe, expect, test } from 'vitest'
import { everyRow } from '../../../../test/asApp.ts'
import { CHROME, clock, everything, standForCounting, type Request } from '../../../../test/counting.ts'
import { later } from '../../../lib/index.ts'
import { pagesOf, sourcesOf } from '../queries.ts'
import { OTHER } from './network.ts'

const HOUR = 3_600_000
/** As they are counted: nothing is put under another name for being rare. */
const UNFOLDED = { least: 1, other: OTHER }

const { at, db, startProcess, totals, pages, filtered } = standForCounting()

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
    const rows = [...(await everyRow({ at: at() })).values()].join('\n')
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
    const untrusting = startProcess(db(), 0)
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
    expect(await pagesOf(db().query, everything)).toEqual([
      { route: '/', views: 2, visitors: 2 },
      { route: '/products/tally', views: 2, visitors: 1 },
    ])
    expect(await sourcesOf(db().query, everything, UNFOLDED)).toEqual([
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
    clock.now = later(clock.now, 24 * HOUR)
    for (const from of ['10.1.1.1', '10.3.3.3']) await known(from)
    await counter.flush()
    expect(await totals()).toEqual({ views: 4, visitors: 4, known: 2, returned: 1, signalled: 0 })
    const rows = [...(await everyRow({ at: at() })).values()].join('\n')
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
    const sources = await sourcesOf(db().query, everything, UNFOLDED)
    expect(sources.at(-1)).toEqual({ host: '(other)', visitors: 10 })
    expect(await db().query.selectFrom('visit_source').select('host').execute()).toHaveLength(1001)
  })
})
