import type { Context } from 'hono'
import type { Cookies } from '../cookies.ts'
import { linkPaths } from '../links.ts'

const FORM_TARGET = 'formTarget'
const SANDBOXED = 'sandboxed'
const CAPABILITY = Object.values(linkPaths)

/** Lets the forms of this one page lead on to card processors. Shape: any addresses there; only their origins are admitted. */
export function formsMayGoTo(c: Context, ...urls: readonly string[]): void {
  c.set(FORM_TARGET, [...new Set(urls.map((url) => new URL(url).origin))].join(' '))
}

type Download = { readonly name: string; readonly bytes: Uint8Array; readonly type?: string }

/** Answers with a file that is to be saved, under a policy that lets no browser run or show anything of it. Shape: what somebody else made has no `type`. */
export function asDownload(c: Context, { name, bytes, type = 'application/octet-stream' }: Download): Response {
  c.set(SANDBOXED, true)
  const plain = name.replace(/[^\w. -]/g, '_').slice(0, 100)
  return c.body(new Uint8Array(bytes), 200, {
    'content-type': type,
    'content-disposition': `attachment; filename="${plain}"; filename*=UTF-8''${spelt(name)}`,
  })
}

/** Source: RFC 8187 section 3.2. */
function spelt(name: string): string {
  return encodeURIComponent(name.replace(/\p{Cs}/gu, '')).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}

function policyFor(formTarget: string | undefined): string {
  const forms = formTarget ? `'self' ${formTarget}` : "'self'"
  return `default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; form-action ${forms}; frame-ancestors 'none'; base-uri 'none'`
}

/** The headers that every answer carries. Shape: `secure` when the site is reached by https. */
export function fixedHeaders(secure: boolean): readonly (readonly [string, string])[] {
  const always = [
    ['Content-Security-Policy', policyFor(undefined)],
    ['X-Content-Type-Options', 'nosniff'],
    ['Cross-Origin-Opener-Policy', 'same-origin'],
    ['Cross-Origin-Resource-Policy', 'same-origin'],
    ['Referrer-Policy', 'same-origin'],
  ] as const
  return secure ? [...always, ['Strict-Transport-Security', 'max-age=31536000'] as const] : always
}

/** Puts the fixed headers on an answer, and what its address calls for; a route can add to them but not weaken them. */
export function dress(c: Context, fixed: readonly (readonly [string, string])[]): void {
  const { headers } = c.res
  for (const [name, value] of fixed) headers.set(name, value)
  const formTarget = c.get(FORM_TARGET) as string | undefined
  if (formTarget) headers.set('Content-Security-Policy', policyFor(formTarget))
  if (c.get(SANDBOXED)) headers.append('Content-Security-Policy', 'sandbox')
  if (CAPABILITY.some((start) => c.req.path.startsWith(start))) {
    headers.set('Referrer-Policy', 'no-referrer')
    headers.set('Cache-Control', 'no-store')
    headers.set('X-Robots-Tag', 'noindex')
  } else if (!headers.has('Cache-Control')) headers.set('Cache-Control', 'no-store')
}

/** Whether an answer would set a cookie that the policy does not name. Source: promise cookies-explained. */
export function setsForeignCookie(c: Context, cookies: Cookies): boolean {
  if (!c.res.headers.has('Set-Cookie')) return false
  return c.res.headers.getSetCookie().some((cookie) => !cookies.isRegistered(cookie.split('=', 1)[0] ?? ''))
}
