import type { JobResult } from '../../db/index.ts'
import { askByHand, receive as recordArrived, type OrderId } from '../orders/index.ts'
import { factsAbout } from './asking/ask.ts'
import type { PaymentContext } from './context.ts'
import { tellShut } from './tellShut.ts'

/** One refund that was asked for. Shape: `processor` is where the payment came in; absent in work from before there were several. */
export type RefundToPay = {
  readonly orderId: OrderId
  readonly refundId: string
  readonly paymentRef: string
  readonly amountMinor: number
  readonly processor?: string
}

/** Pays back one payment, where it came in. The processor sees our refund id as idempotency key, so it happens once; one that cannot is left to staff. */
export async function refundPayment(ctx: PaymentContext, { processor, ...values }: RefundToPay): Promise<JobResult> {
  const adapter = ctx.processors.of(processor ?? 'stripe')
  if (!adapter?.refund) {
    await askByHand(ctx.orders, values.orderId, values.refundId)
    return { outcome: 'done' }
  }
  const released = await ctx.partners.disclose({
    recipient: adapter.facts.id,
    purpose: 'refunds',
    for: `order:${values.orderId}`,
    values,
  })
  if (released.outcome === 'shut') {
    await tellShut(ctx, adapter.facts.id, released.because)
    return { outcome: 'later', because: `shut-${released.because}` }
  }
  const events = await adapter.refund(released.released, values.refundId)
  await recordArrived(ctx.orders, values.orderId, factsAbout(events, values.orderId))
  return { outcome: 'done' }
}
