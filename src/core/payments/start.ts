import type { JobResult } from '../../db/index.ts'
import { dayIn, errorCode, word } from '../../lib/index.ts'
import {
  addTask,
  attempt,
  linesOf,
  orderById,
  receive as recordArrived,
  stateOf,
  type OrderId,
  type OrderState,
} from '../orders/index.ts'
import type { PaymentContext } from './context.ts'
import { noteSession, sessionsOf } from './queries.ts'

/** Where a try to pay leads. */
export type StartedPayment =
  | { readonly outcome: 'go'; readonly url: string }
  | { readonly outcome: 'silent' | 'shut' | 'alreadyPaid' | 'cancelled' | 'pending' }

/**
 * Opens the processor's page for one try to pay. It runs after the order is committed; the idempotency key is order and
 * try, so after a crash the same try finds the same page. Errors: `silent` when the processor does not answer.
 */
export async function start(ctx: PaymentContext, orderId: OrderId, tryNumber: number): Promise<StartedPayment> {
  const order = await orderById(ctx.orders.db.query, orderId)
  if (!order) return { outcome: 'cancelled' }
  const closed = closedBy(await stateOf(ctx.orders, orderId))
  if (closed) return { outcome: closed }
  const lines = await linesOf(ctx.orders.db.query, orderId)
  const released = await ctx.partners.disclose({
    recipient: 'processor',
    purpose: 'purchase',
    for: `order:${orderId}`,
    values: {
      orderId,
      orderNumber: order.number,
      amountMinor: order.total_minor,
      currency: order.currency,
      description: lines.map((line) => `${line.productName} × ${line.quantity}`).join(', '),
      returnUrl: ctx.returnUrl(orderId, tryNumber),
    },
  })
  if (released.outcome === 'shut') {
    await tellStaff(ctx, released.because)
    return { outcome: 'shut' }
  }
  try {
    const started = await ctx.adapter.startCheckout(released.released, `${orderId}:${tryNumber}`)
    await noteSession(ctx.db.query, {
      order_id: orderId,
      attempt: tryNumber,
      processor: ctx.adapter.facts.id,
      ref: started.ref,
      started_at: ctx.now(),
      expires_at: started.expiresAt,
    })
    // Whoever cancels looks for pages that are noted; one that was opened meanwhile is ended here.
    if (!(await stateOf(ctx.orders, orderId)).cancelled) return { outcome: 'go', url: started.url }
    await endPages(ctx, orderId)
    return { outcome: 'cancelled' }
  } catch (error) {
    ctx.log('payments.silent', { because: word(errorCode(error)) })
    return { outcome: 'silent' }
  }
}

/** Why nobody may pay for an order now, if so. */
function closedBy({ paidAt, cancelled, headline }: OrderState): 'alreadyPaid' | 'cancelled' | 'pending' | undefined {
  if (cancelled) return 'cancelled'
  if (paidAt) return 'alreadyPaid'
  return headline === 'pending' ? 'pending' : undefined
}

/** Ends the hosted pages of a cancelled order; what was paid there all the same is recorded. */
export async function endPages(ctx: PaymentContext, orderId: OrderId): Promise<JobResult> {
  const ends = await Promise.all((await sessionsOf(ctx.db.query, orderId)).map(({ ref }) => ctx.adapter.expire(ref)))
  return ends.every((end) => end === 'expired') ? { outcome: 'done' } : ask(ctx, orderId)
}

/** Until when somebody may still pay at a page of the order. */
export async function openUntil(ctx: Pick<PaymentContext, 'db'>, orderId: OrderId): Promise<Date | undefined> {
  return (await sessionsOf(ctx.db.query, orderId))[0]?.expires_at
}

/** Goes on with an order whose form is sent again: the same page, or a new try where that page has ended. */
export async function goOn(
  ctx: PaymentContext,
  orderId: OrderId,
  noteReturn: (attempt: number) => Promise<void>,
): Promise<StartedPayment> {
  const { expired, payment, attempts } = await stateOf(ctx.orders, orderId)
  const ended = expired || payment === 'failed'
  return ended ? tryAgain(ctx, orderId, noteReturn) : start(ctx, orderId, attempts)
}

/** Tells staff, once a day while it lasts, that nothing may be passed on to the processor. Source: promise committed-partners. */
function tellStaff(ctx: PaymentContext, because: string): Promise<void> {
  const at = ctx.now()
  const ref = `${because}:${dayIn('UTC', at)}`
  return addTask(ctx.orders.db.query, at, { about: 'partner:processor', kind: 'partner-shut', ref })
}

/**
 * Tries to pay once more: the page of the try before is ended first, and if it was paid, that is recorded instead.
 * `noteReturn` writes the row of the new try's return link.
 */
export async function tryAgain(
  ctx: PaymentContext,
  orderId: OrderId,
  noteReturn: (attempt: number) => Promise<void>,
): Promise<StartedPayment> {
  const closed = closedBy(await stateOf(ctx.orders, orderId))
  if (closed) return { outcome: closed }
  const [last] = await sessionsOf(ctx.db.query, orderId)
  try {
    const end = last ? await ctx.adapter.expire(last.ref) : 'expired'
    if (end !== 'expired') {
      await ask(ctx, orderId)
      return { outcome: end === 'paid' ? 'alreadyPaid' : 'pending' }
    }
  } catch (error) {
    ctx.log('payments.silent', { because: word(errorCode(error)) })
    return { outcome: 'silent' }
  }
  const next = await attempt(ctx.orders, orderId)
  if (next.outcome !== 'done') return { outcome: next.outcome === 'alreadyPaid' ? 'alreadyPaid' : 'cancelled' }
  await noteReturn(next.state.attempts)
  return start(ctx, orderId, next.state.attempts)
}

/** Asks the processor how an order stands, for messages that never came. */
export async function ask(ctx: PaymentContext, orderId: OrderId): Promise<JobResult> {
  for (const { ref } of await sessionsOf(ctx.db.query, orderId)) {
    const events = await ctx.adapter.fetchState(ref)
    const facts = events.filter((event) => event.orderRef === orderId).map((event) => event.fact)
    if (facts.length > 0) await recordArrived(ctx.orders, orderId, facts)
  }
  return { outcome: 'done' }
}

/** Pays back one payment. The processor sees our refund id as idempotency key, so it happens once. */
export async function refundPayment(
  ctx: PaymentContext,
  ids: { orderId: OrderId; refundId: string; paymentRef: string; amountMinor: number },
): Promise<JobResult> {
  const { orderId, refundId, paymentRef, amountMinor } = ids
  const values = { orderId, refundId, paymentRef, amountMinor }
  const released = await ctx.partners.disclose({
    recipient: 'processor',
    purpose: 'refunds',
    for: `order:${orderId}`,
    values,
  })
  if (released.outcome === 'shut') {
    await tellStaff(ctx, released.because)
    return { outcome: 'later', because: `shut-${released.because}` }
  }
  const events = await ctx.adapter.refund(released.released, refundId)
  await recordArrived(
    ctx.orders,
    orderId,
    events.map((event) => event.fact),
  )
  return { outcome: 'done' }
}
