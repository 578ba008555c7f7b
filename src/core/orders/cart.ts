import { keyedHash, sameSecret, type Money } from '../../lib/index.ts'
import { offerOf, type Catalogue, type Offer, type Product } from './catalogue.ts'

/** What somebody is about to order: no row, no identifier, only what is in the address. */
export type Cart = readonly { readonly offerId: string; readonly quantity: number }[]

/** One line of a cart with what it costs. */
export type QuotedLine = {
  readonly product: Product
  readonly offer: Offer
  readonly quantity: number
  readonly grossMinor: number
}

/** What a cart costs. Shape: gross, in minor units. */
export type Quote = { readonly lines: readonly QuotedLine[]; readonly total: Money; readonly needsAddress: boolean }

const MOST_LINES = 10
const MOST_PIECES = 99

function text(cart: Cart): string {
  return cart.map((line) => `${line.offerId}*${line.quantity}`).join('~')
}

/** The signed cart as it stands in an address. Shape: `1.<lines>.<22 characters of HMAC>`. */
export function cartToken(key: Uint8Array, cart: Cart): string {
  const lines = text(cart)
  return `1.${lines}.${keyedHash(key, 'cart', lines).subarray(0, 16).toString('base64url')}`
}

/** Reads a cart from an address. Errors: undefined when it was forged, cut off or made for another shop. */
export function readCart(key: Uint8Array, token: string): Cart | undefined {
  const [version, lines, mac, ...rest] = token.split('.')
  if (version !== '1' || lines === undefined || mac === undefined || rest.length > 0 || token.length > 1000)
    return undefined
  if (!sameSecret(mac, keyedHash(key, 'cart', lines).subarray(0, 16).toString('base64url'))) return undefined
  const cart =
    lines === ''
      ? []
      : lines.split('~').map((line) => ({ offerId: line.split('*')[0] ?? '', quantity: Number(line.split('*')[1]) }))
  return tidy(cart)
}

/** The same cart within its limits: whole quantities, no empty lines. */
export function tidy(cart: Cart): Cart {
  return cart
    .filter((line) => Number.isInteger(line.quantity) && line.quantity > 0)
    .map((line) => ({ ...line, quantity: Math.min(line.quantity, MOST_PIECES) }))
    .slice(0, MOST_LINES)
}

/** What a cart costs by the catalogue of today. Errors: undefined when something in it is not sold (any more) or it is empty. */
export function quote(catalogue: Catalogue, cart: Cart): Quote | undefined {
  const lines = cart.map(({ offerId, quantity }) => {
    const found = offerOf(catalogue, offerId)
    return found ? { ...found, quantity, grossMinor: found.offer.grossMinor * quantity } : undefined
  })
  if (lines.length === 0 || lines.some((line) => line === undefined)) return undefined
  const known = lines as QuotedLine[]
  const minor = known.reduce((sum, line) => sum + line.grossMinor, 0)
  return {
    lines: known,
    total: { minor, currency: catalogue.currency },
    needsAddress: known.some((line) => line.offer.goods === 'box'),
  }
}
