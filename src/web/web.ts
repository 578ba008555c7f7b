import type { Now } from '../lib/index.ts'
import type { RegisteredCookie } from '../policy/index.ts'
import { actionTokens, type ActionTokens } from './action.ts'
import type { Assets } from './shell/assets.ts'
import { openCookies, type Cookies } from './cookies.ts'
import { datesIn, type Dates } from './dates.ts'
import { openLimiter, type Limiter, type Rates } from './shell/limits.ts'
import { openPageCache, type PageCache } from './shell/pageCache.ts'

/** How the vendor's shop presents itself. */
export type Brand = { readonly name: string }

/** What every page needs. */
export type Web = {
  readonly baseUrl: string
  readonly brand: Brand
  readonly example: boolean
  readonly assets: Assets
  readonly action: ActionTokens
  readonly cookies: Cookies
  readonly cached: PageCache
  readonly limits: Limiter
  readonly dates: Dates
  readonly policyVersion: () => number
  /** The public pages of rooms that this shop has. */
  readonly more: readonly PublicPage[]
}

/** What a `Web` is made of. Shape: `baseUrl` an http or https origin; `timeZone` an IANA name; `actionKey` 32 bytes. */
export type WebParts = {
  readonly baseUrl: string
  readonly brand: Brand
  readonly example: boolean
  readonly timeZone: string
  readonly assets: Assets
  readonly actionKey: Uint8Array
  readonly cookies: readonly RegisteredCookie[]
  readonly policyVersion: () => number
  readonly rates: Rates
  readonly now: Now
  readonly more?: readonly PublicPage[]
}

/** Builds what every page needs, once at start. */
export function makeWeb(parts: WebParts): Web {
  const { brand, example, assets, policyVersion } = parts
  return {
    brand,
    example,
    assets,
    policyVersion,
    baseUrl: new URL(parts.baseUrl).origin,
    action: actionTokens(parts.actionKey),
    cookies: openCookies(parts.cookies),
    cached: openPageCache(policyVersion),
    limits: openLimiter(parts),
    dates: datesIn(parts.timeZone),
    more: parts.more ?? [],
  }
}

/** Where the pages of the main navigation are. */
export const places = { store: '/', data: '/your-data', promises: '/promises', privacy: '/privacy' } as const

/** Public pages of rooms that a vendor may have switched off. The first stands in the main navigation, the others in the foot. */
export const publicPages = {
  help: '/help',
  register: '/register',
  copies: '/copies',
  news: '/news',
  cookies: '/cookies',
} as const

/** A public page of a room. */
export type PublicPage = keyof typeof publicPages

/** A page of the main navigation. */
export type Place = keyof typeof places | 'help'
