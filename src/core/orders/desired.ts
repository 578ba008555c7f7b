import type { NewJob } from '../../db/index.ts'
import type { OrderId } from './facts.ts'
import { isOver, type OrderState } from './fold.ts'

/** The kinds of work that an order's state can call for. */
export type EffectKind =
  | 'licences.issue'
  | 'licences.revoke'
  | 'licences.restore'
  | 'payments.expire'
  | 'orders.task'
  | 'orders.clocks'
  | 'orders.erase'

/** What staff are asked to look at. */
export type TaskKind = 'secondPayment' | 'moneyOnCancelled' | 'wrongCurrency'

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
 * Keys, and their withdrawal and return with the right of use, each turn of it once. An order that was cancelled and then
 * paid is not fulfilled by itself: staff decide. One that only expired is. What was sold elsewhere got its keys there.
 */
function licences(orderId: OrderId, { paidAt, cancelled, right, turns, fulfilledElsewhere }: OrderState): NewJob[] {
  if (!paidAt || cancelled) return []
  return [
    ...(fulfilledElsewhere ? [] : [effect(orderId, 'licences.issue', {})]),
    ...(right === 'revoked' ? [effect(orderId, 'licences.revoke', { turns })] : []),
    ...(right === 'active' && turns > 1 ? [effect(orderId, 'licences.restore', { turns })] : []),
  ]
}

/** Money that came in elsewhere is looked after there. */
function tasks(orderId: OrderId, state: OrderState): NewJob[] {
  if (state.fulfilledElsewhere) return []
  return [
    ...state.surplus.map(({ ref }) =>
      effect(orderId, 'orders.task', { task: 'secondPayment' satisfies TaskKind, ref }),
    ),
    ...(state.cancelled && state.capturedMinor > 0 && state.refund !== 'full' && state.refund !== 'pending'
      ? [effect(orderId, 'orders.task', { task: 'moneyOnCancelled' satisfies TaskKind })]
      : []),
    ...state.foreign.map((ref) => effect(orderId, 'orders.task', { task: 'wrongCurrency' satisfies TaskKind, ref })),
  ]
}

function effect(orderId: OrderId, kind: EffectKind, more: Record<string, string | number>): NewJob {
  const key = ['order', orderId, kind, ...Object.values(more)].join(':')
  return { key, kind, ids: { orderId, ...more } }
}
