import type { Mapping } from './mapping.ts'

/**
 * Gumroad's export of sales. It ends with a row of totals, which is no sale.
 * Source: the column names in Gumroad's published source code; not tried with an account.
 */
export const gumroad: Mapping = {
  id: 'gumroad',
  name: 'Gumroad',
  processor: 'gumroad',
  fidelity: 'published',
  columns: {
    'Purchase ID': 'orderRef',
    'Item Name': 'product',
    Quantity: 'quantity',
    'Sale Price ($)': 'amount',
    'Taxes ($)': 'tax',
    'Fees ($)': 'fee',
    'Purchase Date': 'paidAt',
    'Fully Refunded?': 'status',
    'Disputed?': 'status',
    'Dispute Won?': 'status',
    'Partial Refund ($)': 'refundedAmount',
    'Buyer Name': 'name',
    'Purchase Email': 'email',
    'Street Address': 'street',
    City: 'city',
    State: 'city',
    'Zip Code': 'postcode',
    Country: 'country',
    'License Key': 'licenceKey',
    'Custom Fields': 'note',
    Review: 'note',
  },
  statuses: {
    'Fully Refunded?': { '0': 'paid', '1': 'refunded' },
    'Disputed?': { '0': 'paid', '1': 'chargedBack' },
    'Dispute Won?': { '0': 'paid', '1': 'disputeWon' },
  },
  passOver: { 'Purchase ID': ['Totals'] },
  oneRowPerOrder: true,
  dates: ['YYYY-MM-DD'],
  currency: 'USD',
}
