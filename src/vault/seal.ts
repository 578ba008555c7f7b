import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import type { Part, RetentionClass } from '../policy/index.ts'

/** What a box is bound to: moved anywhere else it does not open. */
export type BoxName = {
  readonly person: string
  readonly class: RetentionClass
  readonly part: Part
  readonly item: string
  readonly version: number
}

/** The values in a box, by field. */
export type BoxValues = Readonly<Record<string, string>>

const NONCE = 12
const TAG = 16

function bound(name: BoxName): Buffer {
  return Buffer.from([name.person, name.class, name.part, name.item, String(name.version)].join('|'))
}

/** Seals values with AES-256-GCM. Shape: nonce of 12 bytes, ciphertext, tag of 16 bytes. */
export function seal(key: Uint8Array, name: BoxName, values: BoxValues): Buffer {
  const nonce = randomBytes(NONCE)
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(bound(name))
  return Buffer.concat([nonce, cipher.update(JSON.stringify(values), 'utf8'), cipher.final(), cipher.getAuthTag()])
}

/** Opens a box. Errors: throws when the key, the name or a single byte is not the one that sealed it. */
export function unseal(key: Uint8Array, name: BoxName, sealed: Uint8Array): BoxValues {
  const bytes = Buffer.from(sealed)
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE)).setAAD(bound(name))
  decipher.setAuthTag(bytes.subarray(-TAG))
  const text = Buffer.concat([decipher.update(bytes.subarray(NONCE, -TAG)), decipher.final()]).toString('utf8')
  return JSON.parse(text) as BoxValues
}
