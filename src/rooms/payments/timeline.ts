import { factsOf, type Fact, type FactKind, type OrderId } from '../../core/orders/index.ts'
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
  return entries.sort(newestFirst)
}

/** Some processors count whole seconds, so what they tell may seem older than the order that it is about: within a second an order begins first. */
export function newestFirst(a: Entry, b: Entry): number {
  const second = ({ at }: Entry): number => Math.floor(at.getTime() / 1000)
  const begins = (one: Entry): number => (one.kind === 'fact' ? BEGINNING.indexOf(one.fact.kind) : -1)
  return second(b) - second(a) || begins(a) - begins(b) || b.at.getTime() - a.at.getTime()
}

/** What an order begins with, the latest first. */
const BEGINNING: readonly FactKind[] = ['checkout.attempt', 'order.placed']
