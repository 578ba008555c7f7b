import { strikes, timeAt } from '../faults/rules.ts'
import type { SimState } from '../state.ts'
import { adjustmentBody } from './shapes.ts'
import type { AdjustedLine, Adjustment, Line, Transaction } from './state.ts'
import { tell } from './webhooks.ts'

type Deed = Pick<Adjustment, 'action' | 'type' | 'reason' | 'status'>

/** What shall go back of one line. Shape: minor units with tax. */
export type Part = { readonly lineId: string; readonly amount: number }

function of(state: SimState, { id }: Transaction): Adjustment[] {
  return [...state.paddle.adjustments.values()].filter(({ transaction }) => transaction === id)
}

/** Whether a refund waits for the processor, so that nothing else may be asked. */
export function isWaiting(state: SimState, one: Transaction): boolean {
  return of(state, one).some(({ status }) => status === 'pending_approval')
}

/** What has not gone back of a line. */
export function leftOf(state: SimState, one: Transaction, line: Line): number {
  const taken = of(state, one).filter(
    ({ action, status }) =>
      (action === 'refund' || action === 'chargeback') && !['rejected', 'reversed'].includes(status),
  )
  const parts = taken.flatMap(({ lines }) => lines).filter(({ lineId }) => lineId === line.id)
  return line.total - parts.reduce((sum, { amount }) => sum + amount, 0)
}

/** All that has not gone back. */
export function wholeOf(state: SimState, one: Transaction): Part[] {
  const parts = one.lines.map((line) => ({ lineId: line.id, amount: leftOf(state, one, line) }))
  return parts.filter(({ amount }) => amount > 0)
}

function adjust(state: SimState, one: Transaction, { parts, ...deed }: Deed & { parts: readonly Part[] }): Adjustment {
  const now = timeAt(state, 'paddle')
  const made: Adjustment = {
    ...deed,
    id: state.random.id('adj', 26),
    transaction: one.id,
    lines: parts.map((part) => adjusted(state, one, part)),
    created: now,
    updated: now,
  }
  state.paddle.adjustments.set(made.id, made)
  tell(state, 'adjustment.created', adjustmentBody(made, one))
  return made
}

function adjusted(state: SimState, one: Transaction, { lineId, amount }: Part): AdjustedLine {
  const line = one.lines.find(({ id }) => id === lineId)
  const tax = line ? Math.round((line.tax * amount) / line.total) : 0
  return { id: state.random.id('adjitm', 26), lineId, amount, tax, type: amount === line?.total ? 'full' : 'partial' }
}

/** Asks for a refund. The processor looks at each before it is done, and says no to some. */
export function askRefund(
  state: SimState,
  one: Transaction,
  asked: { parts: readonly Part[]; reason: string; type: Adjustment['type'] },
): Adjustment {
  const target = { face: 'paddle', kind: 'refund' }
  const waitMs = strikes(state, 'refundPending', target) ?? state.lateMs
  const refused = strikes(state, 'refundFails', target) !== undefined
  const made = adjust(state, one, { ...asked, action: 'refund', status: 'pending_approval' })
  state.clock.after(waitMs, () => decide(state, made, refused ? 'rejected' : 'approved'))
  return made
}

/** The processor decides about a refund. */
export function decide(state: SimState, made: Adjustment, end: 'approved' | 'rejected'): boolean {
  if (made.status !== 'pending_approval') return false
  become(state, made, end)
  return true
}

function become(state: SimState, made: Adjustment, status: Adjustment['status']): void {
  made.status = status
  made.updated = timeAt(state, 'paddle')
  tell(state, 'adjustment.updated', adjustmentBody(made, state.paddle.transactions.get(made.transaction)))
}

/** The processor gives all that is left back of its own accord. */
export function refundNow(state: SimState, one: Transaction): Adjustment | undefined {
  const parts = wholeOf(state, one)
  if (one.status !== 'completed' || parts.length === 0) return undefined
  return adjust(state, one, { action: 'refund', type: 'full', reason: 'by the processor', status: 'approved', parts })
}

/** The bank warns of a chargeback, or makes one. */
export function chargeBack(
  state: SimState,
  one: Transaction,
  action: 'chargeback' | 'chargeback_warning',
): Adjustment | undefined {
  const parts = wholeOf(state, one)
  if (one.status !== 'completed' || parts.length === 0) return undefined
  return adjust(state, one, { action, type: 'full', reason: 'fraud', status: 'approved', parts })
}

/** A chargeback was won, or a warning came to nothing: the money is back. */
export function reverse(state: SimState, made: Adjustment): Adjustment | undefined {
  const one = state.paddle.transactions.get(made.transaction)
  const action = reversals[made.action]
  if (!one || !action || made.status !== 'approved') return undefined
  become(state, made, 'reversed')
  const parts = made.lines.map(({ lineId, amount }) => ({ lineId, amount }))
  return adjust(state, one, { action, type: made.type, reason: made.reason, status: 'approved', parts })
}

const reversals: Readonly<Partial<Record<Adjustment['action'], Adjustment['action']>>> = {
  chargeback: 'chargeback_reverse',
  chargeback_warning: 'chargeback_warning_reverse',
}
