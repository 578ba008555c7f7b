import { word } from '../../lib/index.ts'
import { receive as recordArrived, type Fact } from '../orders/index.ts'
import type { Inbound } from './adapter.ts'
import type { PaymentContext } from './context.ts'

/**
 * Takes one message of the processor: signature over the raw bytes, parsed to values that are not personal, recorded
 * and only then answered. The raw bytes are dropped. Shape: an HTTP status; refused messages leave no row.
 */
export async function receive(ctx: PaymentContext, message: Inbound): Promise<{ status: 200 | 400 | 401 }> {
  const verified = ctx.adapter.verify(message, ctx.now())
  if (!verified.ok) {
    ctx.log('payments.refused', { because: word(verified.because.replaceAll(' ', '-')) })
    return { status: 401 }
  }
  const byOrder = new Map<string, Fact[]>()
  for (const { orderRef, fact } of ctx.adapter.parse(verified.text))
    byOrder.set(orderRef, [...(byOrder.get(orderRef) ?? []), fact])
  for (const [orderRef, facts] of byOrder) await recordArrived(ctx.orders, orderRef, facts)
  return { status: 200 }
}
