import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { isSearchDue } from '../../src/core/cards/index.ts'
import { ada, openShop, type Shop } from '../openShop.ts'
import { until } from '../program.ts'
import { sealedShop, type SealedShop } from '../sealedOrders.ts'

let shop: Shop
let sealed: SealedShop
let planted: string
beforeAll(async () => {
  shop = await openShop({}, (dir) => ({ folders: [dir] }), ['sealed'])
  sealed = sealedShop(shop)
  planted = join(shop.at.dir, 'planted')
})
afterAll(() => shop.close())

type Scan = { readonly found: number; readonly missed: number; readonly files: number; readonly tables: number }

const scans = async (): Promise<Scan[]> => (await shop.rows('select * from leak_search order by sequence')) as Scan[]

/** Starts the program anew, as every night does a search, and waits for its result. */
async function searched(): Promise<Scan | undefined> {
  const before = (await scans()).length
  await shop.restart()
  await until('the search is over', async () => (await scans()).length > before)
  return (await scans()).at(-1)
}

/** What a visitor reads about the promise. */
async function promise(): Promise<string> {
  await shop.advance('PT1M')
  const html = await (await shop.ask('/promises')).text()
  return (/<li id="card-deleted">([\s\S]*?)<\/li>/.exec(html)?.[1] ?? '').replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')
}

async function tasks(): Promise<string> {
  return (await (await (await shop.staff())('/desk')).text()).replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')
}

function put(name: string, content: string | Uint8Array): void {
  mkdirSync(planted, { recursive: true })
  writeFileSync(join(planted, name), content)
}

const number = '4000056655665556'
const grouped = '4000 0566 5566 5556'

/** A card in a table of the app that nobody should ever have written there. */
async function plantInTable(kind: string): Promise<void> {
  const text = `${'lorem ipsum '.repeat(400)} ${grouped}`
  await shop.rows(`insert into task (about, kind, ref, made_at, done_at) values ($1, $2, $3, now(), now())`, [
    'test',
    kind,
    text,
  ])
}

test('after a purchase the search of everything finds no card number, and the promise says when it looked', async () => {
  await shop.buy(ada, { product: 'letterpress', card: '4000 0566 5566 5556' })
  const scan = await searched()
  expect(scan).toMatchObject({ found: 0, missed: 0 })
  expect(scan?.files).toBeGreaterThan(5)
  expect(scan?.tables).toBeGreaterThan(20)
  expect(await promise()).toMatch(
    /The last search, \d.*, looked at \d+ files and .* \d+ tables .*found no card number\./,
  )
  expect(await promise()).not.toContain('does not hold')
})

test('a card number in any spelling is found; staff learn where, nobody reads a digit, and the promise does not hold until it is gone', async () => {
  put('app.log', `paid ${number}\n`)
  put('old.log.gz', gzipSync(`paid ${grouped}\n`))
  put('export.csv', Buffer.from(`card;${grouped}`, 'utf16le'))
  put('trace.txt', `GET /pay?card=${grouped.replaceAll(' ', '%20')}`)
  put('mail.eml', Buffer.from(`My card is ${grouped}, thanks`).toString('base64'))
  await plantInTable('planted')
  expect((await searched())?.found).toBeGreaterThanOrEqual(6)
  const page = await tasks()
  for (const name of [
    'app.log, byte 5',
    'old.log.gz, in what is packed at byte 0',
    'export.csv',
    'trace.txt',
    'mail.eml',
    'table task, row (',
  ])
    expect(page).toContain(name)
  expect(await promise()).toMatch(/found a card number.*does not hold/)
  const told = [
    page,
    await promise(),
    JSON.stringify(await shop.rows('select * from leak_search')),
    ...shop.lines,
  ].join('\n')
  expect(told).not.toMatch(/4000.?0566|5566.?5556|56655665/)

  rmSync(planted, { recursive: true })
  await shop.rows(`delete from task where about = 'test'`)
  await clearOfTraces()
  expect(await searched()).toMatchObject({ found: 0, missed: 0 })
  expect(await promise()).not.toContain('does not hold')
})

/** What was deleted stays in the files of the built-in database until its blocks and its log are used again. */
async function clearOfTraces(): Promise<void> {
  await shop.rows('vacuum full task')
  for (let turn = 0; turn < 3 && shop.at.source.kind === 'pglite'; turn += 1) {
    await shop.rows('select pg_switch_wal()')
    await shop.rows('checkpoint')
  }
}

test('what could not be looked at is no good sign: staff are told, and the promise does not hold', async () => {
  put('locked.zip', Buffer.from('504b0304140001000800000000000000000000000000000000000100000061', 'hex'))
  expect(await searched()).toMatchObject({ found: 0, missed: 1 })
  expect(await tasks()).toMatch(/could not look at this.*locked\.zip: an archive with a password/)
  expect(await promise()).toMatch(/could not look at everything.*does not hold/)
  rmSync(planted, { recursive: true })
  await searched()
})

test('there is one search a night, and the promise does not hold when there was none for two', async () => {
  const ctx = { db: shop.at.engine.for<never>(), now: shop.now, timeZone: 'Europe/Brussels' }
  expect(await isSearchDue(ctx)).toBe(false)
  await shop.advance('P1D')
  expect(await isSearchDue(ctx)).toBe(true)
  expect(await promise()).not.toContain('does not hold')
  await shop.advance('P2D')
  expect(await promise()).toMatch(/There should be one every night\..*does not hold/)
  await searched()
  expect(await promise()).not.toContain('does not hold')
})

test('a first search that does not come to its end is no good sign after an hour', async () => {
  await searched()
  await shop.rows('delete from leak_search')
  expect(await promise()).toMatch(/No search was made yet\.(?!.*does not hold)/)
  await shop.advance('PT1H')
  expect(await promise()).toMatch(/No search was made yet\..*does not hold/)
  await searched()
  expect(await promise()).not.toContain('does not hold')
})

test('a sealed card part is awaited while its order is open, and the promise does not hold when its receipt is missing', async () => {
  expect(await promise()).toContain('No sealed card part has come yet.')
  const order = await sealed.begin()
  await sealed.plays(order, 'received')
  const receipted =
    /Every sealed card part that came has the receipt of its end, or its order is not over\.(?!.*does not hold)/
  expect(await sealed.receipts(order)).toMatchObject([{ how: null }])
  expect(await promise()).toMatch(receipted)
  await sealed.plays(order, 'completed')
  expect(await sealed.receipts(order)).toMatchObject([{ how: 'completed' }])
  expect(await promise()).toMatch(receipted)

  const missing = /found no card number\. An order was found that is over and has no receipt.*does not hold/
  const ofIt = `from envelope_receipt where order_ref = '${order.order}'`
  await shop.rows(`create table kept_receipt as select * ${ofIt}`)
  await shop.rows('update envelope_receipt set destroyed_at = null, how = null, code_version = null')
  expect(await promise()).toMatch(missing)
  await shop.rows(`delete ${ofIt}`)
  expect(await promise()).toMatch(missing)
  await shop.rows('insert into envelope_receipt select * from kept_receipt')
  expect(await promise()).toMatch(receipted)
  await shop.rows('drop table kept_receipt')
})

test('a card part that is held too long turns the promise, although its order is open', async () => {
  const order = await sealed.begin()
  await shop.rows(
    `insert into envelope_receipt (digest, order_ref, kid, received_at) values (sha256('late'), $1, 'kid', $2)`,
    [order.order, new Date(shop.now().getTime() - 17 * 60_000)],
  )
  expect(await promise()).toMatch(/or one that is held too long\..*does not hold/)
})
