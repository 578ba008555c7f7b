import type { Tx } from '../../../db/index.ts'
import type { OrderContext } from '../context.ts'
import type { Fact, OrderId } from '../facts.ts'
import { keepInInbox, lockOrder } from '../queries.ts'
import { receiveWith } from '../record.ts'
import type { OrderTables } from '../tables.ts'
import { orderOfPayment, paymentKey } from './queries.ts'

/** What a processor says of one of its payments, whose order it does not name. Shape: `also` is written in the same transaction. */
export type ToldOfPayment = {
  readonly paymentRef: string
  readonly fact: Fact
  readonly also?: (tx: Tx<OrderTables>) => Promise<void>
}

/**
 * Takes in what a processor says of a payment: for the order that the payment came in for, or kept until that is known; the payment then
 * takes it along. Answers the order, if there is one.
 */
export async function receiveByPayment(
  ctx: Pick<OrderContext, 'db' | 'now' | 'kick' | 'alsoSettled'>,
  told: ToldOfPayment,
): Promise<OrderId | undefined> {
  const { fact, also } = told
  const payment = { source: fact.source, ref: told.paymentRef }
  const orderRef = await orderOfPayment(ctx.db.query, payment)
  if (orderRef) {
    await receiveWith(ctx, { orderRef, facts: [fact], ...(also && { also }) })
    return orderRef
  }
  const key = paymentKey(payment)
  const isKept = await ctx.db.tx(async (tx) => {
    await lockOrder(tx, key)
    // The payment may have come in while this waited.
    if (await orderOfPayment(tx, payment)) return false
    await also?.(tx)
    await keepInInbox(tx, ctx.now(), [{ orderRef: key, fact }])
    return true
  })
  return isKept ? undefined : receiveByPayment(ctx, told)
}
