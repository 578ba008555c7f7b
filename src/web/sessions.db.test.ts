import { Hono } from 'hono'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testEngine, type TestEngine } from '../../test/engine.ts'
import { testWeb } from '../../test/web.ts'
import type { Database } from '../db/index.ts'
import { hashToken, instant, movableClock } from '../lib/index.ts'
import {
  addStaff,
  findStaff,
  keepSession,
  signedIn,
  signOut,
  staffLeaves,
  startSession,
  type Staff,
} from './sessions.ts'
import type { WebTables } from './tables.ts'

let desk: TestEngine
let db: Database<WebTables>
beforeAll(async () => {
  desk = await testEngine()
  db = desk.engine.for<WebTables>()
})
afterAll(() => desk.close())

async function signIn(label: string) {
  const { now, advance } = movableClock(instant('2026-11-22T10:00:00Z'))
  const ctx = { db, now, web: testWeb() }
  const staff = (await db.tx((tx) => addStaff(tx, { label, role: 'desk', now: now() }))) as Staff
  const value = await db.tx((tx) => startSession(tx, ctx.web, { staff: staff.id, now: now() }))
  const app = new Hono()
    .get('/', async (c) => c.text((await signedIn(ctx, c))?.label ?? 'nobody'))
    .get('/in', (c) => (keepSession(ctx, c, value), c.text('')))
    .post('/out', async (c) => (await signOut(ctx, c), c.text('')))
  const cookie = ((await app.request('/in')).headers.get('set-cookie') ?? '').split(';')[0] ?? ''
  const who = async (shown = cookie) => (await app.request('/', { headers: { cookie: shown } })).text()
  return { staff, value, app, cookie, who, now, advance }
}

test('a signed-in member of staff is known by the cookie, and nobody without it', async () => {
  const { who, value } = await signIn('sam')
  expect(await who()).toBe('sam')
  expect([await who(''), await who(`__Host-avow-staff=${'A'.repeat(44)}`)]).toEqual(['nobody', 'nobody'])
  const rows = await db.query.selectFrom('staff_session').select('session_hash').execute()
  expect(rows.map((row) => Buffer.from(row.session_hash).toString('hex'))).toEqual([hashToken(value).toString('hex')])
})

test('a session ends after twelve hours', async () => {
  const { who, advance } = await signIn('sam-2')
  advance(43_200_000)
  expect(await who()).toBe('nobody')
})

test('signing out ends the session, also for a copy of the cookie', async () => {
  const { app, cookie, who } = await signIn('sam-3')
  const out = await app.request('/out', { method: 'POST', headers: { cookie } })
  expect(out.headers.get('set-cookie')).toContain('Max-Age=0')
  expect(await who()).toBe('nobody')
})

test('whoever leaves the desk is signed out everywhere and cannot be found any more', async () => {
  const { staff, who, now } = await signIn('sam-4')
  await db.tx((tx) => staffLeaves(tx, { id: staff.id, now: now() }))
  expect([await who(), await findStaff(db.query, 'sam-4')]).toEqual(['nobody', undefined])
})

test('adding the same label twice gives the same member of staff', async () => {
  const [first, second] = [await signIn('sam-5'), await signIn('sam-5')]
  expect(first.staff.id).toBe(second.staff.id)
})
