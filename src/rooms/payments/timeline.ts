import { factsOf, type Fact, type OrderId } from '../../core/orders/index.ts'
import { messagesOf, type KeptMessage } from '../../core/payments/index.ts'
import type { PassedOn } from '../../partners/index.ts'
import type { PaymentsContext } from './context.ts'

/** One thing that happened to an order: it was told to us, we passed something on, or a message was kept. */
export type Entry =
  | { readonly at: Date; readonly kind: 'fact'; readonly fact: Fact }
  | { readonly at: Date; readonly kind: 'passedOn'; readonly passed: PassedOn }
  | { readonly at: Date; readonly kind: 'message'; readonly message: KeptMessage }

/** All that happened to an order, the newest first; nothing is opened. */
export async function timelineOf(ctx: PaymentsContext, orderId: OrderId): Promise<Entry[]> {
  const facts = await factsOf(ctx.orders.db.query, orderId)
  const passed = await ctx.partners.passedOn({ ref: `order:${orderId}` })
  const messages = await messagesOf(ctx.payments.db.query, [orderId])
  const entries: Entry[] = [
    ...facts.map((fact) => ({ at: fact.at, kind: 'fact' as const, fact })),
    ...passed.map((one) => ({ at: one.at, kind: 'passedOn' as const, passed: one })),
    ...messages.map((message) => ({ at: message.receivedAt, kind: 'message' as const, message })),
  ]
  return entries.sort((a, b) => b.at.getTime() - a.at.getTime())
}
