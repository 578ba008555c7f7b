import type { Adapter, ForCheckout, ToProcessor } from '../adapter.ts'
import type { RegnowSettings } from './settings.ts'

/** What goes along: our order's id, and of each line the item and how many. The price is set at the processor. Shape: lists are parted by commas. */
export function linkValues(items: ReadonlyMap<string, string>): Adapter['valuesFor'] {
  return ({ order, lines }: ForCheckout) => ({
    orderId: order.id,
    products: lines.map(({ offerId }) => items.get(offerId) ?? '').join(','),
    quantities: lines.map(({ quantity }) => quantity).join(','),
    currency: order.currency,
  })
}

/**
 * The order link; `linkid` is what it gives back. The buyer's name and address are asked for there and not passed on.
 * Source: payments reference 3.1; that several items stand in one list, parted by commas, is chosen by this project.
 */
export function orderLink(
  { values }: ToProcessor,
  settings: Pick<RegnowSettings, 'page' | 'affiliate' | 'more'>,
): string {
  const products = String(values['products'] ?? '').split(',')
  const quantities = String(values['quantities'] ?? '').split(',')
  const query = new URLSearchParams({
    ...settings.more,
    [products.length > 1 ? 'items' : 'item']: products.join(','),
    ...Object.fromEntries(products.map((item, index) => [`quantity_${item}`, quantities[index] ?? '1'])),
    linkid: String(values['orderId'] ?? ''),
    currency: String(values['currency'] ?? ''),
    ...(settings.affiliate !== undefined && { affiliate: settings.affiliate }),
  })
  return `${settings.page}?${query.toString()}`
}
