import type { SimState } from '../state.ts'
import type { Dispute, Entry, Intent, Payout, Refund, Session, Warning } from './state.ts'

/** A thing as the API gives it. */
export type Body = Record<string, unknown>

/** A session as the API gives it. Source: the processor's public API reference, as is every shape here. */
export function sessionBody(state: SimState, session: Session): Body {
  const { description: _, intent_metadata: __, ...shown } = session
  return {
    object: 'checkout.session',
    livemode: false,
    mode: 'payment',
    ...shown,
    amount_subtotal: session.amount_total,
    url: session.status === 'open' ? `${state.baseUrl}/c/pay/${session.id}` : null,
    customer_details:
      session.status === 'complete'
        ? { name: 'Typed at the processor', email: 'typed-there@example.org', address: { country: 'BE' } }
        : null,
  }
}

/** A payment as the API gives it. */
export function intentBody(intent: Intent): Body {
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
    latest_charge: intent.charge,
  }
}

/** A charge with its refunds. */
export function chargeBody(state: SimState, intent: Intent): Body {
  return {
    object: 'charge',
    livemode: false,
    id: intent.charge,
    amount: intent.amount,
    amount_captured: intent.status === 'succeeded' ? intent.amount : 0,
    amount_refunded: intent.refunded,
    refunded: intent.refunded >= intent.amount,
    disputed: intent.disputeIds.length > 0,
    captured: intent.status === 'succeeded',
    currency: intent.currency,
    created: intent.created,
    paid: intent.status === 'succeeded',
    status: intent.status === 'processing' ? 'pending' : intent.status === 'succeeded' ? 'succeeded' : 'failed',
    payment_intent: intent.id,
    balance_transaction: intent.entryId,
    metadata: intent.metadata,
    billing_details: { name: 'Typed at the processor', email: 'typed-there@example.org' },
    refunds: {
      object: 'list',
      data: those(state.stripe.refunds, intent.refundIds).map(refundBody),
      has_more: false,
      url: `/v1/charges/${intent.charge}/refunds`,
    },
  }
}

/** The things of these ids, in their order. */
function those<T>(all: ReadonlyMap<string, T>, ids: readonly string[]): T[] {
  return ids.flatMap((id) => all.get(id) ?? [])
}

/** A refund as the API gives it. */
export function refundBody(refund: Refund): Body {
  return { object: 'refund', balance_transaction: null, receipt_number: null, ...refund }
}

/** A dispute as the API gives it. */
export function disputeBody(state: SimState, dispute: Dispute): Body {
  const { entryIds, ...shown } = dispute
  const open = dispute.status === 'needs_response'
  return {
    object: 'dispute',
    livemode: false,
    ...shown,
    balance_transactions: those(state.stripe.entries, entryIds).map(entryBody),
    evidence: {},
    evidence_details: {
      due_by: open ? dispute.created + 7 * 86_400 : null,
      has_evidence: !open,
      past_due: false,
      submission_count: open ? 0 : 1,
    },
    is_charge_refundable: false,
    enhanced_eligibility_types: [],
  }
}

/** A warning of fraud as the API gives it. */
export function warningBody(warning: Warning): Body {
  return { object: 'radar.early_fraud_warning', livemode: false, ...warning, fraud_type: 'made_with_stolen_card' }
}

const categories: Readonly<Record<Entry['type'], string>> = {
  charge: 'charge',
  refund: 'refund',
  refund_failure: 'refund_failure',
  adjustment: 'dispute',
  payout: 'payout',
  payout_failure: 'payout_reversal',
}

/** A line of the book as the API gives it. */
export function entryBody({ payout, ...entry }: Entry): Body {
  const reversal = entry.type === 'adjustment' && entry.amount > 0
  return {
    object: 'balance_transaction',
    ...entry,
    net: entry.amount - entry.fee,
    fee_details: [{ type: 'stripe_fee', amount: entry.fee, currency: entry.currency, application: null }],
    available_on: entry.created,
    reporting_category: reversal ? 'dispute_reversal' : categories[entry.type],
    status: payout === null ? 'pending' : 'available',
    exchange_rate: null,
    description: null,
    balance_type: 'payments',
  }
}

/** A payout as the API gives it. */
export function payoutBody(payout: Payout): Body {
  const failed = payout.status === 'failed'
  return {
    object: 'payout',
    livemode: false,
    reconciliation_status: 'completed',
    ...payout,
    automatic: true,
    method: 'standard',
    type: 'bank_account',
    source_type: 'card',
    description: 'STRIPE PAYOUT',
    statement_descriptor: null,
    destination: null,
    failure_code: failed ? 'account_closed' : null,
    failure_message: failed ? 'The bank account has been closed.' : null,
    failure_balance_transaction: null,
    original_payout: null,
    reversed_by: null,
    metadata: {},
  }
}
