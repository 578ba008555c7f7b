import type { Mapping } from './mapping.ts'

/**
 * RegNow's report. Its columns were what each vendor chose in a format editor and no list of them is recovered, so these names are
 * chosen by this project. The status codes are RegNow's own: only C is paid, and what follows after C is not recovered.
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
  },
  statuses: { Status: { C: 'paid', N: 'unpaid', W: 'unpaid', I: 'unpaid', L: 'unpaid' } },
  dates: ['MM/DD/YYYY HH:mm:ss', 'MM/DD/YYYY'],
}
