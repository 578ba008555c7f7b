import { secondsAt } from '../faults/rules.ts'
import type { SimState } from '../state.ts'
import { book } from './payouts.ts'
import { disputeBody } from './shapes.ts'
import type { Dispute, Intent } from './state.ts'
import { emit } from './webhooks.ts'

/** What the bank takes for a dispute. Shape: minor units; the figure is ours. */
const DISPUTE_FEE = 2000

function tell(state: SimState, dispute: Dispute, what: string): void {
  emit(state, `charge.dispute.${what}`, disputeBody(state, dispute))
}

/** The bank takes the money back while it is disputed. */
export function openDispute(state: SimState, intent: Intent, reason = 'fraudulent'): Dispute {
  const dispute: Dispute = {
    id: state.random.id('du'),
    payment_intent: intent.id,
    charge: intent.charge,
    amount: intent.amount - intent.refunded,
    currency: intent.currency,
    created: secondsAt(state, 'stripe'),
    reason,
    metadata: {},
    status: 'needs_response',
  }
  state.stripe.disputes.set(dispute.id, dispute)
  const { amount, currency, id: source } = dispute
  book(state, { amount: -amount, fee: DISPUTE_FEE, currency, source, type: 'adjustment' })
  tell(state, dispute, 'created')
  tell(state, dispute, 'funds_withdrawn')
  return dispute
}

/** The vendor has said something, and the bank looks at it. */
export function reviewDispute(state: SimState, dispute: Dispute): boolean {
  if (dispute.status !== 'needs_response') return false
  dispute.status = 'under_review'
  tell(state, dispute, 'updated')
  return true
}

/** The bank decides. One that is won brings the money back. */
export function closeDispute(state: SimState, dispute: Dispute, end: 'won' | 'lost'): boolean {
  if (dispute.status === 'won' || dispute.status === 'lost') return false
  dispute.status = end
  const { amount, currency, id: source } = dispute
  if (end === 'won') book(state, { amount, fee: -DISPUTE_FEE, currency, source, type: 'adjustment' })
  tell(state, dispute, 'closed')
  if (end === 'won') tell(state, dispute, 'funds_reinstated')
  return true
}

/** The bank fears fraud before anybody disputes. */
export function warn(state: SimState, intent: Intent): Record<string, unknown> {
  const warning = {
    id: state.random.id('issfr'),
    object: 'radar.early_fraud_warning',
    livemode: false,
    actionable: intent.refunded < intent.amount,
    charge: intent.charge,
    payment_intent: intent.id,
    created: secondsAt(state, 'stripe'),
    fraud_type: 'made_with_stolen_card',
  }
  emit(state, 'radar.early_fraud_warning.created', warning)
  return warning
}
