import { enqueue, type JobTables, type Tx } from '../../../db/index.ts'
import { hasMessages } from '../inbound/queries.ts'
import { noteChoice } from '../queries.ts'
import type { PaymentTables } from '../tables.ts'

/** Notes where a try to pay is made, and asks for whatever came in before its order to be given to the buyer. */
export async function notePayment(
  tx: Tx<PaymentTables>,
  at: Date,
  { orderId, attempt, processor }: { orderId: string; attempt: number; processor: string },
): Promise<void> {
  await noteChoice(tx, { order_id: orderId, attempt, processor })
  if (attempt > 1 || !(await hasMessages(tx, orderId))) return
  await enqueue(tx as unknown as Tx<JobTables>, at, [
    { key: `attach:${orderId}`, kind: 'payments.attach', ids: { orderId } },
  ])
}
