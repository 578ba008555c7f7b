import type { Context } from 'hono'
import { Broken } from '../lib/index.ts'
import type { RegisteredCookie } from '../policy/index.ts'

/** The only way to set and to read a cookie. */
export type Cookies = {
  /** Errors: throws for a cookie that is not in the policy's register, and for a value outside the fixed alphabet. */
  readonly set: (c: Context, name: string, value: string) => void
  /** Tells the browser to drop a cookie. Errors: throws for a cookie that is not in the register. */
  readonly drop: (c: Context, name: string) => void
  /** The value that the browser showed, or undefined: whatever is not in the register or the alphabet is never read. */
  readonly read: (c: Context, name: string) => string | undefined
  readonly isRegistered: (name: string) => boolean
  /** How long a registered cookie lives, as the policy says. Errors: throws for one that is not in the register. */
  readonly secondsOf: (name: string) => number
}

// Two secrets of 128 random bits: nothing else ever goes into a cookie of ours, so nothing else is taken back from one.
const VALUE = /^[A-Za-z0-9_-]{44}$/

/**
 * Opens the cookie register. Lax would let a link on another site open a work item in the name of a member of staff, and so write a look
 * that nobody meant into the log; hence Strict. Only a
 * visitor's own choices are lax: who comes from a search engine and asked not to be counted must not be. Source: promises cookies-explained, cookies-unique-and-own, cookies-harmless.
 */
export function openCookies(register: readonly RegisteredCookie[]): Cookies {
  const known = new Map(register.map((cookie) => [cookie.name, cookie]))
  const registered = (name: string): RegisteredCookie => {
    const cookie = known.get(name)
    if (!cookie) throw new Broken('cookie-not-registered')
    return cookie
  }
  const write = (c: Context, name: string, value: string): void => {
    const { path, seconds, sameSite = 'Strict' } = registered(name)
    const attributes = `Path=${path}; Max-Age=${value ? seconds : 0}; HttpOnly; Secure; SameSite=${sameSite}`
    c.header('Set-Cookie', `${name}=${value}; ${attributes}`, { append: true })
  }
  const set: Cookies['set'] = (c, name, value) => {
    if (!VALUE.test(value)) throw new Broken('cookie-value')
    write(c, name, value)
  }
  return {
    set,
    drop: (c, name) => write(c, name, ''),
    read: readWith(known),
    isRegistered: (name) => known.has(name),
    secondsOf: (name) => registered(name).seconds,
  }
}

function readWith(known: ReadonlyMap<string, RegisteredCookie>): Cookies['read'] {
  return (c, name) => {
    if (!known.has(name)) return undefined
    const pairs = (c.req.header('cookie') ?? '').split('; ')
    const value = pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1)
    return value !== undefined && VALUE.test(value) ? value : undefined
  }
}
