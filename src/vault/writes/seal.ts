import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import type { Part, RetentionClass } from '../../policy/index.ts'

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
  return sealBytes(key, bound(name), Buffer.from(JSON.stringify(values), 'utf8'))
}

/** Opens a box. Errors: throws when the key, the name or a single byte is not the one that sealed it. */
export function unseal(key: Uint8Array, name: BoxName, sealed: Uint8Array): BoxValues {
  return JSON.parse(openBytes(key, bound(name), sealed).toString('utf8')) as BoxValues
}

/** One passage of a text. */
export type PassageName = { readonly text: string; readonly passage: number }

function passageBound({ text, passage }: PassageName, more: readonly string[] = []): Buffer {
  return Buffer.from(['text', text, String(passage), ...more].join('|'))
}

/** Seals bytes under a key of their own, bound to their place. Shape: as `seal`. */
export function sealPassage(key: Uint8Array, name: PassageName, content: Uint8Array): Buffer {
  return sealBytes(key, passageBound(name), content)
}

/** Opens a passage. Errors: as `unseal`. */
export function openPassage(key: Uint8Array, name: PassageName, sealed: Uint8Array): Buffer {
  return openBytes(key, passageBound(name), sealed)
}

/** Seals the key of a passage under a person's key. */
export function wrapKey(
  key: Uint8Array,
  { person, class: retention, ...name }: PassageName & { person: string; class: RetentionClass },
  content: Uint8Array,
): Buffer {
  return sealBytes(key, passageBound(name, [person, retention]), content)
}

/** Opens the key of a passage. Errors: as `unseal`. */
export function unwrapKey(
  key: Uint8Array,
  { person, class: retention, ...name }: PassageName & { person: string; class: RetentionClass },
  wrapped: Uint8Array,
): Buffer {
  return openBytes(key, passageBound(name, [person, retention]), wrapped)
}

function sealBytes(key: Uint8Array, aad: Uint8Array, content: Uint8Array): Buffer {
  const nonce = randomBytes(NONCE)
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(aad)
  return Buffer.concat([nonce, cipher.update(content), cipher.final(), cipher.getAuthTag()])
}

function openBytes(key: Uint8Array, aad: Uint8Array, sealed: Uint8Array): Buffer {
  const bytes = Buffer.from(sealed)
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE)).setAAD(aad)
  decipher.setAuthTag(bytes.subarray(-TAG))
  return Buffer.concat([decipher.update(bytes.subarray(NONCE, -TAG)), decipher.final()])
}
