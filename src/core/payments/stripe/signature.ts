import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Inbound, Verified } from '../adapter.ts'

const WINDOW_SECONDS = 300

/**
 * Checks where a message comes from, over its raw bytes: any of several signatures under any live secret, in constant
 * time, and no more than 300 seconds old or ahead. Source: the processor's documentation; its own package accepts future times, we do not.
 */
export function verifySignature(message: Inbound, secrets: readonly string[], now: Date): Verified {
  const header = message.headers['stripe-signature']
  if (!header) return { ok: false, because: 'no signature' }
  const pairs = header.split(',').map((pair) => pair.trim().split('='))
  const times = pairs.filter(([name]) => name === 't').map(([, value]) => value ?? '')
  if (times.length > 1) return { ok: false, because: 'signed twice' }
  const [time = ''] = times
  const apart = Math.abs(now.getTime() / 1000 - Number(time))
  if (!/^\d{1,12}$/.test(time) || apart > WINDOW_SECONDS) return { ok: false, because: 'bad time' }
  const given = pairs
    .filter(([name, value]) => name === 'v1' && /^[0-9a-f]{64}$/.test(value ?? ''))
    .map(([, value]) => Buffer.from(value ?? '', 'hex'))
  const wanted = secrets.map((secret) => createHmac('sha256', secret).update(`${time}.`).update(message.body).digest())
  const matches = given.slice(0, 10).map((mac) => wanted.map((own) => timingSafeEqual(mac, own)).includes(true))
  if (!matches.includes(true)) return { ok: false, because: 'wrong signature' }
  return { ok: true, text: Buffer.from(message.body).toString('utf8') }
}
