import { randomBytes } from 'node:crypto'
import { keyedHash, type Now } from '../../lib/index.ts'

/** How often one sender may do something: `burst` at once, then `perMinute`. */
export type Rate = { readonly burst: number; readonly perMinute: number }

/** The limit of each group of routes; a group without one is not limited. */
export type Rates = { readonly [group: string]: Rate }

/** The limits of a shop that says nothing else. Shape: `forms` counts every form that a sender sends; rooms add groups of their own. */
export const defaultRates = { forms: { burst: 120, perMinute: 120 } } as const satisfies Rates

/** Limits that live in memory only. */
export type Limiter = {
  /** Whether `who` may once more; takes one from what is left. Shape: `who` is an address or another value that is hashed at once. */
  readonly take: (group: string, who: string) => boolean
}

type Bucket = { left: number; at: number }

const MOST_BUCKETS = 20_000
const DAY = 86_400_000

/** Opens a token bucket for each group and sender. Senders are kept as keyed hashes under a key that is made anew each day. Source: purpose `abuse`. */
export function openLimiter(ctx: { readonly now: Now; readonly rates: Rates }): Limiter {
  let key = randomBytes(32)
  let day = -1
  const buckets = new Map<string, Bucket>()
  const take: Limiter['take'] = (group, who) => {
    const rate = ctx.rates[group]
    if (!rate) return true
    const at = ctx.now().getTime()
    if (Math.floor(at / DAY) !== day) {
      day = Math.floor(at / DAY)
      key = randomBytes(32)
      buckets.clear()
    }
    const id = keyedHash(key, group, who).toString('base64url')
    const before = buckets.get(id) ?? { left: rate.burst, at }
    const left = Math.min(rate.burst, before.left + ((at - before.at) * rate.perMinute) / 60_000)
    remember(buckets, id, { left: left >= 1 ? left - 1 : left, at })
    return left >= 1
  }
  return { take }
}

/** The one that was silent longest makes room, so memory stays bounded and a flood cannot wash out its own record. */
function remember(buckets: Map<string, Bucket>, id: string, bucket: Bucket): void {
  buckets.delete(id)
  buckets.set(id, bucket)
  const oldest = buckets.size > MOST_BUCKETS ? buckets.keys().next().value : undefined
  if (oldest !== undefined) buckets.delete(oldest)
}
