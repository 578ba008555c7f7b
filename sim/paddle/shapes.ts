import { isoTime } from '../clock.ts'
import type { SimState } from '../state.ts'
import type { Adjustment, Attempt, Line, Payout, Transaction } from './state.ts'

/** A thing as the API gives it. */
export type Body = Record<string, unknown>

/** The tax that everybody pays here. Shape: a share; the rate is ours. */
export const TAX = 0.21

/** What the processor keeps. Shape: minor units; the rate is ours. */
export function feeOf(total: number): number {
  return Math.min(total, Math.round(total * 0.05) + 50)
}

/** The sum of what is bought, with tax. */
export function totalOf({ lines }: Transaction): number {
  return lines.reduce((sum, { total }) => sum + total, 0)
}

function taxOf({ lines }: Transaction): number {
  return lines.reduce((sum, { tax }) => sum + tax, 0)
}

const money = (minor: number): string => String(minor)

/** A transaction as the API gives it. Source: the processor's public API reference, as is every shape here. */
export function transactionBody(state: SimState, one: Transaction): Body {
  const open = one.status === 'draft'
  return {
    id: one.id,
    status: one.status,
    customer_id: one.customerId,
    address_id: null,
    business_id: null,
    custom_data: one.customData,
    currency_code: one.currency,
    origin: one.origin,
    subscription_id: null,
    invoice_id: null,
    invoice_number: one.status === 'completed' ? `SIM-${one.id.slice(-8)}` : null,
    collection_mode: 'automatic',
    discount_id: null,
    billing_details: null,
    billing_period: null,
    items: one.lines.map((line) => ({ price: priceBody(one, line), quantity: line.quantity, proration: null })),
    details: detailsBody(one),
    payments: one.attempts.map(attemptBody),
    checkout: { url: open ? payUrl(state, one) : null },
    created_at: isoTime(one.created),
    updated_at: isoTime(one.updated),
    billed_at: open || one.status === 'canceled' ? null : isoTime(one.updated),
    revised_at: null,
  }
}

function payUrl(state: SimState, { id }: Transaction): string {
  return `${state.baseUrl}/paddle/pay/${id}?_ptxn=${id}`
}

function priceBody({ created, currency }: Transaction, line: Line): Body {
  return {
    id: line.priceId,
    product_id: line.productId,
    description: line.description,
    name: line.name,
    type: 'custom',
    billing_cycle: null,
    trial_period: null,
    tax_mode: line.taxMode,
    unit_price: { amount: money(line.unit), currency_code: currency },
    unit_price_overrides: [],
    quantity: { minimum: 1, maximum: 999 },
    status: 'active',
    custom_data: null,
    import_meta: null,
    created_at: isoTime(created),
    updated_at: isoTime(created),
  }
}

function detailsBody(one: Transaction): Body {
  const [total, tax, done] = [totalOf(one), taxOf(one), one.status === 'completed']
  const fee = feeOf(total)
  const sums = { subtotal: money(total - tax), discount: '0', tax: money(tax), total: money(total) }
  const totals = {
    ...sums,
    credit: '0',
    credit_to_balance: '0',
    balance: one.status === 'draft' ? money(total) : '0',
    grand_total: money(total),
    grand_total_tax: money(tax),
    fee: done ? money(fee) : null,
    earnings: done ? money(total - tax - fee) : null,
    currency_code: one.currency,
  }
  return {
    tax_rates_used: [{ tax_rate: String(TAX), totals: sums }],
    totals,
    adjusted_totals: totals,
    payout_totals: done ? { ...totals, exchange_rate: '1', fee_rate: '0.05' } : null,
    adjusted_payout_totals: null,
    line_items: one.lines.map(lineBody),
  }
}

function lineBody(line: Line): Body {
  const tax = Math.round(line.tax / line.quantity)
  const unit = Math.round(line.total / line.quantity)
  return {
    id: line.id,
    price_id: line.priceId,
    quantity: line.quantity,
    proration: null,
    tax_rate: String(TAX),
    unit_totals: sumsOf(unit, tax),
    totals: sumsOf(line.total, line.tax),
  }
}

function sumsOf(total: number, tax: number): Body {
  return { subtotal: money(total - tax), discount: '0', tax: money(tax), total: money(total) }
}

/** Without card and without its holder: a shop has no use for either. */
function attemptBody(one: Attempt): Body {
  return {
    payment_attempt_id: one.id,
    stored_payment_method_id: one.id,
    payment_method_id: null,
    amount: money(one.amount),
    status: one.status,
    error_code: one.error,
    method_details: { type: 'card', card: null, paypal: null, south_korea_local_card: null, underlying_details: null },
    created_at: isoTime(one.created),
    captured_at: one.captured === null ? null : isoTime(one.captured),
  }
}

/** What an adjustment comes to. */
export function adjustedOf({ lines }: Adjustment): { total: number; tax: number } {
  return {
    total: lines.reduce((sum, { amount }) => sum + amount, 0),
    tax: lines.reduce((sum, { tax }) => sum + tax, 0),
  }
}

/** What the bank takes for a chargeback. Shape: minor units; the figure is ours. */
export const CHARGEBACK_FEE = 1500

/** An adjustment as the API gives it. */
export function adjustmentBody(one: Adjustment, transaction: Transaction | undefined): Body {
  const { total, tax } = adjustedOf(one)
  const currency = transaction?.currency ?? 'EUR'
  const sums = { subtotal: money(total - tax), tax: money(tax), total: money(total) }
  const totals = { ...sums, fee: '0', retained_fee: '0', earnings: money(total - tax), currency_code: currency }
  const charged = one.action === 'chargeback' ? { amount: money(CHARGEBACK_FEE), original: null } : null
  return {
    id: one.id,
    action: one.action,
    type: one.type,
    transaction_id: one.transaction,
    subscription_id: null,
    customer_id: transaction?.customerId ?? '',
    reason: one.reason,
    credit_applied_to_balance: false,
    currency_code: currency,
    status: one.status,
    items: one.lines.map((line) => ({
      id: line.id,
      item_id: line.lineId,
      type: line.type,
      amount: money(line.amount),
      proration: null,
      totals: { subtotal: money(line.amount - line.tax), tax: money(line.tax), total: money(line.amount) },
    })),
    totals,
    payout_totals: one.status === 'approved' ? { ...totals, chargeback_fee: charged } : null,
    tax_rates_used: [{ tax_rate: String(TAX), totals: sums }],
    created_at: isoTime(one.created),
    updated_at: isoTime(one.updated),
  }
}

/** A payout as the API gives it. */
export function payoutBody({ id, status, amount, currency }: Payout): Body {
  return { id, status, amount: money(amount), currency_code: currency }
}
