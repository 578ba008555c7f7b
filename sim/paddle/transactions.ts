import type { CardStory, Decline } from '../cards.ts'
import { timeAt } from '../faults/rules.ts'
import type { Paid } from '../paying.tsx'
import type { SimState } from '../state.ts'
import { TAX, totalOf, transactionBody } from './shapes.ts'
import type { Attempt, Line, Transaction } from './state.ts'
import { tell } from './webhooks.ts'

/** What a transaction is made of. */
export type Wanted = Pick<Transaction, 'currency' | 'customData' | 'customerId' | 'returnUrl' | 'origin'> & {
  readonly lines: readonly Omit<Line, 'id' | 'priceId' | 'productId' | 'tax' | 'total'>[]
}

function say(state: SimState, one: Transaction, what: string): void {
  one.updated = timeAt(state, 'paddle')
  tell(state, `transaction.${what}`, transactionBody(state, one))
}

/** Begins a transaction that somebody may pay. */
export function begin(state: SimState, { lines, ...wanted }: Wanted): Transaction {
  const { id: idOf } = state.random
  const now = timeAt(state, 'paddle')
  const one: Transaction = {
    ...wanted,
    id: idOf('txn', 26),
    created: now,
    updated: now,
    attempts: [],
    status: 'draft',
    lines: lines.map((line) => ({
      ...line,
      ...taxed(line.unit * line.quantity, line.taxMode),
      id: idOf('txnitm', 26),
      priceId: idOf('pri', 26),
      productId: idOf('pro', 26),
    })),
  }
  state.paddle.transactions.set(one.id, one)
  say(state, one, 'created')
  return one
}

/** Tax is within the price, unless it is said to come on top. */
function taxed(price: number, mode: string): { tax: number; total: number } {
  if (mode !== 'external') return { tax: Math.round((price * TAX) / (1 + TAX)), total: price }
  const tax = Math.round(price * TAX)
  return { tax, total: price + tax }
}

function attempt(state: SimState, one: Transaction, status: Attempt['status']): Attempt {
  const now = timeAt(state, 'paddle')
  const captured = status === 'captured' ? now : null
  const made = { id: state.random.id('attempt'), amount: totalOf(one), created: now, status, error: null, captured }
  one.attempts.unshift(made)
  one.customerId ??= state.random.id('ctm', 26)
  return made
}

/** Fees are not final when it is paid, so the processor says it twice: paid, and then completed. */
function finish(state: SimState, one: Transaction): void {
  one.status = 'paid'
  say(state, one, 'paid')
  one.status = 'completed'
  say(state, one, 'completed')
}

const codes: Readonly<Record<Decline, string>> = {
  declined: 'declined',
  funds: 'not_enough_balance',
  expired: 'expired_card',
  code: 'invalid_payment_details',
  stolen: 'blocked_card',
  unconfirmed: 'authentication_failed',
}

/** What a test card does, and why the bank says no. */
export type Played = { readonly story: CardStory; readonly reason?: Decline | undefined }

/** Plays what a test card does. Paying twice means a second transaction with the same data, since one can be paid only once. */
export function pay(state: SimState, one: Transaction, { story, reason = 'declined' }: Played): Paid {
  const back = { goTo: one.returnUrl }
  if (story === 'decline') {
    attempt(state, one, 'error').error = codes[reason]
    say(state, one, 'payment_failed')
    return { stay: 'declined' }
  }
  if (story === 'pending' || story === 'pendingFails') {
    attempt(state, one, 'pending_no_action_required')
    say(state, one, 'updated')
    state.clock.after(state.lateMs, () => settle(state, one, story === 'pending'))
    return back
  }
  attempt(state, one, 'captured')
  if (story === 'backFirst') {
    one.status = 'paid'
    state.clock.after(state.lateMs, () => finish(state, one))
    return back
  }
  finish(state, one)
  if (story === 'paidTwice') paidAgain(state, one)
  return story === 'closedTab' ? { stay: 'closed' } : back
}

function paidAgain(state: SimState, one: Transaction): void {
  const second = begin(state, { ...one, origin: 'web' })
  attempt(state, second, 'captured')
  finish(state, second)
}

/** Whether a payment is on its way. */
export function isPending({ attempts: [last], status }: Transaction): boolean {
  return status === 'draft' && last?.status === 'pending_no_action_required'
}

/** Ends a payment that was pending. */
export function settle(state: SimState, one: Transaction, succeeds: boolean): boolean {
  const [last] = one.attempts
  if (!last || !isPending(one)) return false
  last.status = succeeds ? 'captured' : 'error'
  last.error = succeeds ? null : 'declined'
  last.captured = succeeds ? timeAt(state, 'paddle') : null
  if (succeeds) finish(state, one)
  else say(state, one, 'payment_failed')
  return true
}

/** Calls a transaction off that nobody paid. The documentation says both that drafts may be changed and that only ready and billed ones may be called off; here drafts may be. */
export function cancel(state: SimState, one: Transaction): boolean {
  if (one.status !== 'draft' || isPending(one)) return false
  one.status = 'canceled'
  say(state, one, 'canceled')
  return true
}
