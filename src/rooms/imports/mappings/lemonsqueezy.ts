import type { Mapping } from './mapping.ts'

/**
 * Lemon Squeezy's export of orders. The columns of the export are not confirmed: these are names chosen by this project after the
 * fields of its API, and the words of the status are those of the API.
 */
export const lemonsqueezy: Mapping = {
  id: 'lemonsqueezy',
  name: 'Lemon Squeezy',
  processor: 'lemonsqueezy',
  fidelity: 'chosen',
  columns: {
    identifier: 'orderRef',
    product_name: 'product',
    quantity: 'quantity',
    total: 'amount',
    tax: 'tax',
    currency: 'currency',
    created_at: 'paidAt',
    status: 'status',
    refunded_amount: 'refundedAmount',
    refunded_at: 'refundedAt',
    customer_id: 'customerNumber',
    user_name: 'name',
    user_email: 'email',
    billing_address: 'street',
    billing_city: 'city',
    billing_region: 'city',
    billing_zip: 'postcode',
    billing_country: 'country',
    license_key: 'licenceKey',
  },
  statuses: {
    status: {
      paid: 'paid',
      refunded: 'refunded',
      partial_refund: 'paid',
      pending: 'unpaid',
      failed: 'unpaid',
      fraudulent: 'unpaid',
    },
  },
  oneRowPerOrder: true,
  dates: ['iso', 'YYYY-MM-DD HH:mm:ss'],
}
