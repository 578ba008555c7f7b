import type { Context } from 'hono'
import type { SimState } from '../state.ts'
import { nested, type Form } from './form.ts'
import type { Body } from './shapes.ts'

/** What the API answers. */
export type Answer = { readonly status: 200 | 400 | 404; readonly body: Body }

/** It is done, or here it is. */
export const ok = (body: Body): Answer => ({ status: 200, body })

/** It cannot be done. Shape: a code as the API's documentation has it. */
export function refuse(message: string, more: { param?: string; code?: string } = {}): Answer {
  return { status: 400, body: { error: { type: 'invalid_request_error', message, ...more } } }
}

/** There is none of that name. */
export function missing(what: string): Answer {
  const error = { type: 'invalid_request_error', message: `No such ${what}`, code: 'resource_missing' }
  return { status: 404, body: { error } }
}

/** What a found thing gives, or that there is none. */
export function found<T>(thing: T | undefined, what: string, give: (thing: T) => Answer): Answer {
  return thing ? give(thing) : missing(what)
}

/** Sends an answer. */
export function answer(c: Context, { status, body }: Answer): Response {
  return c.json(body, status)
}

/** What can stand in a list. */
type Listed = { readonly id: string; readonly created: number }

/** Sends a page of a list, newest first. Shape: `limit` 1 to 100, 10 when nothing is said; `starting_after` and `ending_before` are ids. */
export function listed<T extends Listed>(c: Context, all: Iterable<T>, show: (one: T) => Body): Response {
  const page = pageOf([...all], c.req.query())
  if (typeof page === 'string') return answer(c, refuse(page))
  const { data, has_more } = page
  return answer(c, ok({ object: 'list', data: data.map(show), has_more, url: c.req.path }))
}

const REUSED = 'Keys for idempotent requests can only be used with the same parameters they were first used with.'

/** The same key with the same body gives the same answer; with another body an error. */
export async function once(state: SimState, c: Context, work: (form: Form) => Answer): Promise<Response> {
  const { replies } = state.stripe
  const body = await c.req.text()
  const key = c.req.header('idempotency-key')
  const request = `${c.req.path}\n${body}`
  const known = key ? replies.get(key) : undefined
  if (known && known.request !== request) return c.json({ error: { type: 'idempotency_error', message: REUSED } }, 400)
  if (known)
    return c.body(known.body, known.status as 200, {
      'content-type': 'application/json',
      'idempotent-replayed': 'true',
    })
  const made = work(nested(body))
  if (key) replies.set(key, { request, status: made.status, body: JSON.stringify(made.body) })
  return answer(c, made)
}

type Page<T> = { readonly data: readonly T[]; readonly has_more: boolean }

/** One page, or why there is none. */
function pageOf<T extends Listed>(all: readonly T[], query: Record<string, string>): Page<T> | string {
  const limit = Number(query['limit'] ?? 10)
  if (!Number.isInteger(limit) || limit < 1 || limit > 100) return 'Invalid limit.'
  const newest = all.filter((one) => isWithin(one, query)).reverse()
  const { starting_after: after, ending_before: before } = query
  const at = (id: string): number => newest.findIndex((one) => one.id === id)
  if ([after, before].some((id) => id !== undefined && at(id) < 0)) return 'No such object.'
  if (before !== undefined) {
    const upTo = newest.slice(0, at(before))
    return { data: upTo.slice(-limit), has_more: upTo.length > limit }
  }
  const rest = after === undefined ? newest : newest.slice(at(after) + 1)
  return { data: rest.slice(0, limit), has_more: rest.length > limit }
}

const bounds: Readonly<Record<string, (created: number, bound: number) => boolean>> = {
  'created[gte]': (created, bound) => created >= bound,
  'created[gt]': (created, bound) => created > bound,
  'created[lte]': (created, bound) => created <= bound,
  'created[lt]': (created, bound) => created < bound,
}

function isWithin({ created }: Listed, query: Record<string, string>): boolean {
  return Object.entries(bounds).every(
    ([name, holds]) => query[name] === undefined || holds(created, Number(query[name])),
  )
}
