import type { Context, Hono } from 'hono'
import { matchedRoutes } from 'hono/route'

/** The pattern of the route that answered, never the path that was asked for: patterns hold no token and nothing that was typed. */
export function routeOf(c: Context): string {
  return matchedRoutes(c).findLast(({ method }) => method !== 'ALL')?.path ?? 'none'
}

/** The methods that a path does have. */
export function methodsOf(app: Hono, path: string): string[] {
  return ['GET', 'POST'].filter((method) =>
    app.router.match(method, path)[0].some(([[, route]]) => route.method === method),
  )
}
