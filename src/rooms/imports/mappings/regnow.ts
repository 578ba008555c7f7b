import type { Mapping } from './mapping.ts'

/**
 * RegNow's report. Its columns were what each vendor chose in a format editor and no list of them is recovered, so these names are
 * chosen by this project. The status codes are RegNow's own: only C is paid. What follows after C is not recovered: R, B and V are names
 * chosen by this project.
 */
export const regnow: Mapping = {
  id: 'regnow',
  name: 'RegNow',
  processor: 'regnow',
  fidelity: 'chosen',
  columns: {
    'Order ID': 'orderRef',
    Item: 'product',
    Quantity: 'quantity',
    Total: 'amount',
    Currency: 'currency',
    Date: 'paidAt',
    Status: 'status',
    Refunded: 'refundedAmount',
    'Refund Date': 'refundedAt',
    'Buyer Name': 'name',
    'Buyer Email': 'email',
    Address: 'street',
    City: 'city',
    State: 'city',
    Zip: 'postcode',
    Country: 'country',
    'Registration Code': 'licenceKey',
    'Link ID': 'ours',
  },
  statuses: {
    Status: {
      C: 'paid',
      N: 'unpaid',
      W: 'unpaid',
      I: 'unpaid',
      L: 'unpaid',
      R: 'refunded',
      B: 'chargedBack',
      V: 'unpaid',
    },
  },
  dates: ['MM/DD/YYYY HH:mm:ss', 'MM/DD/YYYY'],
}
