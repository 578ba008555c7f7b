import { buyerOf } from '../linked/buyer.tsx'
import type { SimState } from '../state.ts'
import type { Item, RegnowOrder } from './state.ts'

type Params = Readonly<Record<string, string>>

/** What an order link comes to. */
export type Linked = { readonly order: RegnowOrder } | { readonly wrong: string }

/** Reads an order link. Source: payments reference 3.1; that several items are parted by commas is ours. Parameters that are not known are kept and change nothing. */
export function readLink(state: SimState, params: Params, cookie: string | undefined): Linked {
  const named = (params['items'] ?? params['item'] ?? '').split(',').filter((item) => item !== '')
  const number = String((state.regnow.lastNumber += 1 + state.random.below(9)))
  const items = named.map((item, at) => itemFrom(state, { item, params, number: `${number}-${at + 1}` }))
  const wrong = items.find((item) => typeof item === 'string')
  if (items.length === 0 || typeof wrong === 'string') return { wrong: wrong ?? 'The link names no product.' }
  const currency = params['currency'] ?? 'USD'
  if (!/^(USD|GBP|EUR|JPY)$/.test(currency)) return { wrong: 'This currency is not taken.' }
  const { fname: first, lname: last, country, email } = params
  const order: RegnowOrder = {
    id: state.random.id('order'),
    created: state.clock.now(),
    currency,
    items: items as Item[],
    params,
    affiliate: params['affiliate'] ?? cookie ?? '',
    buyer: buyerOf({ first, last, country, email }),
    status: 'N',
  }
  state.regnow.orders.set(order.id, order)
  return { order }
}

function itemFrom(state: SimState, of: { item: string; params: Params; number: string }): Item | string {
  const { item, params, number } = of
  const prices = state.settings.regnow?.items ?? {}
  const unit = Object.hasOwn(prices, item) ? prices[item] : undefined
  if (unit === undefined) return `There is no product ${item}.`
  const quantity = params[`quantity_${item}`] ?? '1'
  if (!/^[1-9]\d{0,2}$/.test(quantity)) return 'The quantity is wrong.'
  return { item, number, quantity: Number(quantity), price: unit * Number(quantity), key: '' }
}

/** What an order costs. Shape: minor units. */
export function totalOf({ items }: Pick<RegnowOrder, 'items'>): number {
  return items.reduce((sum, { price }) => sum + price, 0)
}
