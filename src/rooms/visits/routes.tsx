import { Hono, type Context } from 'hono'
import { newToken } from '../../lib/index.ts'
import { formOf } from '../../web/index.ts'
import type { VisitsContext } from './context.ts'
import { CookiesPage } from './cookiesPage.tsx'
import { KNOWN, UNCOUNTED } from './count/counter.ts'
import { signalOf } from './count/judge.ts'
import { visitsDesk } from './deskPage.tsx'

/** The page about cookies with its choices, and the staff's page of visits. */
export function visitsRoutes(ctx: VisitsContext): Hono {
  const app = new Hono().get('/cookies', (c) => showCookies(ctx, c)).post('/cookies', (c) => choose(ctx, c))
  return ctx.counter ? app.get('/desk/visits', (c) => visitsDesk(ctx, c)) : app
}

function showCookies(ctx: VisitsContext, c: Context): Response | Promise<Response> {
  const has = (name: string): boolean => ctx.web.cookies.read(c, name) !== undefined
  const header = (name: string): string | undefined => c.req.header(name)
  return c.html(<CookiesPage ctx={ctx} uncounted={has(UNCOUNTED)} known={has(KNOWN)} signal={signalOf(header)} />)
}

/** A cookie that is there is not set anew, so that it ends when it was said to end. Who is not counted is not recognised either. */
async function choose(ctx: VisitsContext, c: Context): Promise<Response> {
  const { cookies } = ctx.web
  const set = (name: string): string | undefined => {
    if (cookies.read(c, name) !== undefined) return undefined
    const value = newToken() + newToken()
    cookies.set(c, name, value)
    return value
  }
  const drop = (name: string): void => {
    if (cookies.read(c, name) !== undefined) cookies.drop(c, name)
  }
  const { choice } = formOf(c)
  if (ctx.counter && choice === 'uncounted') {
    set(UNCOUNTED)
    drop(KNOWN)
  }
  if (ctx.counter && choice === 'known') {
    drop(UNCOUNTED)
    const value = set(KNOWN)
    if (value !== undefined && !signalOf((name) => c.req.header(name))) await ctx.counter.chose(value)
  }
  if (choice === 'counted') drop(UNCOUNTED)
  if (choice === 'unknown') drop(KNOWN)
  return c.redirect('/cookies', 303)
}
