import { z } from 'zod'
import type { PaymentEvent, Started, ToProcessor } from '../adapter.ts'
import { Broken, instant } from '../../../lib/index.ts'
import { factsOf, parseNotice } from './parse.ts'

/** How to reach the processor. Shape: `api` an origin. */
export type SealedApi = { readonly api: string; readonly apiKey: string }

const TIMEOUT_MS = 10_000
const id = z.string().min(1).max(100)
const page = z.object({ id, url: z.url(), expires: z.iso.datetime() })
const orderState = z.object({
  id,
  order: id,
  payment: id,
  status: z.enum(['open', 'received', 'completed', 'failed', 'cancelled', 'expired']),
  amount: z.int().nonnegative(),
  currency: z.string().length(3),
  changed: z.iso.datetime(),
})
const refunded = z.object({ id, status: z.enum(['requested', 'succeeded', 'failed']), time: z.iso.datetime() })
const happened = z.object({ events: z.array(z.looseObject({ event: id, kind: z.string() })), more: z.boolean() })

type Call = { readonly path: string; readonly body?: object; readonly key?: string }

/** One call, whose answer must have its shape. Names chosen by this project. Errors: throws when there is no good answer; undefined for what is not known there. */
async function call<T>({ api, apiKey }: SealedApi, shape: z.ZodType<T>, asked: Call): Promise<T | undefined> {
  const { path, body, key } = asked
  const answer = await fetch(new URL(path, api), {
    method: body ? 'POST' : 'GET',
    headers: {
      authorization: `Bearer ${apiKey}`,
      ...(body && { 'content-type': 'application/json' }),
      ...(key !== undefined && { 'idempotency-key': key }),
    },
    ...(body && { body: JSON.stringify(body) }),
    redirect: 'error',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  })
  if (answer.status === 404) return undefined
  const read = answer.ok ? shape.safeParse(await answer.json()) : undefined
  if (!read?.success) throw new Error(`the processor answered ${answer.status}`)
  return read.data
}

/** Opens the hosted page of one try: order, amount and where to come back to. */
export async function openPage(to: SealedApi, { values }: ToProcessor, key: string): Promise<Started> {
  const body = {
    order: values['orderId'],
    number: values['orderNumber'],
    amount: values['amountMinor'],
    currency: values['currency'],
    description: values['description'],
    return_url: values['returnUrl'],
  }
  const made = await call(to, page, { path: '/sealed/orders', body, key })
  if (!made) throw new Error('the processor knows no orders')
  return { url: made.url, ref: made.id, expiresAt: instant(made.expires) }
}

/** Ends a hosted page that was not used. */
export async function endPage(to: SealedApi, ref: string): Promise<'expired' | 'paid' | 'pending'> {
  const found = await call(to, orderState, { path: `/sealed/orders/${encodeURIComponent(ref)}/expire`, body: {} })
  if (found?.status === 'completed') return 'paid'
  return found?.status === 'received' ? 'pending' : 'expired'
}

/** How an order stands at the processor: facts with names made from its state, so that asking twice adds nothing. */
export async function askState(to: SealedApi, ref: string): Promise<PaymentEvent[]> {
  const found = await call(to, orderState, { path: `/sealed/orders/${encodeURIComponent(ref)}` })
  if (!found || found.status === 'open') return []
  const { order, payment, status, amount, currency, changed: time } = found
  const kind = `order.${status}` as const
  const facts = factsOf({
    kind,
    event: `asked:${ref}`,
    order: order as never,
    payment,
    amount,
    currency,
    time,
  })
  return facts.map((fact) => ({ orderRef: order, fact: { ...fact, ext: `asked:${fact.ext}` } }))
}

/** So many answers are read at most in one go: whoever missed more needs a look by somebody. */
const MOST_PAGES = 1000

/**
 * All that happened since a moment, told again in the open and without a person: named as in the notices, so that what came adds nothing.
 * That a payment is on its way comes with a card part and by a notice alone. Errors: throws for a list that does not end.
 */
export async function* eventsSince(to: SealedApi, since: Date): AsyncGenerator<PaymentEvent> {
  let after = ''
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const { events, more } = (await pageAfter(to, since, after)) ?? { events: [], more: false }
    for (const event of events) if (event.kind !== 'order.received') yield* parseNotice(JSON.stringify(event))
    const last = events.at(-1)?.event
    if (!more || last === undefined) return
    if (last === after) break
    after = last
  }
  throw new Broken('sealed-list-without-end')
}

function pageAfter(to: SealedApi, since: Date, after: string): Promise<z.infer<typeof happened> | undefined> {
  const query = new URLSearchParams({ since: since.toISOString(), after })
  return call(to, happened, { path: `/sealed/events?${query.toString()}` })
}

/** Pays a payment back, whole or in part. */
export async function payBack(to: SealedApi, { values }: ToProcessor, key: string): Promise<PaymentEvent[]> {
  const [orderRef, refund, of] = [values['orderId'], values['refundId'], values['paymentRef']].map(String)
  const amountMinor = Number(values['amountMinor'])
  const path = `/sealed/payments/${encodeURIComponent(of ?? '')}/refunds`
  const made = await call(to, refunded, { path, body: { refund, order: orderRef, amount: amountMinor }, key })
  if (!made) throw new Error('the processor does not know this payment')
  const kind = `refund.${made.status}` as const
  const fact = {
    source: 'sealed',
    ext: `${kind}:asked:${made.id}`,
    kind,
    at: instant(made.time),
    ref: refund ?? '',
    of: of ?? '',
    amountMinor,
  }
  return [{ orderRef: orderRef ?? '', fact }]
}
