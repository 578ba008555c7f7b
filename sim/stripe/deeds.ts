import type { CardStory } from '../cards.ts'
import { secondsAt } from '../faults/rules.ts'
import type { Paid } from '../paying.tsx'
import type { SimState } from '../state.ts'
import { chargeBody, sessionBody } from './shapes.ts'
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
    metadata: { ...session.metadata },
    status,
    refunded: 0,
  }
  state.stripe.intents.set(intent.id, intent)
  return intent
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
  if (story === 'pending' || story === 'pendingFails') {
    const intent = complete(state, session, 'processing')
    emit(state, 'checkout.session.completed', sessionBody(state, session))
    state.clock.after(state.lateMs, () => settlePending(state, intent, story === 'pending'))
    return back
  }
  const first = complete(state, session, 'succeeded')
  const tell = (): void => void emit(state, 'checkout.session.completed', sessionBody(state, session))
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
  emit(state, `checkout.session.async_payment_${succeeds ? 'succeeded' : 'failed'}`, sessionBody(state, session))
}

/** Ends a session that nobody paid. */
export function expire(state: SimState, session: Session): void {
  session.status = 'expired'
  emit(state, 'checkout.session.expired', sessionBody(state, session))
}

/** Gives a payment back, whole or what is left of it. */
export function refund(
  state: SimState,
  intent: Intent,
  asked: { amount: number; metadata: Record<string, string> },
): Refund {
  const made: Refund = {
    id: state.random.id('re'),
    payment_intent: intent.id,
    charge: intent.charge,
    amount: asked.amount,
    currency: intent.currency,
    created: secondsAt(state, 'stripe'),
    metadata: asked.metadata,
    status: 'succeeded',
  }
  intent.refunded += asked.amount
  state.stripe.refunds.set(made.id, made)
  emit(state, 'charge.refunded', chargeBody(state, intent))
  return made
}
