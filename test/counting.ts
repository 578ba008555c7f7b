import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest'
import type { Database } from '../src/db/index.ts'
import { instant } from '../src/lib/index.ts'
import type { Counter } from '../src/rooms/visits/context.ts'
import { openCounter } from '../src/rooms/visits/count/counter.ts'
import { daysOf, filteredOf, pagesOf, totalsOf } from '../src/rooms/visits/queries.ts'
import type { VisitTables } from '../src/rooms/visits/tables.ts'
import { openFileKeys, type KeyStore } from '../src/vault/index.ts'
import { testEngine, type TestEngine } from './engine.ts'
import { testShell } from './web.ts'

/** What browsers call themselves. */
export const CHROME =
  'Mozilla/5.0 (X11; Linux x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36'

/** Every day that there is. */
export const everything = { first: '2000-01-01', last: '2100-01-01' }

const NEVER = 100_000_000

let at: TestEngine
let keys: KeyStore
let db: Database<VisitTables>
let round = 0
const counters: Counter[] = []
const folder = (): string => join(at.dir, `keys${round}`)

/** The time, which a test may set. */
export const clock = { now: instant('2026-10-24T08:00:00Z') }

/** Opens one database for the file, and for each test a key folder and empty sums; the time is that of a Saturday morning in Gent. */
export function standForCounting() {
  beforeAll(async () => {
    at = await testEngine()
    db = at.engine.for<VisitTables>()
  })
  afterAll(() => at.close())
  beforeEach(async () => {
    round += 1
    clock.now = instant('2026-10-24T08:00:00Z')
    keys = await openFileKeys(folder(), () => clock.now)
  })
  afterEach(async () => {
    for (const counter of counters.splice(0)) await counter.stop()
    await keys.close()
    const tables = ['day', 'page', 'source', 'filtered', 'seen', 'flush']
    await at.engine.asOwner((ask) => ask(tables.map((name) => `delete from visit_${name}`).join('; ')))
  })
  return { at: () => at, db: () => db, folder, startProcess, restart, killAll, days, totals, pages, filtered, marks }
}

/** What a browser asks for. Shape: `from` is named by a proxy of the vendor. */
export type Request = {
  path: string
  from?: string
  agent?: string | undefined
  method?: string
  headers?: Record<string, string>
}
type Process = { counter: Counter; ask: (request: Request) => Promise<number>; lines: unknown[] }

/** One process that serves pages and counts them. Its sums are written down only when a test says so. */
function startProcess(over = db, trustedProxies = 1): Process {
  let counter: Counter | undefined
  const { app, web, lines } = testShell({
    now: () => clock.now,
    trustedProxies,
    seen: (visit) => counter?.seen(visit),
  })
  counter = openCounter(
    {
      db: over,
      keys,
      web,
      now: () => clock.now,
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

/** Every process is killed: none of them stops, so the last sum of each is never written. */
async function killAll(): Promise<Process> {
  counters.splice(0)
  return restart()
}

async function restart(): Promise<Process> {
  for (const counter of counters.splice(0)) await counter.stop()
  await keys.close()
  keys = await openFileKeys(folder(), () => clock.now)
  return startProcess()
}

const days = () => daysOf(db.query, everything)
const totals = () => totalsOf(db.query, everything)
const pages = async () => Object.fromEntries((await pagesOf(db.query, everything)).map((row) => [row.route, row.views]))
const filtered = async () =>
  Object.fromEntries((await filteredOf(db.query, everything)).map((row) => [row.reason, row.requests]))
const marks = () => at.engine.asOwner((ask) => ask(`select to_char(day, 'YYYY-MM-DD') as day, seen from visit_seen`))
