import {
  cancel,
  eraseAfterDelivery,
  ordersOf,
  personOf,
  refund,
  type OrderId,
  type OrderRow,
} from '../../core/orders/index.ts'
import { after, hashToken, newToken } from '../../lib/index.ts'
import type { Actor, Erased, PersonId } from '../../vault/index.ts'
import type { PrivacyContext } from './context.ts'
import { addCertificate } from './queries.ts'

/** What the person chose about boxes that are still to be sent. */
export type BoxChoice = 'after' | 'cancel' | undefined

/** Orders whose box still has to be sent. */
export async function openBoxOrders(
  ctx: PrivacyContext,
  persons: readonly PersonId[],
): Promise<(OrderRow & { person: PersonId })[]> {
  return (await ordersOf(ctx.orders.db.query, persons)).filter((order) => order.to_send)
}

/**
 * Erases all persons of an address. Those whose box is still to be sent are erased after delivery, or the order is
 * cancelled and paid back and they are erased now. Errors: `choose` when there is such an order and no choice.
 */
export async function eraseAll(
  ctx: PrivacyContext,
  asked: { persons: readonly PersonId[]; choice: BoxChoice; actor?: Actor },
): Promise<{ outcome: 'choose' } | { outcome: 'erased'; certificate: string }> {
  const open = await openBoxOrders(ctx, asked.persons)
  if (open.length > 0 && !asked.choice) return { outcome: 'choose' }
  if (asked.choice === 'cancel') await payBack(ctx, asked.persons)
  const wait = asked.choice === 'after' ? open : []
  for (const order of wait) await eraseAfterDelivery(ctx.orders, order.id)
  const waiting = new Set(wait.map((order) => order.person))
  const done: Erased[] = []
  for (const person of asked.persons)
    if (!waiting.has(person))
      done.push(await eraseOne(ctx, person, asked.actor ?? { role: 'person', id: 'privacy-link' }))
  return { outcome: 'erased', certificate: await certify(ctx, done, wait.length) }
}

async function payBack(ctx: PrivacyContext, persons: readonly PersonId[]): Promise<void> {
  for (const order of await ordersOf(ctx.orders.db.query, persons)) {
    if (order.to_send) await refund(ctx.orders, order.id, { reason: 'asked' })
    else if (!order.paid_at) await cancel(ctx.orders, order.id)
  }
}

/** Erases one person; every partner that has to be told is noted with it. */
export async function eraseOne(ctx: PrivacyContext, person: PersonId, actor: Actor): Promise<Erased> {
  const erased = await ctx.vault.erase({ person, actor })
  ctx.orders.kick()
  return erased
}

/** The job that erases whoever asked for it once the box was handed over. */
export async function eraseDelivered(ctx: PrivacyContext, orderId: OrderId): Promise<void> {
  const person = await personOf(ctx.orders.db.query, orderId)
  if (person) await eraseOne(ctx, person, { role: 'program', id: 'erase-after-delivery' })
}

async function certify(ctx: PrivacyContext, done: readonly Erased[], laterOrders: number): Promise<string> {
  const token = newToken()
  const madeAt = ctx.now()
  await addCertificate(ctx.db.query, hashToken(token), {
    erasures: done.map(({ id }) => id),
    taxKept: done.some(({ kept }) => kept.length > 0),
    laterOrders,
    madeAt,
    expiresAt: after(madeAt, 'P1D'),
  })
  return token
}
