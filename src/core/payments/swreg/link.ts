import { typedMoney } from '../../../lib/index.ts'
import type { Adapter, ForCheckout } from '../adapter.ts'
import type { ToProcessor } from '../adapter.ts'
import type { SwregSettings } from './settings.ts'

/** The currencies in which it sells, by the name that its hosts begin with. Source: swreg.org/affiliate_system.htm. */
export const hostOf: Readonly<Record<string, string>> = { USD: 'usd', GBP: 'gbp', EUR: 'euro' }

/** The address of its order page in a currency. */
export function pageIn({ page }: Pick<SwregSettings, 'page'>, currency: string): string {
  return page.replace('{currency}', hostOf[currency] ?? 'www')
}

/** What goes along: our order's id, and of each line the product's code, how many and the price of one. Shape: lists are parted by colons. */
export function linkValues(codes: ReadonlyMap<string, string>): Adapter['valuesFor'] {
  return ({ order, lines, returnUrl }: ForCheckout) => ({
    orderId: order.id,
    products: listed(lines.map(({ offerId }) => codes.get(offerId) ?? '')),
    quantities: listed(lines.map(({ quantity }) => quantity)),
    prices: listed(
      lines.map((line) => typedMoney({ minor: line.grossMinor / line.quantity, currency: order.currency })),
    ),
    currency: order.currency,
    returnUrl,
  })
}

function listed(of: readonly (string | number)[]): string {
  return of.join(':')
}

/** The order link. The buyer's name and address are asked for there and not passed on. Source: payments reference 2.1. */
export function orderLink({ values }: ToProcessor, settings: Pick<SwregSettings, 'shop' | 'page'>): string {
  const value = (name: string): string => String(values[name] ?? '')
  const none = value('products').replace(/[^:]+/g, '0')
  const query = new URLSearchParams({
    s: settings.shop,
    p: value('products'),
    v: none,
    d: none,
    q: value('quantities'),
    t: value('orderId'),
    vp: value('prices'),
    clr: '1',
    lnk: value('returnUrl'),
  })
  return `${pageIn(settings, value('currency'))}?${query.toString()}`
}
