import { dayOf } from '../clock.ts'
import { decimals } from '../linked/text.ts'
import type { SwregState } from './state.ts'

/** The columns of the report: names chosen by this project, since the processor's own are not known; those that the shop's own mapping reads. */
export const columns = [
  'Order No',
  'Product Code',
  'Quantity',
  'Price',
  'Currency',
  'Order Date',
  'Status',
  'User Text',
  'Affiliate',
] as const

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** The report of all that was paid, parted by tabs. Every product of a basket has a number and a row of its own. */
export function report({ baskets }: SwregState): string {
  const rows = [...baskets.values()].flatMap(({ lines, currency, params, created }) =>
    lines
      .filter(({ number }) => number !== '')
      .map(({ number, product, quantity, unit, refunded }) => [
        number,
        product,
        String(quantity),
        decimals(unit * quantity, currency),
        currency,
        dateOf(created),
        refunded ? 'refunded' : 'paid',
        params['t'] ?? '',
        params['a'] ?? '',
      ]),
  )
  return [columns, ...rows].map((row) => `${row.map((cell) => cell.replace(/\s/g, ' ')).join('\t')}\r\n`).join('')
}

/** For instance `01-Jan-2009`. */
function dateOf(ms: number): string {
  const [year = '', month = '', day = ''] = dayOf(ms).split('-')
  return `${day}-${MONTHS[Number(month) - 1] ?? ''}-${year}`
}
