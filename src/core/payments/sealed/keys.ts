import { createPrivateKey, type KeyObject } from 'node:crypto'

/** One key of the vendor's for order notices. Shape: `secret` is the number of a P-256 key, 32 bytes; `until` when a newer one has taken its place. */
export type NoticeKey = {
  readonly kid: string
  readonly secret: Uint8Array
  readonly until: Date | undefined
  readonly x: string
  readonly y: string
}

/** The vendor's keys for order notices, the newest first. */
export type NoticeKeys = () => readonly NoticeKey[]

const ALG = 'ECDH-ES'

/** What a processor reads to seal notices for the vendor: only the newest key. Shape: a JWK set. Source: RFC 7517. */
export function jwkSet(keys: NoticeKeys): string {
  const live = keys().filter(({ until }) => until === undefined)
  return JSON.stringify({
    keys: live.map(({ kid, x, y }) => ({ kty: 'EC', crv: 'P-256', x, y, kid, use: 'enc', alg: ALG })),
  })
}

/** The key of a name, as long as it opens anything. A key object of the platform cannot be overwritten; it lives for one notice and is let go. */
export function openingKey(keys: NoticeKeys, kid: string, now: Date): KeyObject | undefined {
  const found = keys().find((key) => key.kid === kid && (key.until === undefined || key.until > now))
  if (!found) return undefined
  const { secret, x, y } = found
  const d = Buffer.from(secret).toString('base64url')
  return createPrivateKey({ key: { kty: 'EC', crv: 'P-256', d, x, y }, format: 'jwk' })
}
