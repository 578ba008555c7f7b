import { secondsAt, strikes } from '../faults/rules.ts'
import type { SimState } from '../state.ts'
import { payoutBody } from './shapes.ts'
import type { Entry, Payout } from './state.ts'
import { emit } from './webhooks.ts'

/** What the processor keeps of a payment. Shape: minor units; the rate is ours. */
export function feeOf(amount: number): number {
  return Math.min(amount, Math.round(amount * 0.015) + 25)
}

/** Writes a line into the processor's book. */
export function book(state: SimState, line: Omit<Entry, 'id' | 'created' | 'payout'>): Entry {
  const entry: Entry = { ...line, id: state.random.id('txn'), created: secondsAt(state, 'stripe'), payout: null }
  state.stripe.entries.set(entry.id, entry)
  return entry
}

/** Pays out what stands to the vendor's credit, one payout for each currency. */
export function payOut(state: SimState): Payout[] {
  const open = [...state.stripe.entries.values()].filter(({ payout, type }) => payout === null && type !== 'payout')
  const currencies = [...new Set(open.map(({ currency }) => currency))]
  return currencies.flatMap(
    (currency) =>
      payOutOf(
        state,
        open.filter((entry) => entry.currency === currency),
      ) ?? [],
  )
}

function payOutOf(state: SimState, entries: readonly Entry[]): Payout | undefined {
  const sum = entries.reduce((all, { amount, fee }) => all + amount - fee, 0)
  const [first] = entries
  if (!first || sum <= 0) return undefined
  const target = { face: 'stripe', kind: 'payout' }
  const share = strikes(state, 'payoutPartial', target) ?? 100
  const lateMs = strikes(state, 'payoutLate', target) ?? 0
  const other = first.currency === 'usd' ? 'gbp' : 'usd'
  const currency = strikes(state, 'payoutWrongCurrency', target) === undefined ? first.currency : other
  const amount = Math.floor((sum * share) / 100)
  const id = state.random.id('po')
  const taken = book(state, { amount: -amount, fee: 0, currency, source: id, type: 'payout' })
  for (const entry of [...entries, taken]) entry.payout = id
  const now = secondsAt(state, 'stripe')
  const payout: Payout = {
    id,
    amount,
    currency,
    created: now,
    arrival_date: now,
    balance_transaction: taken.id,
    status: 'in_transit',
  }
  state.stripe.payouts.set(id, payout)
  emit(state, 'payout.created', payoutBody(payout))
  emit(state, 'payout.reconciliation_completed', payoutBody(payout))
  if (lateMs === 0) arrive(state, payout)
  else state.clock.after(lateMs, () => arrive(state, payout))
  return payout
}

/** The money is at the vendor's bank. */
export function arrive(state: SimState, payout: Payout): boolean {
  if (payout.status !== 'in_transit') return false
  payout.status = 'paid'
  emit(state, 'payout.paid', payoutBody(payout))
  return true
}

/** The vendor's bank sends the money back; it stands to the vendor's credit again. */
export function failPayout(state: SimState, payout: Payout): boolean {
  if (payout.status === 'failed') return false
  payout.status = 'failed'
  const { amount, currency, id: source } = payout
  book(state, { amount, fee: 0, currency, source, type: 'payout_failure' })
  emit(state, 'payout.failed', payoutBody(payout))
  return true
}
