import { dayOf } from '../clock.ts'
import { decimals } from '../linked/text.ts'
import type { SwregState } from './state.ts'

/** The columns of the report: names chosen by this project, since the processor's own are not known; one of them was the affiliate. */
export const columns = [
  'Order',
  'Date',
  'Product',
  'Quantity',
  'Price',
  'Currency',
  'Affiliate',
  'Text',
  'State',
] as const

/** The report of all that was paid, parted by tabs. */
export function report({ baskets }: SwregState): string {
  const rows = [...baskets.values()].flatMap(({ lines, currency, params, created }) =>
    lines
      .filter(({ number }) => number !== '')
      .map(({ number, product, quantity, unit, refunded }) => [
        number,
        dayOf(created),
        product,
        String(quantity),
        decimals(unit * quantity, currency),
        currency,
        params['a'] ?? '',
        params['t'] ?? '',
        refunded ? 'refunded' : 'paid',
      ]),
  )
  return [columns, ...rows].map((row) => `${row.map((cell) => cell.replace(/\s/g, ' ')).join('\t')}\r\n`).join('')
}
