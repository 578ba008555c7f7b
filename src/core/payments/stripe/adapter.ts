import Stripe from 'stripe'
import { instantFromSeconds, type Now } from '../../../lib/index.ts'
import { processors } from '../../../policy/index.ts'
import type { Adapter, PaymentEvent, Started, ToProcessor } from '../adapter.ts'
import { apiOrigin, plainValues, sellsGoods } from '../processors.ts'
import { canTake, theirAmount } from './amounts.ts'
import { eventsSince, fetchState, outcomeOf, pageOf } from './asking.ts'
import { refundTold } from './moneyBack.ts'
import { parseEvent } from './parse.ts'
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
  const sells = sellsGoods(facts)
  return {
    facts,
    page: new URL(settings.page).origin,
    host: new URL(settings.api).hostname,
    sells: true,
    canSell: (sale) => (canTake(sale.totalMinor, sale.currency) ? sells(sale) : { reason: 'currency' }),
    valuesFor: plainValues,
    startCheckout: (released, key) => startCheckout(stripe, released, key),
    expire: (ref) => expire(stripe, ref),
    endpoints: [{ name: 'webhook', method: 'POST', path: '', most: 1_000_000 }],
    verify: (message, at) => verifySignature(message, settings, at),
    parse: parseEvent,
    reply: (_endpoint, handled) => ({ status: handled.outcome === 'recorded' ? 200 : 401, text: '' }),
    fetchState: (ref) => fetchState(stripe, ref, now),
    refund: (released, key) => refund(stripe, released, key),
    eventsSince: (since) => eventsSince(stripe, since),
  }
}

/** The same released values give the same request, byte for byte, so a repeat finds the same hosted page. */
async function startCheckout(stripe: Stripe, { values }: ToProcessor, idempotencyKey: string): Promise<Started> {
  const orderId = String(values['orderId'])
  const returnUrl = String(values['returnUrl'])
  const currency = String(values['currency'])
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
            currency: currency.toLowerCase(),
            unit_amount: theirAmount(Number(values['amountMinor']), currency),
            product_data: { name: `${String(values['description'])}, order ${String(values['orderNumber'])}` },
          },
        },
      ],
    },
    { idempotencyKey },
  )
  return { url: made.url ?? '', ref: made.id, expiresAt: instantFromSeconds(made.expires_at) }
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

/** The payment is asked in which currency it was made: what goes back is counted as the processor counts there. */
async function refund(stripe: Stripe, { values }: ToProcessor, idempotencyKey: string): Promise<PaymentEvent[]> {
  const [of, order] = [String(values['paymentRef']), String(values['orderId'])]
  const { currency } = await stripe.paymentIntents.retrieve(of)
  const amount = theirAmount(Number(values['amountMinor']), currency.toUpperCase())
  const metadata = { refund: String(values['refundId']), order }
  return refundTold(await stripe.refunds.create({ payment_intent: of, amount, metadata }, { idempotencyKey }))
}
