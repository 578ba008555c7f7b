import type { Context } from 'hono'

/** A cookie of the simulator's own. Shape: below one path only. */
export type Cookie = { readonly name: string; readonly path: string }

/** What a browser sends back under a cookie's name; undefined when that is nothing that was ever set. */
export function readCookie(c: Context, { name }: Cookie): string | undefined {
  const sent = (c.req.header('cookie') ?? '').split(';').map((pair) => pair.trim().split('='))
  const value = sent.find(([known]) => known === name)?.[1]
  return value !== undefined && /^[\w-]{1,64}$/.test(value) ? value : undefined
}

/** Gives a browser a cookie. Errors: nothing is set for a value that could not be read back. */
export function giveCookie(c: Context, { name, path }: Cookie, value: string): void {
  if (/^[\w-]{1,64}$/.test(value)) c.header('set-cookie', `${name}=${value}; Path=${path}; HttpOnly; SameSite=Lax`)
}
