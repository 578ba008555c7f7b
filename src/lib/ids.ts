import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

/** An opaque id of one kind of thing, so that an order's id cannot be passed where a person's is meant. */
export type Id<Kind extends string> = string & { readonly __kind: Kind }

/**
 * A fresh id made by the program, never by the database. Shape: UUID version 7, so ids sort by the time they were made.
 * Source: RFC 9562 section 5.7.
 */
export function newId<Kind extends string>(at: Date): Id<Kind> {
  const bytes = randomBytes(16)
  bytes.writeUIntBE(at.getTime(), 0, 6)
  return shaped(bytes)
}

/**
 * An id that follows from another one and more, so that only who has the key can tell it. Shape: UUID version 7 with the
 * time of `id`; the same parts give the same id.
 */
export function idFrom<Kind extends string>(key: Uint8Array, id: Id<Kind>, ...parts: readonly string[]): Id<Kind> {
  const bytes = keyedHash(key, id, ...parts).subarray(0, 16)
  bytes.write(id.replaceAll('-', '').slice(0, 12), 0, 'hex')
  return shaped(bytes)
}

function shaped<Kind extends string>(bytes: Buffer): Id<Kind> {
  bytes[6] = (bytes[6]! & 0x0f) | 0x70
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  const hex = bytes.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}` as Id<Kind>
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

/** Whether text from outside has the form of an id. */
export function isId<Kind extends string>(text: unknown): text is Id<Kind> {
  return typeof text === 'string' && UUID.test(text)
}

/** A secret for a link. Shape: 128 random bits as 22 characters of base64url. */
export function newToken(): string {
  return randomBytes(16).toString('base64url')
}

/** The hash under which a link's secret is stored. Shape: 32 bytes, SHA-256. */
export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}

/** A keyed hash over parts that cannot run into one another. Shape: 32 bytes, HMAC-SHA-256. */
export function keyedHash(key: Uint8Array, ...parts: readonly string[]): Buffer {
  const mac = createHmac('sha256', key)
  for (const part of parts) mac.update(`${Buffer.byteLength(part)}:`).update(part)
  return mac.digest()
}

/** Compares two secrets in a time that does not depend on where they differ. */
export function sameSecret(a: string, b: string): boolean {
  const left = createHash('sha256').update(a).digest()
  const right = createHash('sha256').update(b).digest()
  return timingSafeEqual(left, right)
}

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** Random characters that people can read out: no I, L, O or U. Shape: `length` characters of Crockford's base 32. */
export function readableCode(length: number): string {
  return Array.from(randomBytes(length), (byte) => CROCKFORD[byte & 31]).join('')
}
