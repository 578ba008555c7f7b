import { createHmac } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { everyRow } from '../asApp.ts'
import { ada, adaOnline, openShop, type Shop } from '../openShop.ts'
import { until } from '../program.ts'
import { heldIn } from '../spellings.ts'
import { textOf, walker } from '../walker.ts'

const AGENT = 'Mozilla/5.0 (X11; Linux x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36'

let shop: Shop
beforeEach(async () => {
  shop = await openShop()
})
afterEach(() => shop.close())

/** One visitor with a browser, over a real connection. */
const browse = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(new URL(path, shop.baseUrl), { headers: { 'user-agent': AGENT, ...headers } })

const sum = async (): Promise<Record<string, unknown>> =>
  (await shop.rows('select sum(views)::integer as views, sum(visitors)::integer as visitors from visit_day'))[0] ?? {}

/** Waits for what the program does every two seconds by itself. */
const written = (views: number): Promise<void> =>
  until('the views are written down', async () => (await sum())['views'] === views)

async function visitRows(): Promise<string> {
  const rows = [...(await everyRow(shop))].filter(([table]) => table.startsWith('public.visit_'))
  expect(rows.length).toBe(6)
  return rows.map(([, text]) => text).join('\n')
}

test('a whole purchase and a look at one’s own data are counted by patterns: no address, no secret, no number of an order', async () => {
  const paths: string[] = []
  const walk = walker((url, init) => {
    paths.push(new URL(url).pathname)
    return shop.ask(url, {
      ...init,
      headers: { ...Object.fromEntries(new Headers(init?.headers)), 'user-agent': AGENT },
    })
  })
  await walk.submit(await shop.orderForm(walk, 'tally'), adaOnline, { button: /^Pay/ })
  await shop.held(ada.email, walk)
  await shop.restart()
  const rows = await visitRows()
  const secrets = paths.flatMap((path) => path.match(/[A-Za-z0-9_-]{22,}/g) ?? [])
  expect(secrets.length).toBeGreaterThan(2)
  const numbers = (await shop.rows('select number from order_number')).map((row) => String(row['number']))
  expect(
    heldIn(rows, [...Object.values(ada).filter((value) => value !== 'BE'), AGENT, ...secrets, ...numbers]),
  ).toEqual([])
  const routes = (await shop.rows('select route from visit_page order by 1')).map((row) => String(row['route']))
  const patterns = new Set(shop.desk().app.routes.map(({ path }) => path))
  expect(routes).toContain('/products/tally')
  expect(routes).toContain('/p/open/:token')
  expect(routes.filter((route) => !patterns.has(route) && route !== '/products/tally')).toEqual([])
})

test('whoever has the database and the key folder can tell a visitor by address and browser on the day, and never afterwards', async () => {
  const folder = join(shop.at.dir, 'keys')
  const part = (text: string): string => `${Buffer.byteLength(text)}:${text}`
  // This shop is asked without a socket, so the network of its visitors is the empty one.
  const confirmed = async (): Promise<boolean> => {
    const files = readdirSync(folder)
      .filter((name) => !name.endsWith('.sock'))
      .map((name) => readFileSync(join(folder, name)))
    const rows = await visitRows()
    return files.some((file) =>
      Array.from({ length: Math.max(0, file.length - 31) }, (_, start) => file.subarray(start, start + 32)).some(
        (key) =>
          rows.includes(
            createHmac('sha256', key)
              .update(part('visitor') + part('') + part(AGENT))
              .digest('hex')
              .slice(0, 16),
          ),
      ),
    )
  }
  await browse('/')
  await written(1)
  expect(await confirmed()).toBe(true)
  await shop.advance('P1D')
  await until('the day is closed', async () => !/\d{4}-\d\d-\d\d,\\?"?\\\\x/.test(await visitRows()))
  expect(await confirmed()).toBe(false)
})

test('the staff see how many came, what they read and where they came from', async () => {
  await browse('/', { referer: 'https://search.example/?q=ada' })
  await browse('/products/tally')
  await browse('/products/tally', { 'sec-gpc': '1' })
  await written(3)
  const desk = await shop.staff()
  const page = textOf({ html: await (await desk('/desk/visits')).text() } as Parameters<typeof textOf>[0])
  expect(page).toMatch(/Visits/)
  expect(page).toMatch(/\/products\/tally 2 1/)
  // One visitor from a place may be one person's own place: it has no name here.
  expect(page).toMatch(/\(other\) 1/)
  expect(page).not.toContain('search.example')
  for (const days of ['90', '365', '7', 'x', '30']) expect((await desk(`/desk/visits?days=${days}`)).status).toBe(200)
  expect((await shop.ask('/desk/visits')).status).toBe(401)
})

test('the promises page shows that it holds, and says so when a mark of a former day is left or a page is more than its pattern', async () => {
  await browse('/')
  const row = async (): Promise<string> => {
    const html = await (await shop.ask('/promises')).text()
    return textOf({ html: /<li id="visits-counted">[\s\S]*?<\/li>/.exec(html)?.[0] ?? '' } as Parameters<
      typeof textOf
    >[0])
  }
  expect(await row()).toMatch(/No mark of a former day is left/)
  for (const [plant, take] of [
    [
      `insert into visit_seen values (date '2026-01-01', '\\x0102030405060708')`,
      "delete from visit_seen where day < date '2026-02-01'",
    ],
    [
      `insert into visit_page values (current_date, '/p/AAAAAAAAAAAAAAAAAAAAAA')`,
      `delete from visit_page where route like '/p/A%'`,
    ],
  ] as const) {
    await shop.rows(plant)
    await shop.advance('PT2M')
    expect(await row()).toMatch(/was found/)
    await shop.rows(take)
  }
  await shop.advance('PT2M')
  expect(await row()).toMatch(/No mark of a former day is left/)
})

test('a vendor may switch counting off: then nothing is counted, no choice is offered, and no cookie for it can be set', async () => {
  await shop.restart({ purposes: { statistics: { off: true } } })
  await browse('/')
  await browse('/cookies')
  const page = await shop.walk().get(`${shop.baseUrl}/cookies`)
  expect(textOf(page)).toMatch(/This shop does not count visits/)
  expect(page.html).not.toMatch(/<form[^>]*action="\/cookies"|uncounted/)
  const headers = { origin: shop.baseUrl }
  const choice = await shop.ask('/cookies', { method: 'POST', headers, body: new URLSearchParams({ choice: 'known' }) })
  expect([choice.status, choice.headers.getSetCookie()]).toEqual([303, []])
  const desk = await shop.staff()
  expect((await desk('/desk/visits')).status).toBe(404)
  await shop.restart()
  expect(await visitRows()).not.toMatch(/\d/)
})
