import { after, Broken, type Now } from '../../../lib/index.ts'
import { processors } from '../../../policy/index.ts'
import type { Adapter, PaymentEvent, Started, ToProcessor } from '../adapter.ts'
import { plainValues, sellsGoods } from '../processors.ts'
import { adjustmentEvents, readAdjustments, reasonFor } from './adjustments.ts'
import { client, ifThere, type Client } from './client.ts'
import { eventTypes, parseEvent, readEvent } from './parse.ts'
import { verifySignature } from './signature.ts'
import { askedTotal, kindOf, paidTotal, readTransaction, transactionEvents, type Transaction } from './transaction.ts'

/**
 * How to reach the processor. Shape: `api` an address below which all its paths are; `page` the page that its account knows as payment link, which opens
 * its checkout; more than one webhook secret may be live while they are changed.
 */
export type PaddleSettings = {
  readonly api: string
  readonly apiKey: string
  readonly webhookSecrets: readonly string[]
  readonly page: string
  readonly live: boolean
}

// Source: the currencies of its package, less those of which it is not known whether it counts them in hundredths (CLP, COP, HUF, KRW, TWD, VND).
const CURRENCIES: ReadonlySet<string> = new Set(
  'USD EUR GBP JPY AUD CAD CHF HKD SGD SEK ARS BRL CNY CZK DKK ILS INR MXN NOK NZD PEN PLN RUB THB TRY UAH ZAR'.split(
    ' ',
  ),
)

type Paddle = { readonly api: Client; readonly page: string; readonly now: Now }

/** Paddle Billing. The processor is the seller. Only released values go out. */
export function paddleAdapter(settings: PaddleSettings, now: Now): Adapter {
  const paddle: Paddle = { api: client(settings), page: settings.page, now }
  const facts = processors.paddle
  const sells = sellsGoods(facts)
  return {
    facts,
    page: new URL(settings.page).origin,
    host: new URL(settings.api).hostname,
    sells: true,
    canSell: (sale) => (CURRENCIES.has(sale.currency) ? sells(sale) : { reason: 'currency' }),
    valuesFor: plainValues,
    startCheckout: (released, _key, noted) => startCheckout(paddle, released, noted),
    expire: (ref) => expire(paddle, ref),
    endpoints: [{ name: 'webhook', method: 'POST', path: '', most: 1_000_000 }],
    verify: (message, at) => verifySignature(message, settings.webhookSecrets, at),
    parse: parseEvent,
    reply: (_endpoint, handled) => ({ status: handled.outcome === 'recorded' ? 200 : 401, text: '' }),
    fetchState: (ref) => fetchState(paddle, ref),
    refund: (released) => refund(paddle, released),
    eventsSince: (since) => eventsSince(paddle, since),
  }
}

const pathOf = (ref: string): string => `/transactions/${encodeURIComponent(ref)}`

async function transactionOf({ api }: Paddle, ref: string): Promise<Transaction | undefined> {
  return readTransaction(await ifThere(api.get(pathOf(ref))))
}

/**
 * The page for one try. The processor knows no idempotency key, so the page that was noted for the try is looked up. One
 * that was made and never noted is known to nobody: its address was in the answer that was lost.
 */
async function startCheckout(paddle: Paddle, { values }: ToProcessor, noted?: string): Promise<Started> {
  const known = noted === undefined ? undefined : await transactionOf(paddle, noted)
  const made = known ?? readTransaction(await paddle.api.send('POST', '/transactions', requestFor(paddle.page, values)))
  const url = made?.checkout?.url
  if (!made || !url) throw new Broken('paddle-no-page')
  // The browser would not follow elsewhere, and nobody is to be led elsewhere.
  if (new URL(url).origin !== new URL(paddle.page).origin) throw new Broken('paddle-page-elsewhere')
  // A transaction has no end of its own.
  return { url, ref: made.id, expiresAt: after(paddle.now(), 'P1D') }
}

/** What is sold: one item with the order's total, tax within. Its only mark of ours is the order's id. */
function requestFor(page: string, values: ToProcessor['values']): object {
  const name = `${String(values['description'])}, order ${String(values['orderNumber'])}`.slice(0, 150)
  const currency_code = String(values['currency'])
  const url = new URL(page)
  url.searchParams.set('return', String(values['returnUrl']))
  const price = {
    name,
    description: name,
    unit_price: { amount: String(values['amountMinor']), currency_code },
    tax_mode: 'internal',
    quantity: { minimum: 1, maximum: 1 },
    product: { name, tax_category: 'standard' },
  }
  return {
    items: [{ quantity: 1, price }],
    currency_code,
    collection_mode: 'automatic',
    custom_data: { order: String(values['orderId']) },
    checkout: { url: url.href },
  }
}

/** What cannot be cancelled there has ended for us: whoever pays it all the same has paid too much, and staff are told. */
async function expire(paddle: Paddle, ref: string): Promise<'expired' | 'paid' | 'pending'> {
  const found = await transactionOf(paddle, ref)
  const kind = found && kindOf(found)
  if (kind === 'pay.captured') return 'paid'
  if (kind === 'pay.pending') return 'pending'
  if (!found || kind === 'order.expired') return 'expired'
  try {
    await paddle.api.send('PATCH', pathOf(ref), { status: 'canceled' })
  } catch (error) {
    // The documentation says of a draft both that it can be changed and that only what is further on can be cancelled.
    if (!(error instanceof Broken && error.code === 'paddle-transaction-invalid-status-change')) throw error
  }
  return 'expired'
}

async function adjustmentsOf({ api }: Paddle, ref: string): ReturnType<typeof collected> {
  return collected(api.list('/adjustments', { transaction_id: ref, per_page: '50' }))
}

async function collected(things: AsyncIterable<unknown>): Promise<ReturnType<typeof readAdjustments>> {
  const all: unknown[] = []
  for await (const thing of things) all.push(thing)
  return readAdjustments(all)
}

async function fetchState(paddle: Paddle, ref: string): Promise<PaymentEvent[]> {
  const found = await transactionOf(paddle, ref)
  if (!found) return []
  const kind = kindOf(found)
  const when = { ext: `asked:${found.id}:${found.status}`, at: found.updated_at }
  const told = kind ? transactionEvents(found, kind, when) : []
  return [...told, ...adjustmentEvents(found, await adjustmentsOf(paddle, ref))]
}

/** Asks for money to go back, which the processor has to approve. A refund that was asked for before is found by our number in its reason. */
async function refund(paddle: Paddle, { values }: ToProcessor): Promise<PaymentEvent[]> {
  const [of, amountMinor] = [String(values['paymentRef']), Number(values['amountMinor'])]
  const reason = reasonFor(String(values['refundId']))
  const [found, before] = [await transactionOf(paddle, of), await adjustmentsOf(paddle, of)]
  if (!found) throw new Broken('paddle-no-transaction')
  if (before.some((one) => one.reason === reason)) return adjustmentEvents(found, before)
  const scope = amountMinor >= askedTotal(found) ? { type: 'full' } : partOf(found, amountMinor)
  const made = await paddle.api.send('POST', '/adjustments', { action: 'refund', transaction_id: of, reason, ...scope })
  return adjustmentEvents(found, readAdjustments([made]))
}

/** A part of what was paid, which is the same part of it as of what was asked for. */
function partOf(found: Transaction, amountMinor: number): object {
  const amount = String(Math.floor((amountMinor * paidTotal(found)) / askedTotal(found)))
  const items = found.details?.line_items.slice(0, 1).map(({ id }) => ({ item_id: id, type: 'partial', amount }))
  return { type: 'partial', items }
}

/** All that happened since a moment, the newest first. The processor's list has no times to ask by, so it is read until one is older. */
async function* eventsSince({ api }: Paddle, since: Date): AsyncGenerator<PaymentEvent> {
  const query = { event_type: eventTypes.join(','), order_by: 'id[DESC]', per_page: '200' }
  for await (const message of api.list('/events', query)) {
    const { events, at } = readEvent(message)
    if (at && at < since) return
    yield* events
  }
}
