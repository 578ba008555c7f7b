import { createHash } from 'node:crypto'
import { compactDecrypt, decodeProtectedHeader, errors } from 'jose'
import type { Envelope, Rejection } from '../adapter.ts'
import { openingKey, type NoticeKeys } from './keys.ts'

/** What was in a sealed notice. Shape: `said` is its first line, JSON; `envelope` the card part, which nobody here can open. */
export type Unsealed =
  | { readonly ok: true; readonly said: string; readonly envelope: Envelope | undefined }
  | { readonly ok: false; readonly because: Rejection }

const ALG = 'ECDH-ES'
const ENC = 'A256GCM'
/** Header, no wrapped key, vector, ciphertext, tag. A header says algorithms, a key's name and a public key: some 250 characters. */
const FORM = /^([\w-]{1,1000})\.\.[\w-]+\.[\w-]+\.[\w-]+$/
const NEW_LINE = 10

/**
 * Opens a notice that was sealed to a key of the vendor's: a compact JWE of one algorithm and no other. Its plain text has two lines, what
 * is said and the card part, so that the card part never becomes a string, which nothing can overwrite. Source: RFC 7516, RFC 7518 section 4.6.
 */
export async function unseal(body: Uint8Array, keys: NoticeKeys, now: Date): Promise<Unsealed> {
  const sealed = Buffer.from(body).toString('latin1')
  const kid = kidOf(sealed)
  if (kid === undefined) return { ok: false, because: 'not sealed' }
  const key = openingKey(keys, kid, now)
  if (!key) return { ok: false, because: 'unknown key' }
  try {
    const only = { keyManagementAlgorithms: [ALG], contentEncryptionAlgorithms: [ENC] }
    const { plaintext } = await compactDecrypt(sealed, key, only)
    return parted(plaintext, kid)
  } catch (error) {
    if (error instanceof errors.JOSEError) return { ok: false, because: 'not openable' }
    throw error
  }
}

/** The name of the key that a notice is sealed to; undefined for anything that is not sealed in the one way. */
function kidOf(sealed: string): string | undefined {
  const [, header] = FORM.exec(sealed) ?? []
  if (header === undefined) return undefined
  try {
    const { alg, enc, kid, zip, crit } = decodeProtectedHeader({ protected: header }) as Record<string, unknown>
    const plain = alg === ALG && enc === ENC && zip === undefined && crit === undefined
    return plain && typeof kid === 'string' ? kid : undefined
  } catch {
    return undefined
  }
}

/** Parts the two lines. What was opened is overwritten; the platform's own copies while it decrypts are out of reach. */
function parted(plaintext: Uint8Array, kid: string): Unsealed {
  const line = plaintext.indexOf(NEW_LINE)
  const end = line < 0 ? plaintext.length : line
  const said = Buffer.from(plaintext.subarray(0, end)).toString('utf8')
  const envelope = envelopeOf(plaintext.subarray(end + 1), kid)
  plaintext.fill(0)
  return envelope === 'wrong' ? { ok: false, because: 'not understood' } : { ok: true, said, envelope }
}

const MOST = 4096
const DOT = 46
/** How long at least: header, wrapped key of the envelope, vector, ciphertext, tag. */
const PIECES = [20, 54, 16, 2, 22]

/** The card part in bytes of its own. Shape: a compact JWE to somebody else, whose second piece is the wrapped key of the envelope. */
function envelopeOf(bytes: Uint8Array, kid: string): Envelope | undefined | 'wrong' {
  if (bytes.length === 0) return undefined
  if (bytes.length > MOST || !isSealed(bytes)) return 'wrong'
  const own = Buffer.alloc(bytes.length) // never out of a pool that is shared
  own.set(bytes)
  return { bytes: own, digest: createHash('sha256').update(own).digest(), kid }
}

/** Whether bytes have the form of something sealed, so that nothing in clear is taken for it. */
function isSealed(bytes: Uint8Array): boolean {
  const lengths = [0]
  for (const byte of bytes) {
    if (byte === DOT) lengths.push(0)
    else if (isBase64Url(byte)) lengths[lengths.length - 1]! += 1
    else return false
  }
  return lengths.length === PIECES.length && PIECES.every((least, index) => (lengths[index] ?? 0) >= least)
}

function isBase64Url(byte: number): boolean {
  const [isDigit, isBig, isSmall] = [byte >= 48 && byte <= 57, byte >= 65 && byte <= 90, byte >= 97 && byte <= 122]
  return isDigit || isBig || isSmall || byte === 45 || byte === 95
}
