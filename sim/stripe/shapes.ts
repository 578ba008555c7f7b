import type { SimState } from '../state.ts'
import type { Intent, Refund, Session } from './state.ts'

/** A session as the API gives it. Source: the processor's public API reference. */
export function sessionBody(state: SimState, session: Session): Record<string, unknown> {
  return {
    object: 'checkout.session',
    livemode: false,
    mode: 'payment',
    ...session,
    url: session.status === 'open' ? `${state.baseUrl}/c/pay/${session.id}` : null,
    customer_details:
      session.status === 'complete'
        ? { name: 'Typed at the processor', email: 'typed-there@example.org', address: { country: 'BE' } }
        : null,
  }
}

/** A payment as the API gives it. */
export function intentBody(state: SimState, intent: Intent): Record<string, unknown> {
  return {
    object: 'payment_intent',
    livemode: false,
    id: intent.id,
    amount: intent.amount,
    amount_received: intent.status === 'succeeded' ? intent.amount : 0,
    currency: intent.currency,
    created: intent.created,
    status: intent.status,
    metadata: intent.metadata,
    latest_charge: chargeBody(state, intent),
  }
}

/** A charge with its refunds. */
export function chargeBody(state: SimState, intent: Intent): Record<string, unknown> {
  const refunds = [...state.stripe.refunds.values()].filter((refund) => refund.payment_intent === intent.id)
  return {
    object: 'charge',
    livemode: false,
    id: intent.charge,
    amount: intent.amount,
    amount_refunded: intent.refunded,
    refunded: intent.refunded >= intent.amount,
    currency: intent.currency,
    created: intent.created,
    paid: intent.status === 'succeeded',
    payment_intent: intent.id,
    metadata: intent.metadata,
    billing_details: { name: 'Typed at the processor', email: 'typed-there@example.org' },
    refunds: {
      object: 'list',
      data: refunds.map(refundBody),
      has_more: false,
      url: `/v1/charges/${intent.charge}/refunds`,
    },
  }
}

/** A refund as the API gives it. */
export function refundBody(refund: Refund): Record<string, unknown> {
  return { object: 'refund', ...refund }
}
