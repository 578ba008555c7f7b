import type { Context } from 'hono'
import type { SimState } from '../state.ts'
import type { Body } from './shapes.ts'

/** What the API answers. */
export type Answer = { readonly status: 200 | 201 | 400 | 403 | 404; readonly data?: Body; readonly error?: Body }

/** It is done, or here it is. */
export const ok = (data: Body, status: 200 | 201 = 200): Answer => ({ status, data })

/** It cannot be done. Shape: a code as the API's documentation has it. */
export function refuse(code: string, detail: string, status: 400 | 403 | 404 = 400): Answer {
  const documentation_url = `https://developer.paddle.com/errors/shared/${code}`
  return { status, error: { type: 'request_error', code, detail, documentation_url } }
}

/** There is none of that name. */
export const missing = (): Answer => refuse('not_found', 'Entity not found', 404)

function meta(state: SimState): { request_id: string } {
  return { request_id: state.random.id('req', 26) }
}

/** Sends an answer. */
export function answer(state: SimState, c: Context, { status, data, error }: Answer): Response {
  return c.json(error ? { error, meta: meta(state) } : { data, meta: meta(state) }, status)
}

/** The values of a parameter that may hold several, with commas between. Shape: nothing when it was not given. */
export function several(c: Context, name: string): string[] | undefined {
  return c.req.query(name)?.split(',')
}

const DEFAULT_PAGE = 50
const LARGEST_PAGE = 200

/** What names a thing in a list. */
function nameOf({ id, event_id: event }: Body): string {
  return [id, event].find((one) => typeof one === 'string') ?? ''
}

function sizeOf(asked: string | undefined): number {
  const size = Number(asked ?? DEFAULT_PAGE)
  return Number.isInteger(size) && size > 0 ? Math.min(size, LARGEST_PAGE) : DEFAULT_PAGE
}

/** Sends a page of a list. Shape: `after` is the id of the last one seen, `order_by=id[DESC]` turns the list round, `per_page` up to 200. */
export function listed(state: SimState, c: Context, all: readonly Body[]): Response {
  const size = sizeOf(c.req.query('per_page'))
  const ordered = /\[DESC\]$/i.test(c.req.query('order_by') ?? '') ? [...all].reverse() : all
  const after = c.req.query('after') ?? ''
  const start = ordered.findIndex((one) => after !== '' && nameOf(one) === after) + 1
  const data = ordered.slice(start, start + size)
  const last = data.at(-1)
  const next = new URL(c.req.url)
  next.searchParams.set('after', last ? nameOf(last) : after)
  const has_more = start + size < ordered.length
  const pagination = { per_page: size, next: next.href, has_more, estimated_total: ordered.length }
  return c.json({ data, meta: { ...meta(state), pagination } })
}
