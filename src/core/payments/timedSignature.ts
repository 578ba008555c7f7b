import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Inbound, Rejection, Verified } from './adapter.ts'

/** How a processor signs. Shape: `header` in lower case; `time` and `mac` are the names of parts in it, `between` stands between time and body in what is signed. */
export type Manner = {
  readonly header: string
  readonly time: string
  readonly mac: string
  readonly between: string
}

const WINDOW_SECONDS = 300
/** Nobody changes more secrets at once; a header of thousands is not worth the work. */
const MOST_SIGNATURES = 10

/**
 * Checks where a message comes from, over its raw bytes: any of several signatures under any live secret, in constant
 * time, and no more than 300 seconds old or ahead. Source: payments reference, living processors; official packages
 * accept future times, and one of them the last signature only. We do neither.
 */
export function verifyTimed(
  message: Inbound,
  { manner, secrets }: { readonly manner: Manner; readonly secrets: readonly string[] },
  now: Date,
): Verified {
  const header = message.headers[manner.header]
  if (!header) return refused('no signature')
  const { times, macs } = partsOf(header, manner)
  if (times.length > 1) return refused('signed twice')
  const [time = ''] = times
  const apart = Math.abs(now.getTime() / 1000 - Number(time))
  if (!/^\d{1,12}$/.test(time) || apart > WINDOW_SECONDS) return refused('bad time')
  const signed = `${time}${manner.between}`
  const wanted = secrets.map((secret) => createHmac('sha256', secret).update(signed).update(message.body).digest())
  const matches = macs.map((mac) => wanted.map((own) => timingSafeEqual(mac, own)).includes(true))
  if (!matches.includes(true)) return refused('wrong signature')
  // A mark of byte order before the text is signed like all else, and no part of what is said.
  return { ok: true, text: new TextDecoder().decode(message.body) }
}

function refused(because: Rejection): Verified {
  return { ok: false, because }
}

/** A header that was sent twice arrives joined by a comma, so both separators part it. */
function partsOf(header: string, { time, mac }: Manner): { times: string[]; macs: Buffer[] } {
  const pairs = header.split(/[,;]/).map((pair) => pair.trim().split('='))
  const valuesOf = (wanted: string): string[] =>
    pairs.filter(([name]) => name === wanted).map(([, ...value]) => value.join('='))
  const macs = valuesOf(mac).filter((value) => /^[0-9a-f]{64}$/.test(value))
  return { times: valuesOf(time), macs: macs.slice(0, MOST_SIGNATURES).map((value) => Buffer.from(value, 'hex')) }
}
