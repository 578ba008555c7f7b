import { hashToken, keyedHash } from '../../../lib/index.ts'

const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

const letters = (bytes: Uint8Array): string => [...bytes].map((byte) => LETTERS[byte & 31]).join('')

/** The first group of every code of a survey, so that a code says which box to look in. */
export function markOf(surveyId: string): string {
  return letters(hashToken(`survey ${surveyId}`).subarray(0, 4))
}

/**
 * The code that takes an answer back. It follows from what the form carried, so that a form that is sent twice is one answer;
 * nothing that is stored leads to it. Shape: five groups of four characters of Crockford's base 32, 80 bits of them secret.
 */
export function codeOf(key: Uint8Array, surveyId: string, once: string): string {
  const secret = letters(keyedHash(key, 'receipt', surveyId, once).subarray(0, 16))
  return [markOf(surveyId), ...(secret.match(/.{4}/g) ?? [])].join('-')
}

/** A code as it was typed, read kindly; undefined when it cannot be one. */
export function readCode(typed: string): { readonly mark: string; readonly code: string } | undefined {
  const plain = typed
    .toUpperCase()
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1')
    .replace(/[^0-9A-Z]/g, '')
  const groups = plain.match(/.{4}/g) ?? []
  if (plain.length !== 20 || /U/.test(plain)) return undefined
  return { mark: groups[0] ?? '', code: groups.join('-') }
}

/** The hash under which an answer keeps the code of its giver. Shape: 32 bytes. */
export const receiptOf = (code: string): Buffer => hashToken(code)

/** What a form carries so that it is one answer however often it is sent. Shape: 22 characters of base64url. */
export const isOnce = (sent: unknown): sent is string => typeof sent === 'string' && /^[A-Za-z0-9_-]{22}$/.test(sent)
