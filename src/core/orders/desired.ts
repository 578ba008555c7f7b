import type { NewJob } from '../../db/index.ts'
import type { OrderId } from './facts.ts'
import { isOver, type OrderState } from './fold/state.ts'

/** The kinds of work that an order's state can call for. */
export type EffectKind =
  'licences.issue' | 'licences.follow' | 'payments.expire' | 'orders.task' | 'orders.clocks' | 'orders.erase'

/** What staff are asked to look at. */
export type TaskKind =
  | 'secondPayment'
  | 'overpaid'
  | 'moneyOnCancelled'
  | 'wrongCurrency'
  | 'paymentVoided'
  | 'partialRefund'
  | 'refundFailed'
  | 'disputeWarned'

/**
 * All that an order's state calls for. It only ever grows as facts arrive, and each piece has a key of its own,
 * so desired minus done is the work left and nothing is done twice. Source: architecture, orders.
 */
export function desired(orderId: OrderId, state: OrderState): NewJob[] {
  if (!state.placed) return []
  return [
    ...licences(orderId, state),
    ...(state.cancelled ? [effect(orderId, 'payments.expire', {})] : []),
    ...tasks(orderId, state),
    ...clocks(orderId, state),
    ...(eraseNow(state) ? [effect(orderId, 'orders.erase', {})] : []),
  ]
}

/** Whether a person who asked to be erased after delivery has what was ordered, or never gets it. */
function eraseNow(state: OrderState): boolean {
  return state.eraseAfterDelivery && (isDelivered(state) || isOver(state))
}

function isDelivered(state: OrderState): boolean {
  return state.handedOverAt !== undefined || state.goods === 'delivered'
}

/** An order that ends without delivery: what was held to deliver it is held for no longer than if it had been. */
function clocks(orderId: OrderId, state: OrderState): NewJob[] {
  if (isDelivered(state)) return []
  if (isOver(state)) return [effect(orderId, 'orders.clocks', { end: 'over' })]
  const unpaid = state.capturedMinor === 0 && (state.expired || state.payment === 'failed')
  return unpaid ? [effect(orderId, 'orders.clocks', { end: 'unpaid' })] : []
}

/**
 * Keys, and after every fact that can change a right another look at each of them. An order whose payment was voided asks for
 * its keys too: they may be on their way, and the look at them waits until they are there. An order that was cancelled and then
 * paid is not fulfilled by itself: staff decide. One that only expired is. What was sold elsewhere got its keys there.
 */
function licences(orderId: OrderId, state: OrderState): NewJob[] {
  const { wasPaid, cancelled, turns, refunds, disputes, decisions, voided, fulfilledElsewhere } = state
  if (!wasPaid || cancelled) return []
  const follows = refunds.length + disputes.length + decisions.length + voided.length > 0
  return [
    ...(fulfilledElsewhere ? [] : [effect(orderId, 'licences.issue', {})]),
    ...(follows ? [effect(orderId, 'licences.follow', { turns })] : []),
  ]
}

/** Money that came in elsewhere is looked after there. */
function tasks(orderId: OrderId, state: OrderState): NewJob[] {
  if (state.fulfilledElsewhere) return []
  const task = (kind: TaskKind, ref?: string): NewJob =>
    effect(orderId, 'orders.task', { task: kind, ...(ref !== undefined && { ref }) })
  const failed = state.refunds.filter((one) => one.state === 'failed')
  const warned = state.disputes.filter((one) => one.state === 'warned')
  return [
    ...state.surplus.map(({ ref }) => task('secondPayment', ref)),
    ...(isOverpaid(state) ? [task('overpaid')] : []),
    ...(state.cancelled && state.capturedMinor > 0 && state.refund !== 'full' && state.refund !== 'pending'
      ? [task('moneyOnCancelled')]
      : []),
    ...state.voided.map(({ ref }) => task('paymentVoided', ref)),
    ...state.foreign.map((ref) => task('wrongCurrency', ref)),
    ...state.toDecide.map((ref) => task('partialRefund', ref)),
    ...failed.map(({ ref }) => task('refundFailed', ref)),
    ...warned.map(({ ref }) => task('disputeWarned', ref)),
  ]
}

/** Whether more came in than the total and all that came after it: no single payment is too much, so none can be given back as a whole. */
function isOverpaid({ placed, capturedMinor, surplus }: OrderState): boolean {
  const beyond = surplus.reduce((sum, { amountMinor }) => sum + amountMinor, 0)
  return capturedMinor - beyond > (placed?.totalMinor ?? 0)
}

function effect(orderId: OrderId, kind: EffectKind, more: Record<string, string | number>): NewJob {
  const key = ['order', orderId, kind, ...Object.values(more)].join(':')
  return { key, kind, ids: { orderId, ...more } }
}
