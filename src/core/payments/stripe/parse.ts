import { z } from 'zod'
import { instantFromSeconds } from '../../../lib/index.ts'
import type { FactKind } from '../../orders/index.ts'
import type { PaymentEvent } from '../adapter.ts'

// Only these names are read. Whatever else a message carries (names, addresses, card endings) is dropped here.
const id = z.string().max(200)
const idOf = z.union([id, z.object({ id }).transform((thing) => thing.id)]).nullish()
const session = z.object({
  id,
  client_reference_id: id.nullish(),
  payment_intent: idOf,
  payment_status: z.enum(['paid', 'unpaid', 'no_payment_required']),
  status: z.enum(['open', 'complete', 'expired']).nullish(),
  amount_total: z.int().nonnegative(),
  currency: z.string().length(3),
})
const charge = z.object({
  id,
  payment_intent: idOf,
  currency: z.string().length(3),
  amount_refunded: z.int().nonnegative(),
  metadata: z.object({ order: id.optional() }).nullish(),
  refunds: z
    .object({
      data: z.array(
        z.object({
          id,
          amount: z.int().nonnegative(),
          created: z.int(),
          status: z.string().nullish(),
          metadata: z.object({ refund: id.optional() }).nullish(),
        }),
      ),
    })
    .nullish(),
})
const event = z.object({ id, type: z.string().max(100), created: z.int(), data: z.object({ object: z.unknown() }) })

type Session = z.infer<typeof session>
type When = { readonly ext: string; readonly at: Date }

/** What a verified message says of orders. Shape: no personal value; unknown kinds of message give nothing. */
export function parseEvent(text: string): PaymentEvent[] {
  const read = event.safeParse(json(text))
  if (!read.success) return []
  const { type, created, data } = read.data
  const when = { ext: read.data.id, at: instantFromSeconds(created) }
  if (type === 'charge.refunded') return chargeEvents(data.object)
  const parsed = session.safeParse(data.object)
  return parsed.success ? sessionEvents(parsed.data, type, when) : []
}

function json(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const kinds: Readonly<Record<string, FactKind>> = {
  'checkout.session.expired': 'order.expired',
  'checkout.session.async_payment_succeeded': 'pay.captured',
  'checkout.session.async_payment_failed': 'pay.failed',
}

function sessionEvents(about: Session, type: string, when: When): PaymentEvent[] {
  const completed = about.payment_status === 'unpaid' ? 'pay.pending' : 'pay.captured'
  const kind = type === 'checkout.session.completed' ? completed : kinds[type]
  return kind ? sessionFact(about, kind, when) : []
}

function sessionFact(about: Session, kind: FactKind, { ext, at }: When): PaymentEvent[] {
  const orderRef = about.client_reference_id
  if (!orderRef) return []
  if (kind === 'order.expired') return [{ orderRef, fact: { source: 'stripe', ext, kind, at } }]
  const ref = about.payment_intent ?? about.id
  return [
    {
      orderRef,
      fact: {
        source: 'stripe',
        ext,
        kind,
        at,
        ref,
        amountMinor: about.amount_total,
        currency: about.currency.toUpperCase(),
      },
    },
  ]
}

const outcomes = { paid: 'pay.captured', pending: 'pay.pending', failed: 'pay.failed' } as const

/** A session that was asked for, with what became of its payment: its facts have names made from its state, so asking twice adds nothing. */
export function parseSession(found: unknown, now: Date, outcome: keyof typeof outcomes): PaymentEvent[] {
  const parsed = session.safeParse(found)
  if (!parsed.success) return []
  const about = parsed.data
  const when = { ext: `asked:${about.id}:${about.status ?? ''}:${outcome}`, at: now }
  if (about.status === 'expired') return sessionFact(about, 'order.expired', when)
  if (about.status !== 'complete') return []
  return sessionFact(about, outcomes[outcome], when)
}

function chargeEvents(object: unknown): PaymentEvent[] {
  const parsed = charge.safeParse(object)
  const orderRef = parsed.success ? parsed.data.metadata?.order : undefined
  if (!parsed.success || !orderRef) return []
  const { payment_intent: of, currency, refunds } = parsed.data
  return (refunds?.data ?? []).map((refund) => ({
    orderRef,
    fact: {
      source: 'stripe',
      ext: `${refund.id}:${refund.status ?? 'succeeded'}`,
      kind: refundKind(refund.status),
      at: instantFromSeconds(refund.created),
      ref: refund.metadata?.refund ?? refund.id,
      ...(of && { of }),
      amountMinor: refund.amount,
      currency: currency.toUpperCase(),
    },
  }))
}

/** The kind of fact that a refund's own state means. */
export function refundKind(status: string | null | undefined): FactKind {
  if (status === 'failed') return 'refund.failed'
  if (status === 'canceled') return 'refund.cancelled'
  return status === 'pending' || status === 'requires_action' ? 'refund.requested' : 'refund.succeeded'
}
