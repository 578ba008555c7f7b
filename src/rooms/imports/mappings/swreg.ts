import type { Mapping } from './mapping.ts'

/**
 * SWREG's report. It was tab-delimited; the names of its columns are not recovered, so these are chosen by this project.
 * The words of the key call (order number, product code, billing name) are its own. What an order link called user text is, of a sale of this shop, the order's id.
 */
export const swreg: Mapping = {
  id: 'swreg',
  name: 'SWREG',
  processor: 'swreg',
  fidelity: 'chosen',
  columns: {
    'Order No': 'orderRef',
    'Line No': 'lineRef',
    'Product Code': 'product',
    Quantity: 'quantity',
    Price: 'amount',
    Currency: 'currency',
    VAT: 'tax',
    Commission: 'fee',
    'Order Date': 'paidAt',
    Status: 'status',
    'Refund Date': 'refundedAt',
    'First Name': 'name',
    'Last Name': 'name',
    Company: 'company',
    'Address 1': 'street',
    'Address 2': 'street',
    Town: 'city',
    Postcode: 'postcode',
    Country: 'country',
    Email: 'email',
    Phone: 'telephone',
    'IP Address': 'ipAddress',
    'User Text': 'ours',
    Key: 'licenceKey',
  },
  statuses: { Status: { paid: 'paid', pending: 'unpaid', refunded: 'refunded', 'charged back': 'chargedBack' } },
  dates: ['DD-MMM-YYYY HH:mm', 'DD-MMM-YYYY'],
}
