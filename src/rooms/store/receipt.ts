import type { Composer, Contact } from '../../contact/index.ts'
import { allIssued, keysOf } from '../../core/licences/index.ts'
import { linesOf, orderById, personOf, startClocks, stateOf, type OrderId } from '../../core/orders/index.ts'
import type { JobResult } from '../../db/index.ts'
import { after, formatMoney, isId } from '../../lib/index.ts'
import { linkPaths, mintLink } from '../../web/index.ts'
import type { StoreContext } from './context.ts'
import { en } from './words.ts'

/** Asks for the one receipt of an order, once every piece has its key. */
export async function sendReceipt(
  ctx: StoreContext,
  contact: Pick<Contact, 'send'>,
  orderId: OrderId,
): Promise<JobResult> {
  const person = await personOf(ctx.orders.db.query, orderId)
  if (!person) return { outcome: 'done' }
  if (!(await allIssued(ctx.licences, orderId)))
    return { outcome: 'later', because: 'keys-first', runAt: after(ctx.now(), 'P0D') }
  await ctx.orders.db.tx((tx) =>
    contact.send(tx, {
      key: `order:${orderId}:receipt`,
      kind: 'receipt',
      person,
      purpose: 'purchase',
      for: `order:${orderId}`,
    }),
  )
  ctx.orders.kick()
  return { outcome: 'done' }
}

/** Starts the clocks of a download, which is delivered when it is paid. */
export async function markDelivered(ctx: StoreContext, orderId: OrderId): Promise<JobResult> {
  await ctx.orders.db.tx((tx) => startClocks(ctx.orders, tx, orderId))
  return { outcome: 'done' }
}

/** Makes the receipt at hand-over: keys, order link, and the newest root of the access log, which makes the customer a witness. */
export function receiptMail(ctx: StoreContext): Composer {
  return async (mail) => {
    const id = mail.for.slice('order:'.length)
    const order = isId<'order'>(id) ? await orderById(ctx.orders.db.query, id) : undefined
    if (!order) return { outcome: 'drop', because: 'no-order' }
    const state = await stateOf(ctx.orders, order.id)
    const lines = await linesOf(ctx.orders.db.query, order.id)
    const keys = await keysOf(ctx.licences, {
      orderId: order.id,
      actor: { role: 'program', id: 'receipt' },
      for: mail.for,
    })
    const now = ctx.now()
    const token = await ctx.db.tx((tx) =>
      mintLink(tx, { kind: 'order', order: order.id, now, expiresAt: after(now, 'P30D') }),
    )
    const root = await ctx.orders.vault.root()
    const text = en.mail({
      number: order.number,
      total: formatMoney({ minor: order.total_minor, currency: order.currency }),
      lines: lines.map((line) => `${line.quantity} × ${line.productName}, ${line.label.toLowerCase()}`),
      keys: keys.map((licence) => ({ product: licence.productName, key: licence.key ?? '' })),
      refunded: state.refund === 'full',
      box: (state.placed?.boxes ?? 0) > 0,
      link: `${ctx.web.baseUrl}${linkPaths.order}${token}`,
      dataLink: `${ctx.web.baseUrl}/your-data`,
      root,
      vendor: ctx.web.brand.name,
    })
    return { subject: en.mailSubject(order.number), text, carries: ['licenceKey'] }
  }
}
