import { place, type Cart, type OrderId, type Placed } from '../../core/orders/index.ts'
import { start, type StartedPayment } from '../../core/payments/index.ts'
import { after } from '../../lib/index.ts'
import type { Field } from '../../policy/index.ts'
import { mintLink } from '../../web/index.ts'
import type { JobTables, Tx } from '../../db/index.ts'
import type { StoreContext } from './context.ts'
import { askWhenSilent } from './order.ts'

/** A checkout form that was read. */
export type Checkout = {
  readonly orderId: OrderId
  readonly cart: Cart
  readonly quotedMinor: number
  readonly values: Readonly<Partial<Record<Field, string>>>
}

type NotPlaced = Extract<Placed, { outcome: 'priceChanged' | 'notSold' | 'differentOrder' }>

/** Places the order with its return link, then opens the processor's page. */
export async function checkOut(
  ctx: StoreContext,
  form: Checkout,
): Promise<NotPlaced | (StartedPayment & { returnToken: string })> {
  const { orderId, cart, quotedMinor, values } = form
  const returnToken = ctx.returnToken(orderId, 1)
  const order = { id: orderId, cart, quotedMinor, values, notice: ctx.web.policyVersion() }
  const placed = await place(ctx.orders, order, (tx) => noteReturn(ctx, tx as never, { orderId, attempt: 1 }))
  if (isRefused(placed)) return placed
  const started = await start(ctx.payments, orderId, 1)
  return { ...started, returnToken }
}

function isRefused(placed: Placed): placed is NotPlaced {
  return placed.outcome !== 'placed' && placed.outcome !== 'already'
}

/** Writes the row of a return link; its token is derived, so that a repeated start has the same address. */
export async function noteReturn(
  ctx: StoreContext,
  tx: Parameters<typeof mintLink>[0],
  of: { orderId: OrderId; attempt: number },
): Promise<void> {
  const now = ctx.now()
  await mintLink(tx, {
    kind: 'return',
    token: ctx.returnToken(of.orderId, of.attempt),
    order: of.orderId,
    now,
    expiresAt: after(now, 'PT2H'),
  })
  await askWhenSilent(tx as unknown as Tx<JobTables>, now, of)
}
