import { isId } from '../../../lib/index.ts'
import { addTask, capturedAs } from '../../orders/index.ts'
import type { HeldPayment, Payout } from '../adapter.ts'
import type { PaymentContext } from '../context.ts'
import { noteAgreement, notePayout } from '../queries.ts'

type PayoutContext = Pick<PaymentContext, 'db' | 'orders' | 'now'>

/**
 * Takes in how a payout stands. Where its processor tells what it is made of, that must come to it, and each payment in it must have
 * come in for the order that it names, with the same amount; staff are told what does not agree.
 */
export async function takePayout(ctx: PayoutContext, processor: string, payout: Payout): Promise<void> {
  const { id, amountMinor, holds, ...rest } = payout
  await notePayout(ctx.db.query, { processor, payout_id: id, amount_minor: amountMinor, ...rest })
  if (!holds) return
  const unknown = await unknownOf(ctx, processor, holds.payments)
  const isWhole = holds.netMinor === amountMinor
  await noteAgreement(ctx.db.query, { processor, payout_id: id, agrees: isWhole && unknown.length === 0 })
  const ask = (about: string, kind: string, ref: string): Promise<void> =>
    addTask(ctx.orders.db.query, ctx.now(), { about, kind, ref })
  if (!isWhole) await ask(`processor:${processor}`, 'payoutDiffers', id)
  for (const { orderRef, ref } of unknown)
    await ask(isId(orderRef) ? `order:${orderRef}` : `processor:${processor}`, 'payoutUnknown', ref)
}

/** The payments that did not come in here, or with another amount, or for another order. */
async function unknownOf(
  ctx: PayoutContext,
  processor: string,
  payments: readonly HeldPayment[],
): Promise<HeldPayment[]> {
  const known = await capturedAs(
    ctx.orders.db.query,
    processor,
    payments.map(({ ref }) => ref),
  )
  return payments.filter(
    (held) =>
      !known.some(
        (one) =>
          one.ref === held.ref &&
          one.orderId === held.orderRef &&
          one.amountMinor === held.amountMinor &&
          one.currency === held.currency,
      ),
  )
}
