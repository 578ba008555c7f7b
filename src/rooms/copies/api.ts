import { Hono, type Context } from 'hono'
import { z } from 'zod'
import { check } from '../../core/licences/index.ts'
import { dayIn } from '../../lib/index.ts'
import type { CopiesContext } from './context.ts'

/** Where a program asks what its key is good for. It proves nothing and changes nothing, so no form guards it. */
export const CHECK_PATH = '/api/v1/licences/check'

// What is not named here is refused, so that no program sends more than the question needs.
const question = z.strictObject({
  key: z.string().min(1).max(100),
  product: z
    .string()
    .regex(/^[a-z0-9-]{1,40}$/)
    .optional(),
  nonce: z
    .string()
    .regex(/^[\w.~-]{1,100}$/)
    .optional(),
})

const MOST_BYTES = 4096

/** The licence check: a key, perhaps a product, and what it is good for. Nothing about who asks is kept, and nothing about who owns it is said. */
export function checkRoutes(ctx: CopiesContext): Hono {
  return new Hono().post(CHECK_PATH, (c) => answer(ctx, c))
}

async function answer(ctx: CopiesContext, c: Context): Promise<Response> {
  if (!ctx.mayTry('licenceCheck', c)) return tooOften(c)
  const body = await read(c)
  if (body === undefined) return problem(c, 400, { title: 'The body is no JSON that can be read' })
  const asked = question.safeParse(body)
  if (!asked.success) return problem(c, 422, { title: 'The question is not complete', errors: faults(asked.error) })
  const { key, product, nonce = null } = asked.data
  const found = await check(ctx.licences, { key, product })
  const { valid, code, licence, updatesUntil } = found
  const until = updatesUntil && dayIn('UTC', updatesUntil)
  return c.json({ valid, code, licence, product: found.product, updates_until: until, nonce })
}

async function read(c: Context): Promise<unknown> {
  const text = await c.req.text()
  if (text.length > MOST_BYTES) return undefined
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

/** Where a question is wrong. Shape: JSON pointers to its own members; a name or a value that was sent is never repeated. */
function faults(error: z.ZodError): { pointer: string; detail: string }[] {
  return error.issues.map(({ code, path }) => {
    const [member] = path
    if (code === 'unrecognized_keys') return { pointer: '', detail: 'has a member that is not asked for' }
    return { pointer: member === undefined ? '' : `/${String(member)}`, detail: 'is missing or has another form' }
  })
}

function tooOften(c: Context): Response {
  c.header('Retry-After', '60')
  return problem(c, 429, { title: 'This was asked too often' })
}

type Problem = { readonly title: string; readonly errors?: readonly object[] }

/** Source: RFC 9457. */
function problem(c: Context, status: 400 | 422 | 429, about: Problem): Response {
  return c.body(JSON.stringify({ type: 'about:blank', status, ...about }), status, {
    'content-type': 'application/problem+json',
  })
}
