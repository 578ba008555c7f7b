import { keysOf } from '../../core/licences/index.ts'
import { linesOf, orderById, personOf, stateOf, type OrderId } from '../../core/orders/index.ts'
import { enqueue, type JobTables, type NewJob, type Tx } from '../../db/index.ts'
import { after } from '../../lib/index.ts'
import { openLink, type LinkKind } from '../../web/index.ts'
import type { StoreContext } from './context.ts'
import { howToPay } from './byHand/howToPay.ts'
import type { OrderView } from './orderPage.tsx'

/** What a link to an order opens; undefined when it is over or of another kind. Showing a key is a logged look. */
export async function viewByLink(
  ctx: StoreContext,
  asked: { kind: LinkKind; token: string },
): Promise<OrderView | undefined> {
  const link = await openLink(ctx.db.query, { ...asked, now: ctx.now() })
  return link?.order ? viewOf(ctx, link.order as OrderId) : undefined
}

async function viewOf(ctx: StoreContext, orderId: OrderId): Promise<OrderView | undefined> {
  const order = await orderById(ctx.orders.db.query, orderId)
  if (!order) return undefined
  const state = await stateOf(ctx.orders, orderId)
  const lines = await linesOf(ctx.orders.db.query, orderId)
  const keys = state.paidAt
    ? await keysOf(ctx.licences, { orderId, actor: { role: 'person', id: 'order-link' }, for: `order:${orderId}` })
    : []
  return { order, state, lines, keys, toPay: await howToPay(ctx, order, state) }
}

/** Which order a link is for, without opening anything of it. */
export async function orderOfLink(
  ctx: StoreContext,
  asked: { kind: LinkKind; token: string },
): Promise<OrderId | undefined> {
  const link = await openLink(ctx.db.query, { ...asked, now: ctx.now() })
  return link?.order as OrderId | undefined
}

/** Whether the buyer may have a file of the order: it is part of it, and the right to use it is live. */
export async function mayDownload(ctx: StoreContext, orderId: OrderId, file: string): Promise<boolean> {
  const lines = await linesOf(ctx.orders.db.query, orderId)
  const state = await stateOf(ctx.orders, orderId)
  return state.right === 'active' && lines.some((line) => line.file === file)
}

/** Asks the processor later by itself, in case its messages about a try to pay never arrive: soon after, and when its page has ended. */
export async function askWhenSilent<T extends JobTables>(
  tx: Tx<T>,
  at: Date,
  { orderId, attempt }: { orderId: OrderId; attempt: number },
): Promise<void> {
  const job = (name: string, period: string): NewJob => ({
    key: `ask:${orderId}:try${attempt}:${name}`,
    kind: 'payments.ask',
    ids: { orderId },
    runAt: after(at, period),
  })
  await enqueue(tx, at, [job('soon', 'PT15M'), job('ended', 'P1DT1H')])
}

/** Queues a question to the processor about an order that is silent, at most once a minute. */
export async function askLater(ctx: StoreContext, orderId: OrderId): Promise<void> {
  const minute = Math.floor(ctx.now().getTime() / 60_000)
  const known = await personOf(ctx.orders.db.query, orderId)
  if (!known) return
  await ctx.orders.db.tx((tx) =>
    enqueue(tx, ctx.now(), [{ key: `ask:${orderId}:${minute}`, kind: 'payments.ask', ids: { orderId } }]),
  )
  ctx.orders.kick()
}
