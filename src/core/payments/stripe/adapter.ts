import Stripe from 'stripe'
import { instantFromSeconds, type Now } from '../../../lib/index.ts'
import type { Adapter, PaymentEvent, Started, ToProcessor } from '../adapter.ts'
import { parseEvent, parseSession, refundKind } from './parse.ts'
import { verifySignature } from './signature.ts'

/** How to reach the processor. Shape: `api` an origin; more than one webhook secret may be live while they are changed. */
export type StripeSettings = {
  readonly api: string
  readonly apiKey: string
  readonly webhookSecrets: readonly string[]
  readonly live: boolean
}

function client(settings: StripeSettings): Stripe {
  const api = new URL(settings.api)
  const loopback = ['localhost', '127.0.0.1', '[::1]'].includes(api.hostname)
  if (settings.live && (api.protocol !== 'https:' || loopback))
    throw new RangeError('a live processor must be reached over https and not on this machine')
  return new Stripe(settings.apiKey, {
    host: api.hostname,
    port: api.port || (api.protocol === 'https:' ? 443 : 80),
    protocol: api.protocol === 'https:' ? 'https' : 'http',
    telemetry: false,
    maxNetworkRetries: 1,
    timeout: 10_000,
  })
}

/** The Stripe protocol, by its official package. Only released values go out. */
export function stripeAdapter(settings: StripeSettings, now: Now): Adapter {
  const stripe = client(settings)
  return {
    facts: {
      id: 'stripe',
      legalName: 'Stripe',
      role: 'payment processor',
      status: 'live',
      channel: 'signed',
      cardExposure: 'none',
      goods: ['download', 'box'],
      fidelity: 'official documentation',
    },
    canSell: (quote) => quote.total.minor > 0,
    startCheckout: (released, key) => startCheckout(stripe, released, key),
    expire: (ref) => expire(stripe, ref),
    verify: (message, at) => verifySignature(message, settings.webhookSecrets, at),
    parse: parseEvent,
    fetchState: async (ref) => {
      const found = await pageOf(stripe, ref)
      return found ? parseSession(found, now()) : []
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

async function expire(stripe: Stripe, ref: string): Promise<'expired' | 'paid'> {
  const found = await pageOf(stripe, ref)
  if (!found) return 'expired'
  if (found.status === 'complete') return 'paid'
  if (found.status === 'open') await stripe.checkout.sessions.expire(ref)
  return 'expired'
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
