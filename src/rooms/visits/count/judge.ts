import { isbot } from 'isbot'
import type { Reason } from '../tables.ts'

/** A request with its answer, as far as counting looks at it. Shape: `route` a pattern, `none` where no route was found. */
export type Asked = {
  readonly method: string
  readonly status: number
  readonly route: string
  readonly isPage: boolean
  readonly chose: boolean
  readonly header: (name: string) => string | undefined
}

/** What a request counts as. Shape: `signal` is the wish that the browser sent with it. */
export type Judged =
  | { readonly as: 'nothing' }
  | { readonly as: 'filtered'; readonly reason: Reason }
  | { readonly as: 'view'; readonly signal: Signal | undefined }

/** The two signals of a browser that are heeded: Global Privacy Control, and Do Not Track. */
export type Signal = 'gpc' | 'dnt'

/** The staff's own pages, what machines send and ask, and the parts of a page: none of it is a visit, nor worth a number. */
const OUTSIDE = /^\/(desk|s|in|api|assets)(\/|$)/

/** The answers that a person looks at: a page, one that the browser still had, one that is not there, a link that ended. */
const SEEN: ReadonlySet<number> = new Set([200, 304, 404, 410])

/**
 * Decides, once for every request, what it counts as. The first that fits holds: outside of the shop, somebody who asked not to be counted,
 * another method than GET, fetched ahead, fetched by a page, a robot, an answer that is no page; all else is a page view.
 */
export function judge(asked: Asked): Judged {
  if (OUTSIDE.test(asked.route) || asked.chose) return { as: 'nothing' }
  const reason = reasonAgainst(asked)
  return reason ? { as: 'filtered', reason } : { as: 'view', signal: signalOf(asked.header) }
}

function reasonAgainst({ method, status, isPage, header }: Asked): Reason | undefined {
  if (method !== 'GET') return 'method'
  if (isAhead(header)) return 'prefetch'
  const destination = header('sec-fetch-dest')
  if (destination !== undefined && destination !== 'document') return 'background'
  if (isRobot(header('user-agent') ?? '')) return 'robot'
  return isPage && SEEN.has(status) ? undefined : 'noPage'
}

function isAhead(header: Asked['header']): boolean {
  const said = `${header('sec-purpose') ?? ''} ${header('purpose') ?? ''} ${header('x-purpose') ?? ''} ${header('x-moz') ?? ''}`
  return /prefetch|prerender|preview/i.test(said)
}

/** The wish that a browser sends along, if any. Source: Global Privacy Control, `Sec-GPC: 1`; Tracking Preference Expression, `DNT: 1`. */
export function signalOf(header: Asked['header']): Signal | undefined {
  if (header('sec-gpc') === '1') return 'gpc'
  return header('dnt') === '1' ? 'dnt' : undefined
}

const LONGEST = 512
const MOST_KNOWN = 500
const known = new Map<string, boolean>()

/** A browser always names itself, and never at such a length. What was judged is remembered, but not for long. */
function isRobot(agent: string): boolean {
  if (agent === '' || agent.length > LONGEST) return true
  const before = known.get(agent)
  if (before !== undefined) return before
  if (known.size >= MOST_KNOWN) known.clear()
  const robot = isbot(agent)
  known.set(agent, robot)
  return robot
}

/** Forgets the browsers that were judged, with the day's key. */
export function forgetAgents(): void {
  known.clear()
}
