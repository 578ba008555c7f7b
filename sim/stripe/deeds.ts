import type { CardStory } from '../cards.ts'
import { secondsAt, strikes } from '../faults/rules.ts'
import type { Paid } from '../paying.tsx'
import type { SimState } from '../state.ts'
import { book, feeOf } from './payouts.ts'
import { chargeBody, refundBody, sessionBody } from './shapes.ts'
import type { Intent, Refund, Session } from './state.ts'
import { emit } from './webhooks.ts'

function newIntent(state: SimState, session: Session, status: Intent['status']): Intent {
  const intent: Intent = {
    id: state.random.id('pi'),
    charge: state.random.id('ch'),
    session: session.id,
    amount: session.amount_total,
    currency: session.currency,
    created: secondsAt(state, 'stripe'),
    metadata: { ...session.intent_metadata },
    status,
    refundIds: [],
    disputeIds: [],
    entryId: null,
    refunded: 0,
  }
  state.stripe.intents.set(intent.id, intent)
  if (status === 'succeeded') captured(state, intent)
  return intent
}

function captured(state: SimState, intent: Intent): void {
  const { amount, currency, charge } = intent
  intent.entryId = book(state, { amount, fee: feeOf(amount), currency, source: charge, type: 'charge' }).id
}

function complete(state: SimState, session: Session, status: Intent['status']): Intent {
  const intent = newIntent(state, session, status)
  session.status = 'complete'
  session.payment_intent = intent.id
  session.payment_status = status === 'succeeded' ? 'paid' : 'unpaid'
  return intent
}

/** Plays what a test card does. */
export function pay(state: SimState, session: Session, story: CardStory): Paid {
  const back = { goTo: session.success_url.replace('{CHECKOUT_SESSION_ID}', session.id) }
  if (story === 'decline') return { stay: 'declined' }
  const tell = (): void => void emit(state, 'checkout.session.completed', sessionBody(state, session))
  if (session.amount_total === 0) {
    session.status = 'complete'
    session.payment_status = 'no_payment_required'
    tell()
    return back
  }
  if (story === 'pending' || story === 'pendingFails') {
    const intent = complete(state, session, 'processing')
    tell()
    state.clock.after(state.lateMs, () => settlePending(state, intent, story === 'pending'))
    return back
  }
  const first = complete(state, session, 'succeeded')
  if (story === 'backFirst') {
    state.clock.after(state.lateMs, tell)
    return back
  }
  tell()
  if (story === 'paidTwice') {
    const second = newIntent(state, session, 'succeeded')
    emit(state, 'checkout.session.completed', { ...sessionBody(state, session), payment_intent: second.id })
    session.payment_intent = first.id
  }
  return story === 'closedTab' ? { stay: 'closed' } : back
}

/** Ends a payment that was pending. */
export function settlePending(state: SimState, intent: Intent, succeeds: boolean): void {
  const session = state.stripe.sessions.get(intent.session)
  if (!session || intent.status !== 'processing') return
  intent.status = succeeds ? 'succeeded' : 'requires_payment_method'
  session.payment_status = succeeds ? 'paid' : 'unpaid'
  if (succeeds) captured(state, intent)
  emit(state, `checkout.session.async_payment_${succeeds ? 'succeeded' : 'failed'}`, sessionBody(state, session))
}

/** Ends a session that nobody paid. */
export function expire(state: SimState, session: Session): void {
  session.status = 'expired'
  emit(state, 'checkout.session.expired', sessionBody(state, session))
}

/** What is asked for when money goes back. Shape: amount in minor units. */
export type RefundAsked = {
  readonly amount: number
  readonly metadata: Record<string, string>
  readonly reason?: string | undefined
}

/** Gives a payment back, whole or a part of what is left of it. */
export function refund(state: SimState, intent: Intent, asked: RefundAsked): Refund {
  const target = { face: 'stripe', kind: 'refund' }
  const pendingMs = strikes(state, 'refundPending', target)
  const failsMs = strikes(state, 'refundFails', target)
  const made: Refund = {
    id: state.random.id('re'),
    payment_intent: intent.id,
    charge: intent.charge,
    amount: asked.amount,
    currency: intent.currency,
    created: secondsAt(state, 'stripe'),
    metadata: asked.metadata,
    reason: asked.reason ?? null,
    status: pendingMs === undefined ? 'succeeded' : 'pending',
  }
  intent.refunded += made.amount
  intent.refundIds.push(made.id)
  state.stripe.refunds.set(made.id, made)
  book(state, { amount: -made.amount, fee: 0, currency: made.currency, source: made.id, type: 'refund' })
  emit(state, 'charge.refunded', chargeBody(state, intent))
  emit(state, 'refund.created', refundBody(made))
  if (pendingMs !== undefined) state.clock.after(pendingMs, () => endRefund(state, made, 'succeeded'))
  if (failsMs !== undefined) state.clock.after(failsMs, () => endRefund(state, made, 'failed'))
  return made
}

/** Brings a refund to its end. One that failed or was called off leaves the money with the vendor; one that seemed done can still fail. */
export function endRefund(state: SimState, made: Refund, end: 'succeeded' | 'failed' | 'canceled'): boolean {
  const intent = state.stripe.intents.get(made.payment_intent)
  const can = made.status === 'pending' || (made.status === 'succeeded' && end === 'failed')
  if (!intent || !can) return false
  made.status = end
  if (end !== 'succeeded') {
    intent.refunded -= made.amount
    book(state, { amount: made.amount, fee: 0, currency: made.currency, source: made.id, type: 'refund_failure' })
  }
  if (end === 'failed') made.failure_reason = 'expired_or_canceled_card'
  emit(state, 'refund.updated', refundBody(made))
  if (end === 'failed') emit(state, 'refund.failed', refundBody(made))
  return true
}
