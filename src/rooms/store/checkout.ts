import { orderIdOf, place, type Cart, type OrderId, type Placed } from '../../core/orders/index.ts'
import { goOn, notePayment, start, type StartedPayment } from '../../core/payments/index.ts'
import { after } from '../../lib/index.ts'
import type { Field } from '../../policy/index.ts'
import { mintLink } from '../../web/index.ts'
import type { JobTables, Tx } from '../../db/index.ts'
import type { StoreContext } from './context.ts'
import { isByHand, waitForMoney } from './byHand/howToPay.ts'
import { askWhenSilent } from './order.ts'

/** A checkout form that was read. Shape: `formId` is the form's own, which stays when it is shown again. */
export type Checkout = {
  readonly formId: OrderId
  readonly cart: Cart
  readonly quotedMinor: number
  readonly values: Readonly<Partial<Record<Field, string>>>
  /** The code of a campaign, if one was typed. It makes no other order of a form. */
  readonly code: string
  /** Where the buyer wants to pay. It makes no other order of a form either. */
  readonly processor: string
}

type NotPlaced = Extract<Placed, { outcome: 'priceChanged' | 'notSold' }>

/** Places the order with its return link, then opens the processor's page. Sent again, a form goes on with its order; corrected, it is a fresh one. */
export async function checkOut(
  ctx: StoreContext,
  form: Checkout,
): Promise<NotPlaced | (StartedPayment & { returnToken: string })> {
  const { formId, code, processor, ...content } = form
  const orderId = orderIdOf(ctx.cartKey, formId, content)
  const returnToken = ctx.returnToken(orderId, 1)
  const order = { ...content, id: orderId, notice: ctx.web.policyVersion() }
  const placed = await place(ctx.orders, order, async (tx) => {
    await noteTry(ctx, tx as never, { orderId, attempt: 1, processor })
    if (code !== '') await ctx.codes?.note(tx, { orderId, code })
  })
  if (isRefused(placed)) return placed
  const note = (attempt: number) => ctx.db.tx((tx) => noteTry(ctx, tx, { orderId, attempt, processor }))
  const started =
    placed.outcome === 'placed'
      ? await start(ctx.payments, orderId, 1)
      : await goOn(ctx.payments, orderId, { processor, note })
  return { ...started, returnToken }
}

function isRefused(placed: Placed): placed is NotPlaced {
  return placed.outcome !== 'placed' && placed.outcome !== 'already'
}

/** Writes what belongs to a try to pay: its return link, whose token is derived, so that a repeated start has the same address; and where it is made. */
export async function noteTry(
  ctx: Pick<StoreContext, 'now' | 'returnToken' | 'payments' | 'mailHowToPay'>,
  tx: Parameters<typeof mintLink>[0],
  of: { orderId: OrderId; attempt: number; processor: string },
): Promise<void> {
  const now = ctx.now()
  await mintLink(tx, {
    kind: 'return',
    token: ctx.returnToken(of.orderId, of.attempt),
    order: of.orderId,
    now,
    expiresAt: after(now, 'PT2H'),
  })
  await notePayment(tx as never, now, of)
  if (isByHand(ctx, of.processor)) return waitForMoney(ctx, tx, of)
  await askWhenSilent(tx as unknown as Tx<JobTables>, now, of)
}
