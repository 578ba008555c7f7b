import type { Mapping } from './mapping.ts'

/**
 * Paddle's report of the lines of transactions. The columns of the report are not confirmed: these are names chosen by this project
 * after the fields of its API, and the words of the status are those of the API.
 */
export const paddle: Mapping = {
  id: 'paddle',
  name: 'Paddle',
  processor: 'paddle',
  fidelity: 'chosen',
  columns: {
    transaction_id: 'orderRef',
    line_item_id: 'lineRef',
    product_name: 'product',
    quantity: 'quantity',
    total: 'amount',
    currency_code: 'currency',
    tax: 'tax',
    fee: 'fee',
    billed_at: 'paidAt',
    status: 'status',
    adjusted_total: 'refundedAmount',
    adjusted_at: 'refundedAt',
    customer_id: 'customerNumber',
    customer_name: 'name',
    customer_email: 'email',
    business_name: 'company',
    tax_identifier: 'vatNumber',
    address_first_line: 'street',
    address_second_line: 'street',
    address_city: 'city',
    address_region: 'city',
    address_postal_code: 'postcode',
    address_country_code: 'country',
  },
  statuses: {
    status: {
      completed: 'paid',
      paid: 'paid',
      billed: 'unpaid',
      ready: 'unpaid',
      draft: 'unpaid',
      past_due: 'unpaid',
      canceled: 'unpaid',
    },
  },
  dates: ['iso'],
  amounts: 'minor',
}
