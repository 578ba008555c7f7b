import { orderIdOf, place, type Cart, type OrderId, type Placed } from '../../core/orders/index.ts'
import { goOn, start, type StartedPayment } from '../../core/payments/index.ts'
import { after } from '../../lib/index.ts'
import type { Field } from '../../policy/index.ts'
import { mintLink } from '../../web/index.ts'
import type { JobTables, Tx } from '../../db/index.ts'
import type { StoreContext } from './context.ts'
import { askWhenSilent } from './order.ts'

/** A checkout form that was read. Shape: `formId` is the form's own, which stays when it is shown again. */
export type Checkout = {
  readonly formId: OrderId
  readonly cart: Cart
  readonly quotedMinor: number
  readonly values: Readonly<Partial<Record<Field, string>>>
  /** The code of a campaign, if one was typed. It makes no other order of a form. */
  readonly code: string
}

type NotPlaced = Extract<Placed, { outcome: 'priceChanged' | 'notSold' }>

/** Places the order with its return link, then opens the processor's page. Sent again, a form goes on with its order; corrected, it is a fresh one. */
export async function checkOut(
  ctx: StoreContext,
  form: Checkout,
): Promise<NotPlaced | (StartedPayment & { returnToken: string })> {
  const { formId, code, ...content } = form
  const orderId = orderIdOf(ctx.cartKey, formId, content)
  const returnToken = ctx.returnToken(orderId, 1)
  const order = { ...content, id: orderId, notice: ctx.web.policyVersion() }
  const placed = await place(ctx.orders, order, async (tx) => {
    await noteReturn(ctx, tx as never, { orderId, attempt: 1 })
    if (code !== '') await ctx.codes?.note(tx, { orderId, code })
  })
  if (isRefused(placed)) return placed
  const again = (attempt: number) => ctx.db.tx((tx) => noteReturn(ctx, tx, { orderId, attempt }))
  const started =
    placed.outcome === 'placed' ? await start(ctx.payments, orderId, 1) : await goOn(ctx.payments, orderId, again)
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
