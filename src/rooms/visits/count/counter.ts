import type { Context } from 'hono'
import { dayIn, earlier, errorCode, keyedHash, newId, word, type Id } from '../../../lib/index.ts'
import type { SeenVisit } from '../../../web/index.ts'
import type { CountContext, Counter } from '../context.ts'
import { addTally, closeDays } from '../queries.ts'
import { forgetAgents, judge, type Signal } from './judge.ts'
import { networkOf, sourceOf } from './network.ts'
import { addFiltered, addKnown, addView, emptyTally, type Apart, type Marks, type Tally } from './tally.ts'

/** The cookie of a visitor who asked not to be counted. */
export const UNCOUNTED = '__Host-avow-uncounted'

/** The cookie of a visitor who asked to be recognised. */
export const KNOWN = '__Host-avow-known'

const FLUSH_MS = 2000
const MOST_HITS = 5000
/** Another process may write down the last of a day a little after midnight; until then the day's marks stay. Its key does not. */
const GRACE_MS = 4000

type State = {
  readonly process: Id<'process'>
  sequence: number
  current: Tally
  apart: Apart
  readonly waiting: { readonly sequence: number; readonly tally: Tally }[]
  closed: string
}

/** Starts counting. Shape: `every` is how often the sums are written down, in milliseconds. */
export function openCounter(ctx: CountContext, every = FLUSH_MS): Counter {
  const state: State = {
    process: newId<'process'>(ctx.now()),
    sequence: 0,
    current: emptyTally(dayIn(ctx.timeZone, ctx.now())),
    apart: { routes: new Set(), sources: new Set() },
    waiting: [],
    closed: '',
  }
  let last: Promise<void> = Promise.resolve()
  const flush = (): Promise<void> => {
    const next = last.then(() => writeDown(ctx, state))
    last = next.catch(() => {})
    return next
  }
  const logged = (error: unknown): void => ctx.log('visits.failed', { because: word(errorCode(error)) })
  const timer = setInterval(() => void flush().catch(logged), every)
  timer.unref()
  return {
    flush,
    seen: (visit) => {
      try {
        count(ctx, state, visit)
        if (state.current.hits >= MOST_HITS) flush().catch(logged)
      } catch (error) {
        logged(error)
      }
    },
    chose: (value) => {
      const tally = today(ctx, state)
      const key = ctx.keys.dayKey(tally.day)
      if (key) addKnown(tally, mark(key, KNOWN, value), false)
      return flush()
    },
    stop: async () => {
      clearInterval(timer)
      await flush().catch(logged)
    },
  }
}

/** The sum of today; that of a day which is over is laid aside to be written down. */
function today(ctx: CountContext, state: State): Tally {
  const day = dayIn(ctx.timeZone, ctx.now())
  if (state.current.day === day) return state.current
  layAside(state, day)
  state.apart = { routes: new Set(), sources: new Set() }
  forgetAgents()
  return state.current
}

function layAside(state: State, day: string): void {
  const { current } = state
  if (current.hits + current.seen.size > 0) {
    state.sequence += 1
    state.waiting.push({ sequence: state.sequence, tally: current })
  }
  state.current = emptyTally(day)
}

function count(ctx: CountContext, state: State, { c, route, address }: SeenVisit): void {
  const header = (name: string): string | undefined => c.req.header(name)
  const { status, headers } = c.res
  const isPage = headers.get('content-type')?.startsWith('text/html') ?? false
  const chose = ctx.web.cookies.read(c, UNCOUNTED) !== undefined
  const judged = judge({ method: c.req.method, status, route, isPage, chose, header })
  if (judged.as === 'nothing') return
  const tally = today(ctx, state)
  if (judged.as === 'filtered') return addFiltered(tally, judged.reason)
  const page = pageOf(ctx, { c, route, status })
  const view = { route: page, source: sourceOf(header('referer'), ctx.web.baseUrl), signal: judged.signal }
  addView(tally, state.apart, { view, marks: marksOf(ctx, tally.day, { c, page, address, signal: judged.signal }) })
}

const MISSING = '(no such page)'
const PRODUCT = '/products/:id'

/** The name under which a page is counted: the pattern of its route, but for products, whose names are in the catalogue for everybody. */
function pageOf(ctx: CountContext, { c, route, status }: { c: Context; route: string; status: number }): string {
  if (status === 404) return MISSING
  const id = route === PRODUCT ? c.req.param('id') : undefined
  return id !== undefined && ctx.products.has(id) ? PRODUCT.replace(':id', id) : route
}

type Sent = { c: Context; page: string; address: () => string; signal: Signal | undefined }

/** The marks of whoever sent a request. With a signal nobody is told apart, so there are none. */
function marksOf(ctx: CountContext, day: string, { c, page, address, signal }: Sent): Marks | undefined {
  const key = signal ? undefined : ctx.keys.dayKey(day)
  if (!key) return undefined
  const from = [networkOf(address()), c.req.header('user-agent') ?? '']
  const value = ctx.web.cookies.read(c, KNOWN)
  return {
    visitor: mark(key, 'visitor', ...from),
    page: mark(key, 'page', page, ...from),
    known: value === undefined ? undefined : mark(key, KNOWN, value),
  }
}

function mark(key: Uint8Array, ...parts: readonly string[]): string {
  return keyedHash(key, ...parts).toString('latin1', 0, 8)
}

/** The key of a day that is over is destroyed first, visits or not; then what was counted is written down, and at last the marks of that day go. */
async function writeDown(ctx: CountContext, state: State): Promise<void> {
  const { day } = today(ctx, state)
  ctx.keys.dayKey(day)
  await ctx.keys.dayKept()
  layAside(state, day)
  for (let next = state.waiting[0]; next; next = state.waiting[0]) {
    const { sequence, tally } = next
    const at = ctx.now()
    await ctx.db.tx((tx) => addTally(tx, tally, { process: state.process, sequence, at }))
    state.waiting.shift()
  }
  const open = dayIn(ctx.timeZone, earlier(ctx.now(), GRACE_MS))
  if (state.closed === open) return
  await ctx.db.tx((tx) => closeDays(tx, open, ctx.now()))
  state.closed = open
}
