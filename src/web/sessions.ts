import type { Context } from 'hono'
import type { Database, Query, Tx } from '../db/index.ts'
import { hashToken, later, newId, newToken, type Id, type Now } from '../lib/index.ts'
import {
  deleteSession,
  insertSession,
  isLongerSession,
  insertStaff,
  markLeft,
  staffByLabel,
  staffOfSession,
} from './queries.ts'
import type { StaffRole, WebTables } from './tables.ts'
import type { Web } from './web.ts'

/** A member of staff. Shape: `label` is chosen by the vendor, lower case, for instance `desk-2`; no name is kept. */
export type Staff = { readonly id: Id<'staff'>; readonly label: string; readonly role: StaffRole }

/** The one cookie of this program; the policy's register says what it is for. */
export const STAFF_COOKIE = '__Host-avow-staff'

/** What sessions stand on. */
export type SessionContext = { readonly db: Database<WebTables>; readonly web: Web; readonly now: Now }

/** Adds a member of staff, or finds the one that has this label already. */
export async function addStaff(
  tx: Tx<WebTables>,
  staff: { label: string; role: StaffRole; now: Date },
): Promise<Staff | undefined> {
  await insertStaff(tx, { id: newId<'staff'>(staff.now), label: staff.label, role: staff.role, at: staff.now })
  return findStaff(tx, staff.label)
}

/** The member of staff with this label who has not left. */
export async function findStaff(db: Query<WebTables>, label: string): Promise<Staff | undefined> {
  return (await staffByLabel(db, label)) as Staff | undefined
}

/** Marks a member of staff as gone; every session of theirs ends at once. */
export function staffLeaves(tx: Tx<WebTables>, staff: { id: Id<'staff'>; now: Date }): Promise<void> {
  return markLeft(tx, { id: staff.id, at: staff.now })
}

/** Starts a session in the caller's transaction. Shape: the value for the cookie, 256 random bits; only its hash is stored. */
export async function startSession(
  tx: Tx<WebTables>,
  web: Web,
  { staff, now }: { staff: Id<'staff'>; now: Date },
): Promise<string> {
  const value = newToken() + newToken()
  await insertSession(tx, {
    hash: hashToken(value),
    staffId: staff,
    at: now,
    expiresAt: later(now, web.cookies.secondsOf(STAFF_COOKIE) * 1000),
  })
  return value
}

/** Gives the browser the value of a session that was started. */
export function keepSession(ctx: { readonly web: Web }, c: Context, value: string): void {
  ctx.web.cookies.set(c, STAFF_COOKIE, value)
}

/** Who is signed in, if anybody. */
export async function signedIn(ctx: SessionContext, c: Context): Promise<Staff | undefined> {
  const value = ctx.web.cookies.read(c, STAFF_COOKIE)
  if (value === undefined) return undefined
  return (await staffOfSession(ctx.db.query, { hash: hashToken(value), at: ctx.now() })) as Staff | undefined
}

/** Whether any session lasts longer than the register says of its cookie: for the promises page. */
export function outlastsRegister(ctx: Pick<SessionContext, 'db' | 'web'>): Promise<boolean> {
  return isLongerSession(ctx.db.query, ctx.web.cookies.secondsOf(STAFF_COOKIE))
}

/** Ends the session of this browser and takes its cookie back. */
export async function signOut(ctx: SessionContext, c: Context): Promise<void> {
  const value = ctx.web.cookies.read(c, STAFF_COOKIE)
  if (value !== undefined) await ctx.db.tx((tx) => deleteSession(tx, hashToken(value)))
  ctx.web.cookies.drop(c, STAFF_COOKIE)
}
