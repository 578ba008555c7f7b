import type { MiddlewareHandler } from 'hono'
import { strikes, type Faulty } from './rules.ts'

/** Lets a processor's API be down or hang. Shape: the kind that a rule names is the path. */
export function apiFaults(on: Faulty, face: string): MiddlewareHandler {
  return async (c, next) => {
    const target = { face, kind: c.req.path }
    const hangsMs = strikes(on, 'apiHangs', target)
    if (hangsMs !== undefined) {
      await on.clock.wait(hangsMs)
      return c.json({ error: { message: 'The simulator plays a time-out.' } }, 504)
    }
    if (strikes(on, 'apiDown', target) !== undefined)
      return c.json({ error: { message: 'The simulator plays an outage.' } }, 503)
    return next()
  }
}
