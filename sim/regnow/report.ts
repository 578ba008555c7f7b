import { dayOf } from '../clock.ts'
import { decimals } from '../linked/text.ts'
import type { Item, RegnowOrder, RegnowState } from './state.ts'

/** The columns that a vendor may choose from: the processor let each vendor choose, and its own names are not known. They are those that the shop's own mapping reads. */
export const columns: Readonly<Record<string, (order: RegnowOrder, item: Item) => string>> = {
  'Order ID': (_order, { number }) => number,
  Item: (_order, { item }) => item,
  Quantity: (_order, { quantity }) => String(quantity),
  Total: ({ currency }, { price }) => decimals(price, currency),
  Currency: ({ currency }) => currency,
  Date: ({ created }) => dateOf(created),
  Status: ({ status }) => status,
  Country: ({ buyer }) => buyer.country,
  'Affiliate ID': ({ affiliate }) => affiliate,
  'Link ID': ({ params }) => params['linkid'] ?? '',
}

/** For instance `01/31/2012`. */
function dateOf(ms: number): string {
  const [year = '', month = '', day = ''] = dayOf(ms).split('-')
  return `${month}/${day}/${year}`
}

/** The report as CSV, with the columns that were chosen, in that order. */
export function report({ orders }: RegnowState, chosen: readonly string[]): string {
  const names = chosen.filter((name) => Object.hasOwn(columns, name))
  const rows = [...orders.values()].flatMap((order) =>
    order.items.map((item) => names.map((name) => columns[name]?.(order, item) ?? '')),
  )
  return [names, ...rows].map((row) => `${row.map(quoted).join(',')}\r\n`).join('')
}

function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}
