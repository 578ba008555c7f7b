import { keyedHash, sameSecret } from '../lib/index.ts'

/** The field under which a form carries its action token. */
export const ACTION_FIELD = 'act'

/** Tokens that prove a form was made by this program for one path. Shape: 128 bits as 22 characters of base64url. */
export type ActionTokens = {
  readonly mint: (path: string) => string
  readonly check: (path: string, token: unknown) => boolean
}

/**
 * Makes and checks action tokens without storing any: each is a keyed hash of the path that the form is sent to,
 * and so of the capability or cart token in that path and of the purpose that it ends with.
 */
export function actionTokens(key: Uint8Array): ActionTokens {
  const mint = (path: string): string => keyedHash(key, 'action', path).subarray(0, 16).toString('base64url')
  return { mint, check: (path, token) => typeof token === 'string' && sameSecret(mint(path), token) }
}
