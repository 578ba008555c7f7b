import { enqueue, type NewJob, type Tx } from '../../../db/index.ts'
import { newId, type Id } from '../../../lib/index.ts'
import type { OrderContext } from '../context.ts'
import type { Fact, OrderId, RefundReason } from '../facts.ts'
import { countsFor } from '../fold/refunds.ts'
import type { OrderState, Payment } from '../fold/state.ts'
import { command, type Answer, type Ruling } from '../record.ts'
import type { OrderTables } from '../tables.ts'

/** What is to go back. Shape: without a payment, all of them; without an amount, all that is left of it; `form` is the form's own id, under which a refund of one payment counts once. */
export type AskedRefund = {
  readonly paymentRef?: string | undefined
  readonly amountMinor?: number | undefined
  readonly reason: RefundReason
  readonly form?: Id<'refund'> | undefined
}

/** Why nothing goes back. */
export type NoRefund =
  | 'nothingCaptured'
  | 'nothingLeft'
  | 'whichPayment'
  | 'badAmount'
  | 'tooMuch'
  | 'disputeOpen'
  | 'disputeLost'
  | 'soldElsewhere'

/**
 * Asks the processor to pay back a payment or a part of it. What is asked back or went back already is not there twice,
 * whoever asks at once. The job that does it carries a refund id that the processor sees as idempotency key.
 */
export function refund(ctx: OrderContext, orderId: OrderId, asked: AskedRefund): Answer<NoRefund> {
  const { paymentRef, ...rest } = asked
  const pick = ({ ref }: Payment): boolean => paymentRef === undefined || ref === paymentRef
  return payBack(ctx, orderId, { pick, ...rest })
}

/** What is to go back of which payments. */
export type Picked = Omit<AskedRefund, 'paymentRef'> & { readonly pick: (payment: Payment) => boolean }

/** Asks the processor to pay back what was picked. */
export function payBack(ctx: OrderContext, orderId: OrderId, asked: Picked): Answer<NoRefund> {
  return command(ctx, orderId, async (state, tx): Promise<Ruling<NoRefund>> => {
    if (state.refunds.some(({ ref }) => ref === asked.form)) return { facts: [] }
    const back = choose(state, asked)
    if ('refused' in back) return back
    const own = back.parts.length === 1 ? asked.form : undefined
    const facts = back.parts.map(({ payment, amountMinor }): Fact => {
      const ref = own ?? newId<'refund'>(ctx.now())
      const of = { ref, of: payment.ref, amountMinor, currency: state.placed?.currency ?? '' }
      return {
        source: 'desk',
        ext: `refund:${ref}`,
        kind: 'refund.requested',
        at: ctx.now(),
        reason: asked.reason,
        ...of,
      }
    })
    await askProcessors(ctx, tx, { orderId, facts, payments: state.payments })
    return { facts }
  })
}

type Part = { readonly payment: Payment; readonly amountMinor: number }

function choose(state: OrderState, { pick, amountMinor }: Picked): { parts: Part[] } | { refused: NoRefund } {
  const named = state.payments.filter(pick)
  const first = named[0]
  if (!first) return { refused: 'nothingCaptured' }
  const free = named.filter((payment) => !blockedBy(state, payment))
  if (free.length === 0) return { refused: blockedBy(state, first) ?? 'disputeOpen' }
  const parts = free
    .map((payment) => ({ payment, amountMinor: leftOf(state, payment) }))
    .filter((part) => part.amountMinor > 0)
  const [part, ...others] = parts
  if (!part) return { refused: 'nothingLeft' }
  if (amountMinor === undefined) return { parts }
  if (others.length > 0) return { refused: 'whichPayment' }
  if (!Number.isSafeInteger(amountMinor) || amountMinor <= 0) return { refused: 'badAmount' }
  return amountMinor > part.amountMinor ? { refused: 'tooMuch' } : { parts: [{ ...part, amountMinor }] }
}

/** Why a payment cannot be paid back: its buyer's bank looks at it, or took it, or the money came in elsewhere. */
export function blockedBy(
  { disputes, fulfilledElsewhere }: Pick<OrderState, 'disputes' | 'fulfilledElsewhere'>,
  { ref }: Pick<Payment, 'ref'>,
): 'disputeOpen' | 'disputeLost' | 'soldElsewhere' | undefined {
  if (fulfilledElsewhere) return 'soldElsewhere'
  const states = disputes.filter(({ of }) => of === undefined || of === ref).map(({ state }) => state)
  if (states.includes('open')) return 'disputeOpen'
  return states.includes('lost') ? 'disputeLost' : undefined
}

/** What is left of a payment after all that was asked back or went back. A refund that names no payment may be of any. */
export function leftOf(state: Pick<OrderState, 'refunds' | 'placed' | 'foreign'>, payment: Payment): number {
  const gone = state.refunds.filter(
    (one) =>
      (one.state === 'requested' || one.state === 'succeeded') &&
      (one.of === payment.ref || (one.of === undefined && countsFor(state, one))),
  )
  return Math.max(0, payment.amountMinor - gone.reduce((sum, { amountMinor }) => sum + amountMinor, 0))
}

type Asking = { readonly orderId: OrderId; readonly facts: readonly Fact[]; readonly payments: readonly Payment[] }

async function askProcessors(
  ctx: Pick<OrderContext, 'now'>,
  tx: Tx<OrderTables>,
  { orderId, facts, payments }: Asking,
): Promise<void> {
  const jobs = facts.map(({ ref = '', of = '', amountMinor = 0 }): NewJob => {
    const processor = payments.find((payment) => payment.ref === of)?.source ?? ''
    return {
      key: `refund:${ref}`,
      kind: 'payments.refund',
      ids: { orderId, refundId: ref, paymentRef: of, amountMinor, processor },
    }
  })
  await enqueue(tx, ctx.now(), jobs)
}
