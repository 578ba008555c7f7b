import type { JobResult } from '../../../db/index.ts'
import { after, errorCode, word } from '../../../lib/index.ts'
import {
  attempt,
  linesOf,
  orderById,
  stateOf,
  type OrderId,
  type OrderRow,
  type OrderState,
} from '../../orders/index.ts'
import type { Adapter, Started } from '../adapter.ts'
import { ask } from '../asking/ask.ts'
import type { PaymentContext } from '../context.ts'
import { WAITS } from '../manual/adapter.ts'
import { choiceOf, noteSession, sessionsOf } from '../queries.ts'
import { tellShut } from '../tellShut.ts'

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
  const adapter = await adapterOf(ctx, orderId, tryNumber)
  if (!adapter?.sells) return { outcome: 'silent' }
  const asked = { order, tryNumber, returnUrl: ctx.returnUrl(orderId, tryNumber) }
  try {
    const page = await notedPage(ctx, adapter, asked)
    if (page === 'shut') return { outcome: 'shut' }
    // Whoever cancels looks for pages that are noted; one that was opened meanwhile is ended here.
    if (!(await stateOf(ctx.orders, orderId)).cancelled) return { outcome: 'go', url: page.url }
    await endPages(ctx, orderId)
    return { outcome: 'cancelled' }
  } catch (error) {
    return silent(ctx, error)
  }
}

function silent(ctx: PaymentContext, error: unknown): { outcome: 'silent' } {
  ctx.log('payments.silent', { because: word(errorCode(error)) })
  return { outcome: 'silent' }
}

/** The processor of a try: as it was chosen, or the shop's first. */
async function adapterOf(ctx: PaymentContext, orderId: OrderId, tryNumber: number): Promise<Adapter | undefined> {
  const chosen = await choiceOf(ctx.db.query, orderId, tryNumber)
  return chosen === undefined ? ctx.processors.all[0] : ctx.processors.of(chosen)
}

type Asked = { readonly order: OrderRow; readonly tryNumber: number; readonly returnUrl: string }

/** The page for a try, once it is noted. Where the same form was sent at the same time and another was first, both go to that one's page. */
async function notedPage(ctx: PaymentContext, adapter: Adapter, asked: Asked): Promise<Started | 'shut'> {
  const page = await pageFor(ctx, adapter, asked)
  if (page === 'shut') return page
  const noted = await noteSession(ctx.db.query, {
    order_id: asked.order.id,
    attempt: asked.tryNumber,
    processor: adapter.facts.id,
    ref: page.ref,
    started_at: ctx.now(),
    expires_at: page.expiresAt,
  })
  return noted === page.ref ? page : pageFor(ctx, adapter, asked)
}

/** The processor's page for a try. Only what the partners' gate lets out goes there; where nothing goes out there is nothing to ask. */
async function pageFor(ctx: PaymentContext, adapter: Adapter, asked: Asked): Promise<Started | 'shut'> {
  const { order, tryNumber, returnUrl } = asked
  const ref = `${order.id}:${tryNumber}`
  if (!adapter.startCheckout) return { url: returnUrl, ref, expiresAt: after(ctx.now(), WAITS) }
  const lines = await linesOf(ctx.orders.db.query, order.id)
  const answer = await ctx.partners.disclose({
    recipient: adapter.facts.id,
    purpose: 'purchase',
    for: `order:${order.id}`,
    values: adapter.valuesFor({ order, lines, returnUrl }),
  })
  const noted = (await sessionsOf(ctx.db.query, order.id)).find(({ attempt }) => attempt === tryNumber)?.ref
  if (answer.outcome === 'released') return adapter.startCheckout(answer.released, ref, noted)
  await tellShut(ctx, adapter.facts.id, answer.because)
  return 'shut'
}

/** Why nobody may pay for an order now, if so. */
function closedBy({ paidAt, cancelled, headline }: OrderState): 'alreadyPaid' | 'cancelled' | 'pending' | undefined {
  if (cancelled) return 'cancelled'
  if (paidAt) return 'alreadyPaid'
  return headline === 'pending' ? 'pending' : undefined
}

type Page = { readonly processor: string; readonly ref: string }

/** A page of a processor that the shop is no longer set up with has ended for us. */
function expire(ctx: PaymentContext, page: Page): Promise<'expired' | 'paid' | 'pending'> {
  return ctx.processors.of(page.processor)?.expire(page.ref) ?? Promise.resolve('expired')
}

/** Ends the hosted pages of a cancelled order; what was paid there all the same is recorded. */
export async function endPages(ctx: PaymentContext, orderId: OrderId): Promise<JobResult> {
  const pages = await sessionsOf(ctx.db.query, orderId)
  const ends = await Promise.all(pages.map((page) => expire(ctx, page)))
  return ends.every((end) => end === 'expired') ? { outcome: 'done' } : ask(ctx, orderId)
}

/** Until when somebody may still pay for the order, at a page or by transfer: who has tried elsewhere since still has the account's number. */
export async function openUntil(ctx: Pick<PaymentContext, 'db'>, orderId: OrderId): Promise<Date | undefined> {
  const ends = (await sessionsOf(ctx.db.query, orderId)).map((page) => page.expires_at)
  return ends.sort((a, b) => b.getTime() - a.getTime())[0]
}

/** A new try. Shape: `note` writes what belongs to it, its return link and its processor. */
export type NextTry = { readonly processor: string | undefined; readonly note: (attempt: number) => Promise<void> }

/** Goes on with an order whose form is sent again: the same page, or a new try where that page has ended or another processor is chosen. */
export async function goOn(ctx: PaymentContext, orderId: OrderId, next: NextTry): Promise<StartedPayment> {
  const { expired, payment, attempts } = await stateOf(ctx.orders, orderId)
  const last = await adapterOf(ctx, orderId, attempts)
  const elsewhere = next.processor !== undefined && next.processor !== last?.facts.id
  return expired || payment === 'failed' || elsewhere ? tryAgain(ctx, orderId, next) : start(ctx, orderId, attempts)
}

/** Tries to pay once more: the page of the try before is ended first, and if it was paid, that is recorded instead. */
export async function tryAgain(
  ctx: PaymentContext,
  orderId: OrderId,
  next: Pick<NextTry, 'note'>,
): Promise<StartedPayment> {
  const closed = closedBy(await stateOf(ctx.orders, orderId))
  if (closed) return { outcome: closed }
  const [last] = await sessionsOf(ctx.db.query, orderId)
  try {
    const end = last ? await expire(ctx, last) : 'expired'
    if (end !== 'expired') {
      await ask(ctx, orderId)
      return { outcome: end === 'paid' ? 'alreadyPaid' : 'pending' }
    }
  } catch (error) {
    return silent(ctx, error)
  }
  const begun = await attempt(ctx.orders, orderId)
  if (begun.outcome !== 'done') return { outcome: begun.outcome === 'alreadyPaid' ? 'alreadyPaid' : 'cancelled' }
  await next.note(begun.state.attempts)
  return start(ctx, orderId, begun.state.attempts)
}

/** At which processor the newest try of an order was made. */
export async function processorOf(ctx: PaymentContext, orderId: OrderId): Promise<Adapter | undefined> {
  return adapterOf(ctx, orderId, (await stateOf(ctx.orders, orderId)).attempts)
}
