import { secondsAt } from '../faults/rules.ts'
import type { SimState } from '../state.ts'
import { book } from './payouts.ts'
import { disputeBody, warningBody } from './shapes.ts'
import type { Dispute, Intent, Warning } from './state.ts'
import { emit } from './webhooks.ts'

/** What the bank takes for a dispute. Shape: minor units; the figure is ours. */
const DISPUTE_FEE = 2000

function tell(state: SimState, dispute: Dispute, what: string): void {
  emit(state, `charge.dispute.${what}`, disputeBody(state, dispute))
}

/** Takes the money, or brings it back, with the fee. */
function move(state: SimState, dispute: Dispute, way: 1 | -1): void {
  const { amount, currency, id: source } = dispute
  const line = { amount: way * amount, fee: -way * DISPUTE_FEE, currency, source, type: 'adjustment' } as const
  dispute.entryIds.push(book(state, line).id)
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
    entryIds: [],
    metadata: {},
    status: 'needs_response',
  }
  state.stripe.disputes.set(dispute.id, dispute)
  intent.disputeIds.push(dispute.id)
  move(state, dispute, -1)
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
  if (end === 'won') move(state, dispute, 1)
  tell(state, dispute, 'closed')
  if (end === 'won') tell(state, dispute, 'funds_reinstated')
  return true
}

/** The bank fears fraud before anybody disputes. */
export function warn(state: SimState, intent: Intent): Warning {
  const warning: Warning = {
    id: state.random.id('issfr'),
    actionable: intent.refunded < intent.amount,
    charge: intent.charge,
    payment_intent: intent.id,
    created: secondsAt(state, 'stripe'),
  }
  state.stripe.warnings.set(warning.id, warning)
  emit(state, 'radar.early_fraud_warning.created', warningBody(warning))
  return warning
}
