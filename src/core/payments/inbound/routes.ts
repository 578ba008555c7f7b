import { Hono, type Context } from 'hono'
import type { Adapter, Endpoint, Reply } from '../adapter.ts'
import type { PaymentContext } from '../context.ts'
import { receive } from './receive.ts'

/** Where processors send their messages. Each proves itself by signature or secret address, so no form's guard stands before it. */
export function inboundRoutes(ctx: PaymentContext): Hono {
  const app = new Hono()
  for (const { facts, published } of ctx.processors.all)
    if (published)
      app.get(`/in/${facts.id}${published.path}`, (c) =>
        c.body(published.read(), 200, { 'content-type': 'application/json', 'cache-control': 'no-store' }),
      )
  for (const adapter of ctx.processors.all)
    for (const endpoint of adapter.endpoints)
      app.on(endpoint.method, `/in/${adapter.facts.id}${endpoint.path}`, (c) => take(ctx, c, { adapter, endpoint }))
  return app
}

/** The beginnings of those addresses, for the guard of forms. */
export function inboundPaths(ctx: Pick<PaymentContext, 'processors'>): string[] {
  return ctx.processors.all.flatMap(({ facts }) => [`/in/${facts.id}`, `/in/${facts.id}/*`])
}

type At = { readonly adapter: Adapter; readonly endpoint: Endpoint }

async function take(ctx: PaymentContext, c: Context, { adapter, endpoint }: At): Promise<Response> {
  const body = endpoint.method === 'GET' ? queryOf(c) : new Uint8Array(await c.req.arrayBuffer())
  if (body.length > endpoint.most) return c.body(null, 413)
  const secret = c.req.param('secret')
  const { status, text, type }: Reply = await receive(ctx, adapter, {
    endpoint: endpoint.name,
    body,
    headers: c.req.header(),
    ...(secret !== undefined && { secret }),
  })
  return c.body(text, status, { 'content-type': type ?? 'text/plain; charset=utf-8' })
}

/** The bytes after the question mark, as they came. */
function queryOf(c: Context): Uint8Array {
  const at = c.req.url.indexOf('?')
  return Buffer.from(at < 0 ? '' : c.req.url.slice(at + 1), 'latin1')
}
