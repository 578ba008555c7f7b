import Stripe from 'stripe'
import { instantFromSeconds, type Now } from '../../../lib/index.ts'
import { processors } from '../../../policy/index.ts'
import type { Adapter, PaymentEvent, Started, ToProcessor } from '../adapter.ts'
import { apiOrigin, plainValues, sellsGoods } from '../processors.ts'
import { parseEvent, parseSession, refundKind } from './parse.ts'
import { verifySignature } from './signature.ts'

/** How to reach the processor. Shape: `api` an origin; more than one webhook secret may be live while they are changed. */
export type StripeSettings = {
  readonly api: string
  readonly apiKey: string
  readonly webhookSecrets: readonly string[]
  /** Where its hosted pages are. */
  readonly page: string
  readonly live: boolean
}

function client({ api, apiKey, live }: StripeSettings): Stripe {
  const { hostname, port, protocol } = apiOrigin(api, live)
  return new Stripe(apiKey, {
    host: hostname,
    port: port || (protocol === 'https:' ? 443 : 80),
    protocol: protocol === 'https:' ? 'https' : 'http',
    telemetry: false,
    maxNetworkRetries: 1,
    timeout: 10_000,
  })
}

/** The Stripe protocol, by its official package. Only released values go out. */
export function stripeAdapter(settings: StripeSettings, now: Now): Adapter {
  const stripe = client(settings)
  const facts = processors.stripe
  return {
    facts,
    page: settings.page,
    host: new URL(settings.api).hostname,
    sells: true,
    canSell: sellsGoods(facts),
    valuesFor: plainValues,
    startCheckout: (released, key) => startCheckout(stripe, released, key),
    expire: (ref) => expire(stripe, ref),
    endpoints: [{ name: 'webhook', method: 'POST', path: '', most: 1_000_000 }],
    verify: (message, at) => verifySignature(message, settings.webhookSecrets, at),
    parse: parseEvent,
    reply: (_endpoint, handled) => ({ status: handled.outcome === 'recorded' ? 200 : 401, text: '' }),
    fetchState: async (ref) => {
      const found = await pageOf(stripe, ref)
      return found ? parseSession(found, now(), await outcomeOf(stripe, found)) : []
    },
    refund: (released, key) => refund(stripe, released, key),
  }
}

/** The same released values give the same request, byte for byte, so a repeat finds the same hosted page. */
async function startCheckout(stripe: Stripe, { values }: ToProcessor, idempotencyKey: string): Promise<Started> {
  const orderId = String(values['orderId'])
  const returnUrl = String(values['returnUrl'])
  const made = await stripe.checkout.sessions.create(
    {
      mode: 'payment',
      client_reference_id: orderId,
      metadata: { order: orderId },
      payment_intent_data: { metadata: { order: orderId } },
      success_url: returnUrl,
      cancel_url: returnUrl,
      line_items: [
        {
          quantity: 1,
          price_data: {
            currency: String(values['currency']).toLowerCase(),
            unit_amount: Number(values['amountMinor']),
            product_data: { name: `${String(values['description'])}, order ${String(values['orderNumber'])}` },
          },
        },
      ],
    },
    { idempotencyKey },
  )
  return { url: made.url ?? '', ref: made.id, expiresAt: instantFromSeconds(made.expires_at) }
}

/** A hosted page as the processor knows it; undefined when it knows none of that name (any more). */
async function pageOf(stripe: Stripe, ref: string): Promise<Stripe.Checkout.Session | undefined> {
  try {
    return await stripe.checkout.sessions.retrieve(ref)
  } catch (error) {
    if (error instanceof Stripe.errors.StripeInvalidRequestError && error.statusCode === 404) return undefined
    throw error
  }
}

/** What became of a page's payment. A used page stays `unpaid` both while its payment is on its way and when it failed; the payment itself tells which. */
async function outcomeOf(stripe: Stripe, page: Stripe.Checkout.Session): Promise<'paid' | 'pending' | 'failed'> {
  if (page.payment_status !== 'unpaid') return 'paid'
  const ref = typeof page.payment_intent === 'string' ? page.payment_intent : page.payment_intent?.id
  if (page.status !== 'complete' || !ref) return 'pending'
  const { status } = await stripe.paymentIntents.retrieve(ref)
  if (status === 'succeeded') return 'paid'
  return status === 'requires_payment_method' || status === 'canceled' ? 'failed' : 'pending'
}

async function expire(stripe: Stripe, ref: string): Promise<'expired' | 'paid' | 'pending'> {
  const found = await pageOf(stripe, ref)
  if (!found || found.status === 'expired') return 'expired'
  if (found.status === 'open') {
    await stripe.checkout.sessions.expire(ref)
    return 'expired'
  }
  const outcome = await outcomeOf(stripe, found)
  return outcome === 'failed' ? 'expired' : outcome
}

async function refund(stripe: Stripe, { values }: ToProcessor, idempotencyKey: string): Promise<PaymentEvent[]> {
  const orderRef = String(values['orderId'])
  const [refundId, of] = [String(values['refundId']), String(values['paymentRef'])]
  const amountMinor = Number(values['amountMinor'])
  const made = await stripe.refunds.create(
    { payment_intent: of, amount: amountMinor, metadata: { refund: refundId, order: orderRef } },
    { idempotencyKey },
  )
  const fact = {
    source: 'stripe',
    ext: `${made.id}:${made.status ?? ''}`,
    kind: refundKind(made.status),
    at: instantFromSeconds(made.created),
    ref: refundId,
    of,
    amountMinor: made.amount,
    currency: made.currency.toUpperCase(),
  }
  return [{ orderRef, fact }]
}
