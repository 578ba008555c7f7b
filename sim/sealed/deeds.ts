import type { CardStory } from '../cards.ts'
import { strikes, timeAt } from '../faults/rules.ts'
import type { Paid } from '../paying.tsx'
import type { SimState } from '../state.ts'
import { tell } from './notices.ts'
import { newCardKey, sealCard } from './seal.ts'
import type { OrderStatus, SealedOrder, SealedRefund } from './state.ts'

const HOUR_MS = 3_600_000

/** What the shop asks for when an order is to be paid. */
export type Asked = Pick<SealedOrder, 'order' | 'number' | 'amount' | 'currency' | 'description' | 'returnUrl'>

/** Opens a page for an order; one that nobody pays ends by itself after an hour. */
export function openOrder(state: SimState, asked: Asked): SealedOrder {
  const now = timeAt(state, 'sealed')
  const made: SealedOrder = {
    ...asked,
    id: state.random.id('so'),
    payment: state.random.id('sp'),
    expires: now + HOUR_MS,
    status: 'open',
    changed: now,
    refunded: 0,
    dispute: 'none',
  }
  state.sealed.orders.set(made.id, made)
  state.clock.after(HOUR_MS, () => end(state, made, 'expired'))
  return made
}

/** Seals the card that was typed and forgets it. At a real processor the browser does this; here it is played in the memory of the simulator. */
export async function takeCard(state: SimState, order: SealedOrder, card: string): Promise<void> {
  const key = newCardKey(state.random.id('ck'))
  const sealed = await sealCard(card, key)
  if (isOver(order)) return void key.secret.fill(0) // the same form, sent twice at once, was quicker
  forget(state, order)
  state.sealed.cards.set(order.id, { card: sealed, key })
}

function isOver({ status }: SealedOrder): boolean {
  return status !== 'open' && status !== 'received'
}

function forget({ sealed }: SimState, order: SealedOrder): void {
  sealed.cards.get(order.id)?.key.secret.fill(0)
  sealed.cards.delete(order.id)
}

/** Destroys the key to an order's card, and keeps what shows it. */
function destroyKey(state: SimState, order: SealedOrder, because: OrderStatus): void {
  const part = state.sealed.cards.get(order.id)
  if (part) state.sealed.gone.push({ order: order.number, kid: part.key.kid, because, at: timeAt(state, 'sealed') })
  forget(state, order)
}

/** Tells the shop that a payment is on its way, with the card part. */
export async function receive(state: SimState, order: SealedOrder): Promise<void> {
  order.status = 'received'
  order.changed = timeAt(state, 'sealed')
  await tell(state, order, { kind: 'order.received' })
}

/** Brings an order to its end, destroys the key to its card, and tells the shop. */
export async function end(
  state: SimState,
  order: SealedOrder,
  status: Exclude<OrderStatus, 'open' | 'received'>,
): Promise<boolean> {
  if (isOver(order)) return false
  order.status = status
  order.changed = timeAt(state, 'sealed')
  destroyKey(state, order, status)
  await tell(state, order, { kind: `order.${status}` })
  return true
}

/** Plays what a test card does. */
export async function pay(state: SimState, order: SealedOrder, story: CardStory): Promise<Paid> {
  if (story === 'decline') {
    forget(state, order)
    return { stay: 'declined' }
  }
  await receive(state, order)
  const complete = (): Promise<boolean> => end(state, order, 'completed')
  if (story === 'pending') state.clock.after(state.lateMs, complete)
  else if (story === 'pendingFails') state.clock.after(state.lateMs, () => end(state, order, 'failed'))
  else if (story === 'backFirst') state.clock.after(state.lateMs, complete)
  else await complete()
  if (story === 'paidTwice') await again(state, order)
  return story === 'closedTab' ? { stay: 'closed' } : { goTo: order.returnUrl }
}

/** The same order is paid a second time. */
async function again(state: SimState, order: SealedOrder): Promise<void> {
  const second = { ...order, id: state.random.id('so'), payment: state.random.id('sp') }
  state.sealed.orders.set(second.id, second)
  await tell(state, second, { kind: 'order.completed' })
}

/** A bank takes a payment back, or says how that ended. Answers false when the order does not stand so. */
export async function dispute(
  state: SimState,
  order: SealedOrder,
  to: Exclude<SealedOrder['dispute'], 'none'>,
): Promise<boolean> {
  const can = to === 'open' ? order.status === 'completed' && order.dispute === 'none' : order.dispute === 'open'
  if (!can) return false
  order.dispute = to
  await tell(state, order, { kind: `dispute.${to === 'open' ? 'opened' : to}`, dispute: `sd_${order.id}` })
  return true
}

/** Pays back, whole or in part. */
export async function refund(
  state: SimState,
  order: SealedOrder,
  asked: { refund?: string; amount: number },
): Promise<SealedRefund> {
  const target = { face: 'sealed', kind: 'refund' }
  const pendingMs = strikes(state, 'refundPending', target)
  const failsMs = strikes(state, 'refundFails', target)
  const id = state.random.id('sr')
  const time = timeAt(state, 'sealed')
  const status = pendingMs === undefined ? 'succeeded' : 'requested'
  const made: SealedRefund = {
    id,
    payment: order.payment,
    refund: asked.refund ?? id,
    amount: asked.amount,
    time,
    status,
  }
  order.refunded += made.amount
  state.sealed.refunds.set(id, made)
  await tellRefund(state, order, made)
  const ends = (as: 'succeeded' | 'failed') => async (): Promise<void> => {
    made.status = as
    if (as === 'failed') order.refunded -= made.amount
    await tellRefund(state, order, made)
  }
  if (pendingMs !== undefined) state.clock.after(pendingMs, ends('succeeded'))
  if (failsMs !== undefined) state.clock.after(failsMs, ends('failed'))
  return made
}

function tellRefund(state: SimState, order: SealedOrder, { refund: ref, amount, status }: SealedRefund): Promise<void> {
  return tell(state, order, { kind: `refund.${status}`, refund: ref, amount })
}
