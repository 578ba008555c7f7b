import { createHash } from 'node:crypto'
import { readableCode } from '../../lib/index.ts'

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

function check(body: string): string {
  const sum = createHash('sha256').update(body).digest()
  return `${ALPHABET[(sum[0] ?? 0) & 31]}${ALPHABET[(sum[1] ?? 0) & 31]}`
}

/** A fresh licence key. Shape: 5 groups of 5 characters without I, L, O and U; 115 random bits; the last two characters check the rest. */
export function newKey(): string {
  const body = readableCode(23)
  return (body + check(body)).replace(/(.{5})(?=.)/g, '$1-')
}

/** The key in one spelling, or undefined when its check characters are wrong. */
export function readKey(typed: string): string | undefined {
  const plain = typed.toUpperCase().replace(/[\s-]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1')
  if (plain.length !== 25 || check(plain.slice(0, 23)) !== plain.slice(23)) return undefined
  return plain.replace(/(.{5})(?=.)/g, '$1-')
}

/** What somebody typed as a key. Shape: `mistyped` has the form of ours with wrong check characters, which needs no look-up to be seen. */
export type TypedKey = { readonly form: 'key' | 'mistyped' | 'serial'; readonly text: string }

const OF_OURS = new RegExp(`^[${ALPHABET}OIL]{25}$`)

/** A key or a vendor's serial number in one spelling: capitals, and no spaces or dashes but ours. */
export function spelt(typed: string): TypedKey {
  const key = readKey(typed)
  if (key) return { form: 'key', text: key }
  const text = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\p{Pd}]/gu, '')
  return { form: OF_OURS.test(text) ? 'mistyped' : 'serial', text }
}

/** The letters of a serial number that may be shown: a quarter of it at most, so that the rest stays a secret. */
export function tailOf(serial: string): string {
  return serial.slice(-Math.min(5, Math.floor(serial.length / 4)))
}
