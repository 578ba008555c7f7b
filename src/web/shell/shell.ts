import { Hono, type Context, type MiddlewareHandler } from 'hono'
import { errorCode, word, type Log, type Now } from '../../lib/index.ts'
import type { Web } from '../web.ts'
import { addressOf } from './address.ts'
import { admit } from './admit.ts'
import { dress, fixedHeaders, setsForeignCookie } from './headers.ts'
import { refuse } from './refusals.tsx'
import { methodsOf, routeOf } from './routes.ts'

/**
 * What the shell is given. Shape: `inbound` lists the paths that other machines send to and that prove themselves otherwise (a signature, a secret
 * path, a capability): whole paths, or beginnings ending with `*`; `trustedProxies` counts the vendor's own servers in front that name the sender.
 */
export type ShellContext = {
  readonly web: Web
  readonly now: Now
  readonly log: Log
  readonly inbound: readonly string[]
  readonly trustedProxies: number
  /** The paths to which staff may send files. */
  readonly files?: readonly string[] | undefined
  /** Whether a request comes from somebody who is signed in at the desk. */
  readonly isStaff?: ((c: Context) => Promise<boolean>) | undefined
  /** Is told of every answer, by the route that gave it. */
  readonly seen?: ((visit: SeenVisit) => void) | undefined
}

/** One answered request. Shape: `route` is a pattern, never the path that was asked for; `address` as in `addressOf`. */
export type SeenVisit = { readonly c: Context; readonly route: string; readonly address: () => string }

/** The empty app that every route is mounted on: it decides who may ask at all, dresses every answer, and logs it by its pattern only. */
export function shell(ctx: ShellContext): Hono {
  const app = new Hono()
  const fixed = fixedHeaders(ctx.web.baseUrl.startsWith('https:'))
  app.use(async (c, next) => {
    const started = ctx.now().getTime()
    const refused = await admit(ctx, c)
    if (refused) c.res = refused
    else await next()
    if (setsForeignCookie(c, ctx.web.cookies)) await withdraw(ctx, c)
    dress(c, fixed)
    const route = routeOf(c)
    ctx.log('request', { route: word(route), status: c.res.status, ms: ctx.now().getTime() - started })
    ctx.seen?.({ c, route, address: () => addressOf(c, ctx.trustedProxies) })
  })
  app.get('/assets/:file', (c) => ctx.web.assets.serve(c, c.req.param('file')) ?? refuse(c, ctx.web, 404))
  app.notFound((c) => notFound(ctx, app, c))
  app.onError((error, c) => {
    ctx.log('broken', { route: word(routeOf(c)), code: word(errorCode(error)) })
    return refuse(c, ctx.web, 500)
  })
  return app
}

async function withdraw(ctx: ShellContext, c: Context): Promise<void> {
  ctx.log('broken', { route: word(routeOf(c)), code: word('cookie-not-registered') })
  c.res = await refuse(c, ctx.web, 500)
  c.res.headers.delete('Set-Cookie')
}

function notFound(ctx: ShellContext, app: Hono, c: Context): Promise<Response> {
  const methods = methodsOf(app, c.req.path)
  if (methods.length === 0) return refuse(c, ctx.web, 404)
  c.header('Allow', methods.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method])).join(', '))
  return refuse(c, ctx.web, 405)
}

/** Limits how often one sender may use a route, by the group's rate. */
export function limited(ctx: Pick<ShellContext, 'web' | 'trustedProxies'>, group: string): MiddlewareHandler {
  return async (c, next) => {
    if (!ctx.web.limits.take(group, addressOf(c, ctx.trustedProxies))) return tooOften(c, ctx.web)
    return next()
  }
}

/** Answers that this was too often; for rooms that count by something other than the sender's address. */
export function tooOften(c: Context, web: Web): Promise<Response> {
  c.header('Retry-After', '60')
  return refuse(c, web, 429)
}
