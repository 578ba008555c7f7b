import { CompactEncrypt, importJWK, type JWK } from 'jose'
import { createECDH } from 'node:crypto'

/** The key to one card, in memory as long as its order is not over. Shape: `secret` is the number of a P-256 key, which can be overwritten. */
export type CardKey = { readonly kid: string; readonly secret: Buffer; readonly x: string; readonly y: string }

/** Makes a key for one card. */
export function newCardKey(kid: string): CardKey {
  const curve = createECDH('prime256v1')
  const point = curve.generateKeys()
  const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((part) => part.toString('base64url')) as [
    string,
    string,
  ]
  const secret = Buffer.alloc(32)
  const made = curve.getPrivateKey()
  made.copy(secret, 32 - made.length)
  made.fill(0)
  return { kid, secret, x, y }
}

/** Seals a card to its key. Shape: a compact JWE with a wrapped key; nobody but who has the card's key opens it. */
export async function sealCard(card: string, { kid, x, y }: CardKey): Promise<string> {
  const key = await importJWK({ kty: 'EC', crv: 'P-256', x, y }, 'ECDH-ES+A256KW')
  return new CompactEncrypt(Buffer.from(card))
    .setProtectedHeader({ alg: 'ECDH-ES+A256KW', enc: 'A256GCM', kid })
    .encrypt(key)
}

/** Seals a notice to the shop's key: what is said in one line, and in the next the card part. */
export async function sealNotice(said: object, card: string | undefined, to: JWK): Promise<string> {
  const lines = [JSON.stringify(said), ...(card === undefined ? [] : [card])]
  return new CompactEncrypt(Buffer.from(lines.join('\n')))
    .setProtectedHeader({ alg: 'ECDH-ES', enc: 'A256GCM', kid: to.kid ?? '' })
    .encrypt(await importJWK(to, 'ECDH-ES'))
}
