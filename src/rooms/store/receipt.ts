import type { Composer, Contact } from '../../contact/index.ts'
import { keysOf } from '../../core/licences/index.ts'
import { linesOf, orderById, rightOf, stateOf, type OrderId } from '../../core/orders/index.ts'
import type { Tx } from '../../db/index.ts'
import type { PersonId } from '../../vault/index.ts'
import { after, formatMoney, isId } from '../../lib/index.ts'
import { linkPaths, mintLink } from '../../web/index.ts'
import type { StoreContext } from './context.ts'
import { en } from './words.ts'

/** Asks for the one receipt of an order, in the transaction that issues its keys. */
export async function askForReceipt<T>(
  contact: Pick<Contact, 'send'>,
  tx: Tx<T>,
  { orderId, person }: { readonly orderId: OrderId; readonly person: PersonId },
): Promise<void> {
  const [key, about] = [`order:${orderId}:receipt`, `order:${orderId}`] as const
  await contact.send(tx, { key, kind: 'receipt', person, purpose: 'purchase', for: about })
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
      person: mail.person,
      actor: { role: 'program', id: 'receipt' },
      for: mail.for,
    })
    const kept = keys.filter((licence) => rightOf(state, licence.unit) !== 'revoked')
    const now = ctx.now()
    const token = await mintLink(ctx.db.query, {
      kind: 'order',
      order: order.id,
      now,
      expiresAt: after(now, 'P30D'),
    })
    const root = await ctx.orders.vault.root()
    const text = en.mail({
      number: order.number,
      total: formatMoney({ minor: order.total_minor, currency: order.currency }),
      lines: lines.map((line) => `${line.quantity} × ${line.productName}, ${line.label.toLowerCase()}`),
      keys: kept.map((licence) => ({ product: licence.productName, key: licence.key ?? '' })),
      refunded: order.headline === 'refunded',
      withdrawn: keys.length > 0 && kept.length === 0,
      box: order.boxes > 0,
      link: `${ctx.web.baseUrl}${linkPaths.order}${token}`,
      dataLink: `${ctx.web.baseUrl}/your-data`,
      root,
      vendor: ctx.web.brand.name,
    })
    return { subject: en.mailSubject(order.number), text, carries: ['licenceKey'] }
  }
}
