import type { SimState } from '../state.ts'
import { isWaiting, leftOf, wholeOf, type Part } from './adjustments.ts'
import { refuse, type Answer } from './answers.ts'
import type { Adjustment, Transaction } from './state.ts'
import type { Wanted } from './transactions.ts'

/** A body as it came. */
export type Given = Readonly<Record<string, unknown>>

/** An object, or an empty one. */
export function given(value: unknown): Given {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Given) : {}
}

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined)
const list = (value: unknown): Given[] => (Array.isArray(value) ? value.map(given) : [])

function whole(value: unknown): number {
  return /^\d{1,12}$/.test(typeof value === 'string' ? value : '') ? Number(value) : NaN
}

/** What a transaction was asked to be, or why it cannot be. Shape: prices that belong to no catalogue; amounts as text in minor units. */
export function wantedIn(body: Given, home: string): Wanted | Answer {
  const items = list(body['items'])
  const currency = currencyIn(items)
  const lines = items.map(lineOf)
  const right = lines.every((line) => line.unit >= 0 && line.quantity > 0 && line.description !== '')
  if (!currency || !right) return refuse('bad_request', 'Invalid request.')
  const custom = body['custom_data']
  return {
    currency,
    lines,
    origin: 'api',
    customerId: text(body['customer_id']) ?? null,
    customData: custom ? given(custom) : null,
    returnUrl: backFrom(text(given(body['checkout'])['url']) ?? home),
  }
}

/** Where a vendor's page sends the browser afterwards: to what its address names as `return`, which is a name of this project's, or to itself. */
function backFrom(page: string): string {
  return (URL.canParse(page) && new URL(page).searchParams.get('return')) || page
}

/** The one currency of all items. */
function currencyIn(items: readonly Given[]): string | undefined {
  const [currency, ...others] = new Set(items.map(currencyOf))
  return others.length === 0 && /^[A-Z]{3}$/.test(currency ?? '') ? currency : undefined
}

function currencyOf(item: Given): string | undefined {
  return text(given(given(item['price'])['unit_price'])['currency_code'])
}

function lineOf(item: Given): Wanted['lines'][number] {
  const price = given(item['price'])
  const quantity = Number(item['quantity'])
  return {
    name: text(price['name']) ?? '',
    description: text(price['description']) ?? '',
    taxMode: text(price['tax_mode']) ?? 'account_setting',
    unit: whole(given(price['unit_price'])['amount']),
    quantity: Number.isInteger(quantity) ? quantity : NaN,
  }
}

/** What a refund was asked to be. */
export type RefundWanted = {
  readonly parts: readonly Part[]
  readonly reason: string
  readonly type: Adjustment['type']
}

/** What a refund was asked to be, or why it cannot be. */
export function refundIn(state: SimState, one: Transaction, body: Given): RefundWanted | Answer {
  const reason = text(body['reason'])
  const type = body['type'] === 'full' ? 'full' : 'partial'
  if (body['action'] !== 'refund' || !reason) return refuse('bad_request', 'Invalid request.')
  if (one.status !== 'completed')
    return refuse('adjustment_invalid_transaction_status', 'Transaction is not billed or completed.')
  if (isWaiting(state, one)) return refuse('adjustment_pending_refund_request', PENDING)
  const parts = type === 'full' ? wholeOf(state, one) : list(body['items']).map((item) => partOf(state, one, item))
  const fits = parts.every(({ lineId, amount }) => {
    const line = one.lines.find(({ id }) => id === lineId)
    return line !== undefined && amount > 0 && amount <= leftOf(state, one, line)
  })
  const twice = new Set(parts.map(({ lineId }) => lineId)).size < parts.length
  if (parts.length === 0 || !fits || twice) return refuse('adjustment_transaction_item_invalid', CANNOT)
  return { parts, reason, type }
}

const PENDING =
  'You are unable to create further adjustments against this transaction as there is a pending refund request'
const CANNOT = 'One or more adjustment items cannot be processed'

function partOf(state: SimState, one: Transaction, item: Given): Part {
  const lineId = text(item['item_id']) ?? ''
  const line = one.lines.find(({ id }) => id === lineId)
  if (item['type'] === 'full') return { lineId, amount: line ? leftOf(state, one, line) : 0 }
  return { lineId, amount: whole(item['amount']) }
}
