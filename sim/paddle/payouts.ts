import { strikes } from '../faults/rules.ts'
import type { SimState } from '../state.ts'
import { adjustedOf, CHARGEBACK_FEE, feeOf, payoutBody, totalOf } from './shapes.ts'
import type { Adjustment, Payout, Transaction } from './state.ts'
import { tell } from './webhooks.ts'

type Earned = { readonly id: string; readonly currency: string; readonly amount: number }

/** Pays out what was earned and not yet paid out, one payout for each currency. The package knows payouts by their events only. */
export function payOut(state: SimState): Payout[] {
  const open = earned(state).filter(({ id }) => !state.paddle.paidOut.has(id))
  return [...new Set(open.map(({ currency }) => currency))].flatMap(
    (currency) =>
      payOutOf(
        state,
        open.filter((one) => one.currency === currency),
      ) ?? [],
  )
}

function earned(state: SimState): Earned[] {
  const { transactions, adjustments } = state.paddle
  const sold = [...transactions.values()].filter(({ status }) => status === 'completed').map(saleOf)
  const back = [...adjustments.values()].filter(({ status }) => status === 'approved' || status === 'reversed')
  return [...sold, ...back.map((one) => changeOf(one, transactions.get(one.transaction)?.currency ?? ''))]
}

function saleOf(one: Transaction): Earned {
  const tax = one.lines.reduce((sum, line) => sum + line.tax, 0)
  return { id: one.id, currency: one.currency, amount: totalOf(one) - tax - feeOf(totalOf(one)) }
}

function changeOf(one: Adjustment, currency: string): Earned {
  const { total, tax } = adjustedOf(one)
  const net = { refund: tax - total, chargeback: tax - total - CHARGEBACK_FEE, chargeback_reverse: total - tax }
  return { id: one.id, currency, amount: net[one.action as keyof typeof net] ?? 0 }
}

function payOutOf(state: SimState, open: readonly Earned[]): Payout | undefined {
  const sum = open.reduce((all, { amount }) => all + amount, 0)
  const [first] = open
  if (!first || sum <= 0) return undefined
  const target = { face: 'paddle', kind: 'payout' }
  const share = strikes(state, 'payoutPartial', target) ?? 100
  const lateMs = strikes(state, 'payoutLate', target) ?? 0
  const other = first.currency === 'USD' ? 'GBP' : 'USD'
  const currency = strikes(state, 'payoutWrongCurrency', target) === undefined ? first.currency : other
  const amount = Math.floor((sum * share) / 100)
  const payout: Payout = { id: state.random.id('pay', 26), amount, currency, status: 'unpaid' }
  for (const { id } of open) state.paddle.paidOut.add(id)
  state.paddle.payouts.set(payout.id, payout)
  tell(state, 'payout.created', payoutBody(payout))
  if (lateMs === 0) arrive(state, payout)
  else state.clock.after(lateMs, () => arrive(state, payout))
  return payout
}

/** The money is at the vendor's bank. */
export function arrive(state: SimState, payout: Payout): boolean {
  if (payout.status === 'paid') return false
  payout.status = 'paid'
  tell(state, 'payout.paid', payoutBody(payout))
  return true
}
