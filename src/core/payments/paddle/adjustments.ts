import { z } from 'zod'
import type { Fact, FactKind } from '../../orders/index.ts'
import type { PaymentEvent } from '../adapter.ts'
import { askedTotal, minor, moment, paidTotal, type Transaction } from './transaction.ts'

const shape = z.object({
  id: z.string().max(80),
  action: z.string().max(40),
  status: z.string().max(40),
  reason: z.string().max(2000).nullish(),
  totals: z.object({ total: minor }).nullish(),
  currency_code: z.string().length(3),
  created_at: moment,
  updated_at: moment.nullish(),
})

/** A change to what was paid: money that goes back, or that a bank takes back. */
export type Adjustment = z.infer<typeof shape>

/** Reads adjustments, the oldest first. What is none is left out. */
export function readAdjustments(things: readonly unknown[]): Adjustment[] {
  const read = things.flatMap((thing) => shape.safeParse(thing).data ?? [])
  return read.sort((a, b) => a.created_at.getTime() - b.created_at.getTime())
}

const OURS = /^Refund ([0-9a-f-]{36})$/

/** Why, as the processor keeps it. It knows no idempotency key: by our number in it a repeat finds what was made before. */
export const reasonFor = (refundId: string): string => `Refund ${refundId}`

const refundKinds: Readonly<Record<string, FactKind>> = {
  pending_approval: 'refund.requested',
  approved: 'refund.succeeded',
  rejected: 'refund.failed',
  reversed: 'refund.failed',
}
const claims = ['chargeback', 'chargeback_warning']

/**
 * What the adjustments of a transaction say of its order. Shape: facts have names made from states, so asking twice adds
 * nothing; the taking back of a claim names no claim, so the oldest that still stands is meant.
 */
export function adjustmentEvents(transaction: Transaction, adjustments: readonly Adjustment[]): PaymentEvent[] {
  const orderRef = transaction.custom_data?.order
  if (!orderRef) return []
  const refunds = adjustments.filter(({ action }) => action === 'refund').flatMap((one) => refundFact(transaction, one))
  const disputes = claims.flatMap((action) => claimFacts(transaction, adjustments, action))
  return [...refunds, ...disputes].map((fact) => ({ orderRef, fact }))
}

function refundFact(transaction: Transaction, about: Adjustment): Fact[] {
  const kind = Object.hasOwn(refundKinds, about.status) ? refundKinds[about.status] : undefined
  const ours = OURS.exec(about.reason ?? '')?.[1]
  return kind ? [factOf(transaction, about, { kind, ref: ours ?? about.id })] : []
}

/** Claims of banks, or warnings of them. One is over when it says so itself, or when something took it back. */
function claimFacts(transaction: Transaction, all: readonly Adjustment[], action: string): Fact[] {
  const made = all.filter((one) => one.action === action && one.status !== 'rejected')
  const takenBack = all.filter((one) => one.action === `${action}_reverse`)
  const begun = action === 'chargeback' ? 'dispute.opened' : 'dispute.warned'
  return made.flatMap((one, index) => {
    const end = takenBack[index] ?? (one.status === 'reversed' ? one : undefined)
    const first = factOf(transaction, one, { kind: begun, ref: one.id, name: `${one.id}:begun`, at: one.created_at })
    if (!end) return [first]
    const last = factOf(transaction, one, { kind: 'dispute.won', ref: one.id, name: `${one.id}:reversed` })
    return [first, { ...last, at: end.updated_at ?? end.created_at }]
  })
}

type Named = { readonly kind: FactKind; readonly ref: string; readonly name?: string; readonly at?: Date }

/** Amounts are those of the order: what went back of what was paid is the same part of what was asked for, never less. */
function factOf(transaction: Transaction, about: Adjustment, { kind, ref, name, at }: Named): Fact {
  const [paid, asked, total] = [paidTotal(transaction), askedTotal(transaction), about.totals?.total ?? 0]
  return {
    source: 'paddle',
    ext: name ?? `${about.id}:${about.status}`,
    kind,
    at: at ?? about.updated_at ?? about.created_at,
    ref,
    of: transaction.id,
    amountMinor: paid === asked || paid === 0 ? total : Math.ceil((total * asked) / paid),
    currency: about.currency_code,
  }
}
