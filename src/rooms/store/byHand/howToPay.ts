import type { Composer, Contact } from '../../../contact/index.ts'
import {
  orderById,
  personOf,
  stateOf,
  type OrderId,
  type OrderRow,
  type OrderState,
} from '../../../core/orders/index.ts'
import { noteWaiting, openUntil, processorOf } from '../../../core/payments/index.ts'
import type { Tx } from '../../../db/index.ts'
import { after, formatMoney, isId } from '../../../lib/index.ts'
import type { BankTransfer } from '../../../policy/index.ts'
import { linkPaths, mintLink } from '../../../web/index.ts'
import type { StoreContext, ToPayByHand } from '../context.ts'
import { en } from '../words.ts'

/** How an order is paid by hand. Shape: `came` is what has come already, 0 mostly; amounts in minor units. */
export type HowToPay = {
  readonly bank: BankTransfer
  readonly number: string
  readonly leftMinor: number
  readonly cameMinor: number
  readonly currency: string
  readonly until: Date
}

/** Whether a processor is none: nothing goes out, and the page of the order says how to pay. */
export function isByHand({ payments }: Pick<StoreContext, 'payments'>, processor: string): boolean {
  const adapter = payments.processors.of(processor)
  return adapter !== undefined && adapter.startCheckout === undefined
}

/** Writes until when an order waits, and asks for the mail that says how to pay. */
export async function waitForMoney(
  ctx: Pick<StoreContext, 'now' | 'mailHowToPay'>,
  tx: Parameters<typeof mintLink>[0],
  of: { orderId: OrderId; attempt: number; processor: string },
): Promise<void> {
  await noteWaiting(tx as never, ctx.now(), of)
  const person = await personOf(tx as never, of.orderId)
  if (person) await ctx.mailHowToPay(tx as never, { orderId: of.orderId, attempt: of.attempt, person })
}

/** How an order is to be paid now; undefined when it is not paid by hand, is paid, or is over. */
export async function howToPay(
  ctx: Pick<StoreContext, 'bank' | 'payments' | 'now'>,
  order: OrderRow,
  { paidAt, cancelled, capturedMinor }: OrderState,
): Promise<HowToPay | undefined> {
  const processor = await processorOf(ctx.payments, order.id)
  const until = await openUntil(ctx.payments, order.id)
  if (!ctx.bank || !processor || processor.startCheckout || paidAt || cancelled) return undefined
  if (!until || until <= ctx.now()) return undefined
  const { number, currency, total_minor: total } = order
  return { bank: ctx.bank, number, currency, until, leftMinor: total - capturedMinor, cameMinor: capturedMinor }
}

/** The same as rows: for the page and for the mail. */
export function rowsOf(toPay: HowToPay, day: (at: Date) => string): (readonly [string, string])[] {
  const { bank, number, leftMinor, cameMinor, currency, until } = toPay
  const [left, came] = [leftMinor, cameMinor].map((minor) => formatMoney({ minor, currency })) as [string, string]
  const words = en.howToPay
  return [
    [words.amount, cameMinor > 0 ? words.left(left, came) : left],
    [words.holder, bank.holder],
    [words.iban, bank.iban.replace(/(.{4})(?=.)/g, '$1 ')],
    ...(bank.bic ? [[words.bic, bank.bic] as const] : []),
    ...(bank.bank ? [[words.bank, bank.bank] as const] : []),
    [words.reference, number],
    [words.until, day(until)],
  ]
}

/** Asks for the mail that says how to pay, once for each try. */
export async function askForPayment<T>(
  contact: Pick<Contact, 'send'>,
  tx: Tx<T>,
  { orderId, attempt, person }: ToPayByHand,
): Promise<void> {
  const [key, about] = [`order:${orderId}:howToPay:${attempt}`, `order:${orderId}`] as const
  await contact.send(tx, { key, kind: 'howToPay', person, purpose: 'purchase', for: about })
}

/** Makes that mail at hand-over; an order that is paid or over by then needs none. */
export function howToPayMail(ctx: StoreContext): Composer {
  return async (mail) => {
    const id = mail.for.slice('order:'.length)
    const order = isId<'order'>(id) ? await orderById(ctx.orders.db.query, id) : undefined
    const toPay = order && (await howToPay(ctx, order, await stateOf(ctx.orders, order.id)))
    if (!order || !toPay) return { outcome: 'drop', because: 'no-order' }
    const now = ctx.now()
    const expiresAt = after(now, 'P30D')
    const token = await mintLink(ctx.db.query, { kind: 'order', order: order.id, now, expiresAt })
    const text = en.payMail({
      number: order.number,
      rows: rowsOf(toPay, ctx.web.dates.day),
      note: toPay.bank.note ?? '',
      link: `${ctx.web.baseUrl}${linkPaths.order}${token}`,
      dataLink: `${ctx.web.baseUrl}/your-data`,
      vendor: ctx.web.brand.name,
    })
    return { subject: en.payMailSubject(order.number), text, carries: [] }
  }
}
