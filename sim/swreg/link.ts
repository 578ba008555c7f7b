import { buyerOf } from '../linked/buyer.tsx'
import { minorOf } from '../linked/text.ts'
import type { SimSettings } from '../settings.ts'
import type { SimState } from '../state.ts'
import type { Basket, Line } from './state.ts'

/** The currencies, by the beginning of the address. */
export const currencies: Readonly<Record<string, string>> = { usd: 'USD', gbp: 'GBP', euro: 'EUR', www: 'USD' }

type Played = NonNullable<SimSettings['swreg']>
type Params = Readonly<Record<string, string>>

/** What an order link comes to. */
export type Linked = { readonly basket: Basket } | { readonly wrong: string }

/**
 * Reads an order link into a basket. Lists are parted by colons and run side by side. Source: payments reference 2.1; what it does not tell is
 * left alone: `vphash` is not checked, since how it is made is not known.
 */
export function readLink(state: SimState, of: { params: Params; currency: string; open: Basket | undefined }): Linked {
  const { params, currency, open } = of
  const played = state.settings.swreg
  if (!played || params['s'] !== played.shopId) return { wrong: 'There is no such shop.' }
  const products = listed(params, 'p')
  const lines = products.map((product, at) => lineFrom(played, { params, currency, product, at }))
  const wrong = lines.find((line) => typeof line === 'string')
  if (products.length === 0 || typeof wrong === 'string') return { wrong: wrong ?? 'The link names no product.' }
  const added = lines as Line[]
  if (params['clr'] !== '1' && open?.status === 'open' && open.currency === currency) {
    open.lines.push(...added)
    open.params = params
    return { basket: open }
  }
  const basket: Basket = {
    id: state.random.id('basket'),
    created: state.clock.now(),
    currency,
    params,
    lines: added,
    buyer: buyerOf({ first: params['fn'], last: params['sn'], email: params['em'] }),
    status: 'open',
  }
  state.swreg.baskets.set(basket.id, basket)
  return { basket }
}

function listed(params: Params, name: string): string[] {
  return (params[name] ?? '').split(':').filter((part) => part !== '')
}

type At = { params: Params; currency: string; product: string; at: number }

function lineFrom({ products }: Played, { params, currency, product, at }: At): Line | string {
  const known = Object.hasOwn(products, product) ? products[product] : undefined
  if (product.length > 20 || !known) return `There is no product ${product}.`
  const text = (name: string, otherwise: string): string => listed(params, name)[at] ?? otherwise
  const quantity = text('q', '1')
  if (!/^[1-9]\d{0,2}$/.test(quantity)) return 'The quantity is wrong.'
  const asked = text('vp', LIST_PRICE)
  const unit = asked === LIST_PRICE ? known.minor : minorOf(asked, currency)
  if (unit === undefined || unit < known.leastMinor) return 'The price is less than the product may cost.'
  const unpaid = { number: '', key: '', file: '', refunded: false }
  return { product, quantity: Number(quantity), unit, variation: text('v', '0'), delivery: text('d', '0'), ...unpaid }
}

const LIST_PRICE = '-1'

/** What a basket costs. Shape: minor units. */
export function totalOf({ lines }: Pick<Basket, 'lines'>): number {
  return lines.reduce((sum, { unit, quantity }) => sum + unit * quantity, 0)
}
