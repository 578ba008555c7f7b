import type { Context } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { ACTION_FIELD } from '../action.ts'
import { STAFF_COOKIE } from '../sessions.ts'
import type { Web } from '../web.ts'
import { en } from '../words.ts'
import { addressOf } from './address.ts'
import { readForm } from './form.ts'
import { isListed, maySend } from './guard.ts'
import { refuse } from './refusals.tsx'

const BODY_CAP = 2 * 1024 * 1024
/** Where a scan may come along, and somebody who is signed in sends it: 20 MB, and room for what stands around it. */
const FILES_CAP = 21 * 1024 * 1024

type AdmitContext = {
  readonly web: Web
  readonly inbound: readonly string[]
  readonly files?: readonly string[] | undefined
  readonly isStaff?: ((c: Context) => Promise<boolean>) | undefined
  readonly trustedProxies: number
}

/** Decides whether a request may reach a route at all: the refusal, or undefined when it may. */
export async function admit(ctx: AdmitContext, c: Context): Promise<Response | undefined> {
  if (!isAskedHere(ctx.web.baseUrl, c)) return c.text(en.wrongHost(ctx.web.baseUrl), 421)
  // No page has such an address, and a database refuses a text that holds a NUL.
  if (c.req.url.includes('%00')) return refuse(c, ctx.web, 400)
  if (c.req.method === 'GET' || c.req.method === 'HEAD') return undefined
  if (c.req.method !== 'POST') return refuseMethod(ctx.web, c)
  const withFiles = await takesFiles(ctx, c)
  if (await isTooLarge(c, withFiles ? FILES_CAP : BODY_CAP)) return refuse(c, ctx.web, 413)
  return isListed(ctx.inbound, c.req.path) ? undefined : admitForm(ctx, c, withFiles)
}

/** Only the host of `baseUrl` is served, so that a name which somebody else points here shows nothing. */
function isAskedHere(baseUrl: string, c: Context): boolean {
  const host = baseUrl.slice(baseUrl.indexOf('://') + 3)
  const { url } = c.req
  const start = url.indexOf('://') + 3
  const named = c.req.header('host')
  return (
    url.startsWith(host, start) &&
    url[start + host.length] === '/' &&
    (named === undefined || named.toLowerCase() === host)
  )
}

function refuseMethod(web: Web, c: Context): Promise<Response> {
  c.header('Allow', 'GET, HEAD, POST')
  return refuse(c, web, 405)
}

/** The session is looked up before anything of the file is read, so that a stranger's cookie buys nothing. */
async function takesFiles(ctx: AdmitContext, c: Context): Promise<boolean> {
  return isListed(ctx.files ?? [], c.req.path) && (await ctx.isStaff?.(c)) === true
}

async function isTooLarge(c: Context, cap: number): Promise<boolean> {
  const length = c.req.header('content-length')
  // A declared length is enforced by the server underneath; only a body of unknown length has to be counted.
  if (length !== undefined && c.req.header('transfer-encoding') === undefined) return Number(length) > cap
  let over = false
  const count = bodyLimit({ maxSize: cap, onError: () => ((over = true), new Response()) })
  await count(c, async () => {})
  return over
}

async function admitForm(ctx: AdmitContext, c: Context, withFiles: boolean): Promise<Response | undefined> {
  if (!ctx.web.limits.take('forms', addressOf(c, ctx.trustedProxies))) {
    c.header('Retry-After', '60')
    return refuse(c, ctx.web, 429)
  }
  const read = await readForm(c, withFiles)
  if (!read.ok) return refuse(c, ctx.web, read.status)
  c.set('form', read.form)
  c.set('files', read.files)
  const sender = {
    site: c.req.header('sec-fetch-site'),
    origin: c.req.header('origin'),
    action: ctx.web.action.check(c.req.path, read.form[ACTION_FIELD]),
    signedIn: ctx.web.cookies.read(c, STAFF_COOKIE) !== undefined,
  }
  return maySend(ctx.web.baseUrl, sender) ? undefined : refuse(c, ctx.web, 403)
}
