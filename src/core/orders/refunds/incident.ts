import { enqueue, type JobIds, type JobResult } from '../../../db/index.ts'
import { instant, newId, type Money } from '../../../lib/index.ts'
import type { OrderContext } from '../context.ts'
import type { OrderId } from '../facts.ts'
import { fold } from '../fold/fold.ts'
import type { OrderState, Payment } from '../fold/state.ts'
import { addTask, type Task } from '../tasks/queries.ts'
import { factsOfEach, ordersPaidAt, type PaidAt } from './queries.ts'
import { blockedBy, leftOf, payBack } from './refund.ts'

const PAGE = 500
const FIRST = '00000000-0000-0000-0000-000000000000'

/** What could go back of one order. */
type Payable = { readonly orderId: OrderId; readonly leftMinor: number; readonly currency: string }

function isOf({ processor, since }: PaidAt): (payment: Payment) => boolean {
  return ({ source, at }) => source === processor && at >= since
}

/** One page of the orders of which something is left to pay back. Shape: `next` is where the page after it begins. */
async function pageOf(
  ctx: Pick<OrderContext, 'db'>,
  of: PaidAt,
  after: string,
): Promise<{ payable: Payable[]; next: string | undefined }> {
  const ids = await ordersPaidAt(ctx.db.query, of, { after, most: PAGE })
  const facts = await factsOfEach(ctx.db.query, ids)
  const payable = ids
    .map((orderId) => ({ orderId, ...left(fold(facts.get(orderId) ?? []), of) }))
    .filter(({ leftMinor }) => leftMinor > 0)
  return { payable, next: ids.length < PAGE ? undefined : ids.at(-1) }
}

function left(state: OrderState, of: PaidAt): Omit<Payable, 'orderId'> {
  const free = state.payments.filter(isOf(of)).filter((payment) => !blockedBy(state, payment))
  const leftMinor = free.reduce((sum, payment) => sum + leftOf(state, payment), 0)
  return { leftMinor, currency: state.placed?.currency ?? '' }
}

/** How many orders would be paid back, and how much money that is. Each is folded, as in paying back: a query with rules of its own could count what does not go back. */
export async function countPayable(
  ctx: Pick<OrderContext, 'db'>,
  of: PaidAt,
): Promise<{ orders: number; money: readonly Money[] }> {
  const sums = new Map<string, number>()
  let orders = 0
  for (let after: string | undefined = FIRST; after !== undefined;) {
    const page: Awaited<ReturnType<typeof pageOf>> = await pageOf(ctx, of, after)
    orders += page.payable.length
    for (const { leftMinor, currency } of page.payable) sums.set(currency, (sums.get(currency) ?? 0) + leftMinor)
    after = page.next
  }
  return { orders, money: [...sums].map(([currency, minor]) => ({ minor, currency })) }
}

/**
 * Pays back all that a processor took from an instant on, because it fails its customers; every licence is kept. Done
 * page by page in the background; doing it twice pays nobody back twice, and asks again for what failed. Whoever has to
 * know of it has a task in the same transaction.
 */
export async function refundAll(
  ctx: Pick<OrderContext, 'db' | 'now' | 'kick'>,
  { processor, since, told }: PaidAt & { readonly told: readonly Omit<Task, 'made_at'>[] },
): Promise<void> {
  const run = newId(ctx.now())
  const ids = { processor, since: since.toISOString(), run, after: FIRST }
  await ctx.db.tx(async (tx) => {
    for (const task of told) await addTask(tx, ctx.now(), task)
    await enqueue(tx, ctx.now(), [{ key: `incident:${run}`, kind: 'orders.incident', ids }])
  })
  ctx.kick()
}

/** The work of one page: a job for each of its orders, and one for the next page. */
export async function refundPage(ctx: Pick<OrderContext, 'db' | 'now' | 'kick'>, ids: JobIds): Promise<JobResult> {
  const of = paidAtOf(ids)
  const { payable, next } = await pageOf(ctx, of, String(ids['after']))
  const run = String(ids['run'])
  const same = { processor: of.processor, since: of.since.toISOString() }
  const jobs = payable.map(({ orderId }) => ({
    key: `incident:${run}:${orderId}`,
    kind: 'orders.payBack',
    ids: { orderId, ...same },
  }))
  const more = {
    key: `incident:${run}:after:${next}`,
    kind: 'orders.incident',
    ids: { ...same, run, after: next ?? '' },
  }
  await ctx.db.tx((tx) => enqueue(tx, ctx.now(), next === undefined ? jobs : [...jobs, more]))
  ctx.kick()
  return { outcome: 'done' }
}

/** Pays back what is left of one order's payments at the processor that fails. */
export async function refundIncident(ctx: OrderContext, ids: JobIds): Promise<JobResult> {
  await payBack(ctx, String(ids['orderId']) as OrderId, { pick: isOf(paidAtOf(ids)), reason: 'incident' })
  return { outcome: 'done' }
}

function paidAtOf(ids: JobIds): PaidAt {
  return { processor: String(ids['processor']), since: instant(String(ids['since'])) }
}
