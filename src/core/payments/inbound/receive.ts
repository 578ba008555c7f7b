import { errorCode, word } from '../../../lib/index.ts'
import {
  addTask,
  linesOf,
  orderOfPayment,
  paymentKey,
  receiveByPayment,
  orderById,
  receiveWith,
  stateOf,
  type Fact,
  type OrderId,
  type OrderTables,
} from '../../orders/index.ts'
import type { Tx } from '../../../db/index.ts'
import type { Adapter, Claim, Inbound, PaymentEvent, Reply, Verified } from '../adapter.ts'
import type { PaymentContext } from '../context.ts'
import { tellAll, type Told } from '../asking/ask.ts'
import { noteHeard, noteRefused } from '../asking/health.ts'
import { takePayout } from '../asking/payout.ts'
import type { PaymentTables } from '../tables.ts'
import { readyToKeep } from './keep.ts'

type About = Extract<PaymentEvent, { orderRef: string }>
type OfPayment = Extract<PaymentEvent, { paymentRef: string }>

/**
 * Takes one message of a processor: proof over the raw bytes, parsed to values that are not personal; what it says and, sealed, the
 * message itself are recorded in one transaction, and only then it is answered. Refused messages leave no row but a mark at the processor's light.
 */
export async function receive(ctx: PaymentContext, adapter: Adapter, message: Inbound): Promise<Reply> {
  const processor = adapter.facts.id
  const verified = await adapter.verify(message, ctx.now())
  if (!verified.ok) {
    ctx.log('payments.refused', { processor: word(processor), because: word(verified.because.replaceAll(' ', '-')) })
    await noteRefused(ctx, processor, verified.because)
    return adapter.reply(message.endpoint, { outcome: 'refused', because: verified.because })
  }
  const { text, envelope } = verified
  try {
    const events = await tellAll(ctx, adapter, adapter.parse(text, message.endpoint))
    const keys = await record(ctx, adapter, { message, text, envelope, events })
    await noteHeard(ctx, processor)
    return adapter.reply(message.endpoint, { outcome: 'recorded', keys })
  } finally {
    envelope?.bytes.fill(0)
  }
}

type Said = Pick<Verified & { ok: true }, 'text' | 'envelope'> & {
  readonly message: Inbound
  readonly events: readonly Told[]
}

async function record(ctx: PaymentContext, adapter: Adapter, said: Said): Promise<string[]> {
  const { message, text, envelope, events } = said
  const processor = adapter.facts.id
  const about = events.filter((event): event is About => 'orderRef' in event)
  const ofPayments = events.filter((event): event is OfPayment => 'paymentRef' in event)
  for (const event of events) await takeOther(ctx, processor, event)
  const keeping = await readyToKeep(ctx, {
    processor,
    endpoint: message.endpoint,
    text,
    body: message.body,
    orderRef: about[0]?.orderRef ?? (await refOf(ctx, ofPayments[0])),
  })
  try {
    const orderRef = about[0]?.orderRef
    const write = async (tx: Tx<PaymentTables>): Promise<void> => {
      await keeping?.write(tx)
      if (envelope && orderRef !== undefined) await ctx.envelopes?.take(tx, orderRef, envelope)
    }
    const also = (tx: Tx<OrderTables>): Promise<void> => write(tx as unknown as Tx<PaymentTables>)
    const fitting = await fittingOf(ctx, adapter, about)
    const steps: readonly Step[] = [
      ...byOrder(fitting).map(
        ([orderRef, facts]): Step =>
          (also) =>
            receiveWith(ctx.orders, { orderRef, facts, ...also }),
      ),
      ...ofPayments.map(
        (event): Step =>
          (also) =>
            receiveByPayment(ctx.orders, { ...event, ...also }),
      ),
    ]
    for (const [index, step] of steps.entries()) await step(index === 0 ? { also } : {})
    if (steps.length === 0) await ctx.orders.db.tx((tx) => also(tx))
    return await keysFor(ctx, fitting)
  } finally {
    keeping?.wipe()
  }
}

/** One order's part of a message; the message itself is written with the first. */
type Step = (also: { readonly also?: (tx: Tx<OrderTables>) => Promise<void> }) => Promise<unknown>

/** What is about no order: money on its way, and what nobody but staff can understand. */
async function takeOther(ctx: PaymentContext, processor: string, event: PaymentEvent): Promise<void> {
  if ('payout' in event) await takePayout(ctx, processor, event.payout)
  if ('unclear' in event)
    await addTask(ctx.orders.db.query, ctx.now(), {
      about: `processor:${processor}`,
      kind: 'unmatchedMessage',
      ref: event.unclear,
    })
}

/** Under what a message is kept that names a payment only. */
async function refOf(ctx: PaymentContext, event: OfPayment | undefined): Promise<string | undefined> {
  if (!event) return undefined
  const payment = { source: event.fact.source, ref: event.paymentRef }
  return (await orderOfPayment(ctx.orders.db.query, payment)) ?? paymentKey(payment)
}

/** Takes in what a processor said when it was asked what had happened. */
export async function takeEvent(ctx: PaymentContext, processor: string, event: PaymentEvent): Promise<void> {
  if ('orderRef' in event)
    await receiveWith(ctx.orders, { orderRef: event.orderRef, facts: event.fact ? [event.fact] : [] })
  else if ('paymentRef' in event) await receiveByPayment(ctx.orders, event)
  else await takeOther(ctx, processor, event)
}

function byOrder(about: readonly About[]): (readonly [string, Fact[]])[] {
  const groups = new Map<string, Fact[]>()
  for (const { orderRef, fact } of about)
    groups.set(orderRef, [...(groups.get(orderRef) ?? []), ...(fact ? [fact] : [])])
  return [...groups]
}

/** What may count: all that is signed, and of the rest what fits the order that it names. Staff are told of what does not. */
async function fittingOf(ctx: PaymentContext, adapter: Adapter, about: readonly About[]): Promise<About[]> {
  const fitting: About[] = []
  for (const event of about) {
    if (event.claim === undefined || (await fits(ctx, event.orderRef, event.claim))) fitting.push(event)
    else if (event.fact || event.wantsKey)
      await addTask(ctx.orders.db.query, ctx.now(), {
        about: `order:${event.orderRef}`,
        kind: 'unmatchedMessage',
        ref: `${adapter.facts.id}:${event.fact?.ref ?? ''}`,
      })
  }
  return fitting
}

/** Whether an unsigned message says of an order what the order says itself: product, how many, and the price. */
async function fits(ctx: PaymentContext, orderRef: string, claim: Claim): Promise<boolean> {
  const order = await orderById(ctx.orders.db.query, orderRef)
  if (!order || (await stateOf(ctx.orders, order.id)).cancelled) return false
  const lines = await linesOf(ctx.orders.db.query, order.id)
  return lines.some(
    (line) =>
      line.offerId === claim.offerId && line.quantity === claim.quantity && line.grossMinor === claim.amountMinor,
  )
}

/** The keys that a processor waits for. One that cannot be made now follows by mail, and staff are told: the processor never sees an error. */
async function keysFor(ctx: PaymentContext, about: readonly About[]): Promise<string[]> {
  const keys: string[] = []
  for (const { orderRef, claim, wantsKey } of about) {
    if (!wantsKey || !claim) continue
    const orderId = orderRef as OrderId
    const { right } = await stateOf(ctx.orders, orderId)
    if (right === 'active') keys.push(...(await keysNow(ctx, orderId, claim.offerId)))
  }
  return keys
}

async function keysNow(ctx: PaymentContext, orderId: OrderId, offerId: string): Promise<readonly string[]> {
  const keys = await ctx.keysNow(orderId, offerId).catch((error: unknown) => {
    ctx.log('payments.keyLate', { because: word(errorCode(error)) })
    return []
  })
  if (keys.length === 0)
    await addTask(ctx.orders.db.query, ctx.now(), { about: `order:${orderId}`, kind: 'keyLate', ref: '' })
  return keys
}
