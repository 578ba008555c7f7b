import { afterAll, beforeAll, expect, test } from 'vitest'
import { testEngine, type TestEngine } from '../../test/engine.ts'
import type { Database } from '../db/index.ts'
import { after, hashToken, instant, newId } from '../lib/index.ts'
import { dropEnded, linkPaths, mintLink, openLink, spendLink, type NewLink } from './links.ts'
import type { LinkKind, WebTables } from './tables.ts'

const now = instant('2026-11-22T10:00:00Z')
const later = after(now, 'PT2H')
const kinds = Object.keys(linkPaths) as LinkKind[]
let desk: TestEngine
let db: Database<WebTables>

beforeAll(async () => {
  desk = await testEngine()
  db = desk.engine.for<WebTables>()
})
afterAll(() => desk.close())

const mint = (link: Partial<NewLink> & { kind: LinkKind }): Promise<string> =>
  db.tx((tx) => mintLink(tx, { now, expiresAt: later, ...link }))

test('a link opens what it was made for', async () => {
  const [order, ada] = [newId<'order'>(now), newId<'person'>(now)]
  const token = await mint({ kind: 'privacy', order, persons: [ada] })
  expect(token).toMatch(/^[\w-]{22}$/)
  expect(await openLink(db.query, { kind: 'privacy', token, now })).toEqual({
    kind: 'privacy',
    order,
    staff: undefined,
    subject: undefined,
    persons: [ada],
    expiresAt: later,
  })
})

test('a link of one kind never opens another', async () => {
  for (const kind of kinds) {
    const token = await mint({ kind })
    const opened = await Promise.all(kinds.map((asked) => openLink(db.query, { kind: asked, token, now })))
    expect(opened.map((link) => link?.kind)).toEqual(kinds.map((asked) => (asked === kind ? kind : undefined)))
    const other = kinds.find((asked) => asked !== kind) as LinkKind
    expect(await db.tx((tx) => spendLink(tx, { kind: other, token, now }))).toBeUndefined()
  }
})

test('a link opens nothing once its time is over', async () => {
  const token = await mint({ kind: 'order', order: newId<'order'>(now) })
  expect(await openLink(db.query, { kind: 'order', token, now: later })).toBeUndefined()
  expect(await db.tx((tx) => spendLink(tx, { kind: 'order', token, now: later }))).toBeUndefined()
})

test('of several who spend a link at once, one gets it, and after that it is closed', async () => {
  const token = await mint({ kind: 'staff', staff: newId<'staff'>(now) })
  const spent = await Promise.all([1, 2, 3, 4].map(() => db.tx((tx) => spendLink(tx, { kind: 'staff', token, now }))))
  expect(spent.filter((link) => link !== undefined)).toHaveLength(1)
  expect(await openLink(db.query, { kind: 'staff', token, now })).toBeUndefined()
})

test('a forged, cut or strange token opens nothing', async () => {
  const token = await mint({ kind: 'order' })
  const forgeries = [
    '',
    token.slice(0, 21),
    `${token}A`,
    token.toLowerCase().toUpperCase(),
    "' or 1=1 --",
    '\u0000'.repeat(22),
    'A'.repeat(22),
  ].filter((forged) => forged !== token)
  const opened = await Promise.all(forgeries.map((forged) => openLink(db.query, { kind: 'order', token: forged, now })))
  expect(opened).toEqual(forgeries.map(() => undefined))
})

test('only the hash of a token is in the database', async () => {
  const token = await mint({ kind: 'return', token: 'derived-token-for-test' })
  const rows = await db.query.selectFrom('link').select('token_hash').execute()
  expect(rows.map((row) => Buffer.from(row.token_hash).toString('hex'))).toContain(hashToken(token).toString('hex'))
  expect(JSON.stringify(await db.query.selectFrom('link').selectAll().execute())).not.toContain(token)
})

test('links that ended are removed with the persons they opened', async () => {
  const token = await mint({ kind: 'privacy', persons: [newId<'person'>(now)] })
  await db.tx((tx) => dropEnded(tx, after(now, 'P1D')))
  expect(await db.query.selectFrom('link').selectAll().execute()).toEqual([])
  expect(await db.query.selectFrom('link_person').selectAll().execute()).toEqual([])
  expect(await openLink(db.query, { kind: 'privacy', token, now })).toBeUndefined()
})
