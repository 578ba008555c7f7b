import type { Mapping } from './mapping.ts'

/**
 * Stripe's export of payments, with the column of our own order number among its metadata.
 * Source: the column names as several public programs read them; not tried with an account.
 */
export const stripe: Mapping = {
  id: 'stripe',
  name: 'Stripe',
  processor: 'stripe',
  fidelity: 'published',
  columns: {
    'PaymentIntent ID': 'orderRef',
    'order (metadata)': 'ours',
    Description: 'product',
    Amount: 'amount',
    Currency: 'currency',
    Fee: 'fee',
    'Created date (UTC)': 'paidAt',
    Status: 'status',
    'Dispute Status': 'status',
    'Amount Refunded': 'refundedAmount',
    'Refunded date (UTC)': 'refundedAt',
    'Customer Email': 'email',
    'Customer ID': 'customerNumber',
    'Customer Description': 'note',
    'Card Name': 'name',
    'Card Last4': 'card',
    'Card Brand': 'card',
    'Card Fingerprint': 'card',
    'Card Address Line1': 'street',
    'Card Address Line2': 'street',
    'Card Address City': 'city',
    'Card Address State': 'city',
    'Card Address Zip': 'postcode',
    'Card Address Country': 'country',
  },
  statuses: {
    Status: { Paid: 'paid', Refunded: 'refunded', Failed: 'unpaid', Pending: 'unpaid', canceled: 'unpaid' },
    // A dispute that is open is told again by the report that comes after its end.
    'Dispute Status': {
      '': 'paid',
      lost: 'chargedBack',
      won: 'disputeWon',
      needs_response: 'paid',
      under_review: 'paid',
      warning_needs_response: 'paid',
      warning_under_review: 'paid',
      warning_closed: 'paid',
    },
  },
  oneRowPerOrder: true,
  dates: ['YYYY-MM-DD HH:mm:ss', 'YYYY-MM-DD HH:mm', 'iso'],
}
