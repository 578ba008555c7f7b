import { earlier } from '../../../lib/index.ts'
import type { PersonId } from '../../../vault/index.ts'
import { capturedIn, factsOf, ordersOf, paymentKey, personOf, type OrderId } from '../../orders/index.ts'
import type { PaymentContext } from '../context.ts'
import { program } from './keep.ts'
import { dropMessage, messagesBefore, messagesOf, setHolder, type KeptMessage } from './queries.ts'

const DAY_MS = 86_400_000
/** How long a message is kept at the most. */
export const MESSAGE_DAYS = 90

/** Gives what came before its order to the order's buyer; whoever held it until then is erased. */
export async function attachMessages(ctx: PaymentContext, orderId: OrderId): Promise<void> {
  const buyer = await personOf(ctx.orders.db.query, orderId)
  for (const message of await messagesAbout(ctx, orderId)) {
    if (message.person === buyer) continue
    const from = message.person
    if (buyer) {
      const passages = { text: message.text, passages: [0], from, to: buyer, keep: false } as const
      const shared = await ctx.vault.shareText({
        ...passages,
        purpose: 'refunds',
        actor: program,
        for: `order:${orderId}`,
      })
      if (shared.outcome === 'shared') await setHolder(ctx.db.query, message.id, { person: buyer, orderId })
    }
    await eraseHolder(ctx, from)
  }
}

/** What came in about an order, by its own name or by that of one of its payments. */
async function messagesAbout(ctx: PaymentContext, orderId: OrderId): Promise<KeptMessage[]> {
  const payments = capturedIn(await factsOf(ctx.orders.db.query, orderId)).map(paymentKey)
  return messagesOf(ctx.db.query, [orderId, ...payments])
}

/** Destroys the messages whose time is over. Answers how many. */
export async function sweepMessages(ctx: PaymentContext): Promise<number> {
  const old = await messagesBefore(ctx.db.query, earlier(ctx.now(), MESSAGE_DAYS * DAY_MS))
  for (const message of old) await destroy(ctx, message)
  return old.length
}

async function destroy(ctx: PaymentContext, message: KeptMessage): Promise<void> {
  await ctx.db.tx(async (tx) => {
    await ctx.vault.dropPassages(tx, { text: message.text, passages: [0] })
    await dropMessage(tx, message.id)
  })
  await eraseHolder(ctx, message.person)
}

/** Ends a person who was made to hold a message; whoever ordered anything is none. */
async function eraseHolder(ctx: PaymentContext, person: PersonId): Promise<void> {
  if ((await ordersOf(ctx.orders.db.query, [person])).length > 0) return
  await ctx.vault.erase({ person, actor: program })
}
