import type { Quote } from '../orders/index.ts'
import type { Adapter } from './adapter.ts'

/** The processors that this shop is set up with, in the vendor's order. */
export type Processors = {
  readonly all: readonly Adapter[]
  readonly of: (id: string) => Adapter | undefined
  /** Where an order may be paid, the vendor's first choice first. */
  readonly choices: (quote: Pick<Quote, 'lines' | 'total'>) => readonly Adapter[]
}

/** What is sold, for processors that have a name of their own for each offer. */
export type Sold = { readonly offers: readonly string[]; readonly currency: string }

/** Joins adapters. Source: payments reference, routing by cart. */
export function processorsOf(all: readonly Adapter[]): Processors {
  const byId = new Map<string, Adapter>(all.map((adapter) => [adapter.facts.id, adapter]))
  return {
    all,
    of: (id) => byId.get(id),
    choices: ({ lines, total }) => {
      const goods = [...new Set(lines.map(({ offer }) => offer.goods))]
      const sale = { goods, totalMinor: total.minor, currency: total.currency }
      return all.filter((adapter) => adapter.sells && adapter.canSell(sale) === true)
    },
  }
}

/** What every processor asks of a cart: something to pay, and only goods that it takes. */
export function sellsGoods(facts: Pick<Adapter['facts'], 'goods'>): Adapter['canSell'] {
  return ({ goods, totalMinor }) => {
    if (totalMinor <= 0) return { reason: 'nothing to pay' }
    return goods.every((one) => facts.goods.includes(one)) || { reason: 'goods' }
  }
}

/** The values that go along with an order where its processor takes them one by one. */
export const plainValues: Adapter['valuesFor'] = ({ order, lines, returnUrl }) => ({
  orderId: order.id,
  orderNumber: order.number,
  amountMinor: order.total_minor,
  currency: order.currency,
  description: lines.map((line) => `${line.productName} × ${line.quantity}`).join(', '),
  returnUrl,
})

/** The origin of a processor's API. Errors: throws for a live shop when it is not reached by https, or is on this machine. */
export function apiOrigin(api: string, live: boolean): URL {
  const url = new URL(api)
  const loopback = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname)
  if (live && (url.protocol !== 'https:' || loopback))
    throw new RangeError('a live processor must be reached over https and not on this machine')
  return url
}
