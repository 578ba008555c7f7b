import { z } from 'zod'
import { instantFromSeconds } from '../../../lib/index.ts'
import type { Fact, FactKind } from '../../orders/index.ts'
import type { PaymentEvent } from '../adapter.ts'
import { ourAmount } from './amounts.ts'
import { currency, id, idOf } from './shapes.ts'

const refund = z.object({
  id,
  payment_intent: idOf,
  amount: z.int().nonnegative(),
  currency: currency.optional(),
  created: z.int(),
  status: z.string().max(40).nullish(),
  reason: z.string().max(60).nullish(),
  metadata: z.object({ refund: id.optional(), order: id.optional() }).nullish(),
})
const charge = z.object({
  payment_intent: idOf,
  currency,
  metadata: z.object({ order: id.optional() }).nullish(),
  refunds: z.object({ data: z.array(refund) }).nullish(),
})
const dispute = z.object({
  id,
  payment_intent: idOf,
  amount: z.int().nonnegative(),
  currency,
  created: z.int(),
  status: z.string().max(40),
})
const warning = z.object({ id, payment_intent: idOf, created: z.int() })

/** Refunds as a charge lists them; newer versions of the API leave them out and tell of each refund by itself. */
export function refundsOfCharge(object: unknown): PaymentEvent[] {
  const read = charge.safeParse(object)
  const orderRef = read.success ? read.data.metadata?.order : undefined
  if (!read.success || !orderRef) return []
  const { payment_intent: of, currency: held, refunds } = read.data
  return (refunds?.data ?? []).map((one) => ({
    orderRef,
    fact: refundFact({ payment_intent: of, currency: held, ...one }),
  }))
}

/** A refund as it is told: one of ours names its order; of one that was made at the processor only its payment is known. */
export function refundTold(object: unknown): PaymentEvent[] {
  const read = refund.safeParse(object)
  const orderRef = read.success ? read.data.metadata?.order : undefined
  return read.success && orderRef ? [{ orderRef, fact: refundFact(read.data) }] : aboutPayment(object)
}

/** A message that names a payment and no order: the processor is asked how that payment stands. */
export function aboutPayment(object: unknown): PaymentEvent[] {
  const read = z.object({ payment_intent: idOf }).safeParse(object)
  return read.success && read.data.payment_intent ? [{ askAbout: read.data.payment_intent }] : []
}

/** Money that went back or may go, as the processor lists it for one payment. */
export type MoneyBack = {
  readonly refunds: readonly unknown[]
  readonly disputes: readonly unknown[]
  readonly warnings: readonly unknown[]
}

/** What was found of the money that went back. Shape: facts have names made from states, so asking twice adds nothing. */
export function moneyBackFacts({ refunds, disputes, warnings }: MoneyBack, now: Date): Fact[] {
  return [
    ...refunds.flatMap((one) => read(refund, one).map(refundFact)),
    ...disputes.flatMap((one) => read(dispute, one).flatMap((found) => disputeFact(found, now))),
    ...warnings.flatMap((one) => read(warning, one).map(warningFact)),
  ]
}

function read<T extends z.ZodType>(schema: T, thing: unknown): z.infer<T>[] {
  const found = schema.safeParse(thing)
  return found.success ? [found.data] : []
}

/** The fact that a refund's own state means. */
export function refundFact(about: z.infer<typeof refund>): Fact {
  const { payment_intent: of, currency: held, status } = about
  return {
    source: 'stripe',
    ext: `${about.id}:${status ?? 'succeeded'}`,
    kind: refundKind(status),
    at: instantFromSeconds(about.created),
    ref: about.metadata?.refund ?? about.id,
    ...(of && { of }),
    reason: reasons.get(about.reason ?? '') ?? 'unknown',
    amountMinor: held ? ourAmount(about.amount, held) : about.amount,
    ...(held && { currency: held }),
  }
}

const reasons: ReadonlyMap<string, NonNullable<Fact['reason']>> = new Map([
  ['duplicate', 'duplicate'],
  ['fraudulent', 'fraud'],
  ['requested_by_customer', 'asked'],
])

function refundKind(status: string | null | undefined): FactKind {
  if (status === 'failed') return 'refund.failed'
  if (status === 'canceled') return 'refund.cancelled'
  return status === 'pending' || status === 'requires_action' ? 'refund.requested' : 'refund.succeeded'
}

// An inquiry that was closed, and a dispute that was prevented, took no money: what is paid back instead is told as a refund.
const disputeKinds: Readonly<Record<string, FactKind>> = {
  warning_needs_response: 'dispute.warned',
  warning_under_review: 'dispute.warned',
  warning_closed: 'dispute.won',
  needs_response: 'dispute.opened',
  under_review: 'dispute.opened',
  appeal_needs_response: 'dispute.opened',
  appeal_under_review: 'dispute.opened',
  prevented: 'dispute.won',
  won: 'dispute.won',
  lost: 'dispute.lost',
}

/** A dispute says when it began; its end is dated when we learn of it. */
function disputeFact(about: z.infer<typeof dispute>, now: Date): Fact[] {
  const { id: ref, payment_intent: of, currency: held, status } = about
  const kind = Object.hasOwn(disputeKinds, status) ? disputeKinds[status] : undefined
  if (!kind) return []
  const at = kind === 'dispute.warned' || kind === 'dispute.opened' ? instantFromSeconds(about.created) : now
  const amountMinor = ourAmount(about.amount, held)
  return [{ source: 'stripe', ext: `${ref}:${status}`, kind, at, ref, ...(of && { of }), amountMinor, currency: held }]
}

function warningFact({ id: ref, payment_intent: of, created }: z.infer<typeof warning>): Fact {
  return { source: 'stripe', ext: ref, kind: 'dispute.warned', at: instantFromSeconds(created), ref, ...(of && { of }) }
}
