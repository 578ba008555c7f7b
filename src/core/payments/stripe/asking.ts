import Stripe from 'stripe'
import { Broken, type Now } from '../../../lib/index.ts'
import type { PaymentEvent, Payout } from '../adapter.ts'
import { moneyBackFacts } from './moneyBack.ts'
import { eventTypes, parseSession, readEvent } from './parse.ts'
import { feeFact, holdsOf } from './payouts.ts'

/** A page of every list, and how many messages are read at most in one go: whoever missed more needs a look by somebody. */
const PAGE = 100
const MOST_EVENTS = 100_000

/** A hosted page as the processor knows it; undefined when it knows none of that name (any more). */
export function pageOf(stripe: Stripe, ref: string): Promise<Stripe.Checkout.Session | undefined> {
  return ifThere(stripe.checkout.sessions.retrieve(ref))
}

async function ifThere<T>(question: Promise<T>): Promise<T | undefined> {
  try {
    return await question
  } catch (error) {
    if (error instanceof Stripe.errors.StripeInvalidRequestError && error.statusCode === 404) return undefined
    throw error
  }
}

const nameOf = (thing: string | { readonly id: string } | null): string | undefined =>
  typeof thing === 'string' ? thing : thing?.id

/** What became of a page's payment. A used page stays `unpaid` both while its payment is on its way and when it failed; the payment itself tells which. */
export async function outcomeOf(stripe: Stripe, page: Stripe.Checkout.Session): Promise<'paid' | 'pending' | 'failed'> {
  if (page.payment_status !== 'unpaid') return 'paid'
  const ref = nameOf(page.payment_intent)
  if (page.status !== 'complete' || !ref) return 'pending'
  const { status } = await stripe.paymentIntents.retrieve(ref)
  if (status === 'succeeded') return 'paid'
  return status === 'requires_payment_method' || status === 'canceled' ? 'failed' : 'pending'
}

/** How things stand, by a hosted page or by a payment: also what went back, so that a lost message about that is found. */
export async function fetchState(stripe: Stripe, ref: string, now: Now): Promise<PaymentEvent[]> {
  if (ref.startsWith('pi_')) {
    const payment = await ifThere(stripe.paymentIntents.retrieve(ref))
    return moneyBackOf(stripe, ref, { orderRef: payment?.metadata['order'], now })
  }
  const page = await pageOf(stripe, ref)
  if (!page) return []
  const outcome = await outcomeOf(stripe, page)
  const told = parseSession(page, now(), outcome)
  const of = nameOf(page.payment_intent)
  if (!of || outcome !== 'paid') return told
  return [...told, ...(await moneyBackOf(stripe, of, { orderRef: page.client_reference_id ?? undefined, now }))]
}

type About = { readonly orderRef: string | undefined; readonly now: Now }

/** A payment without an order of ours is somebody else's: an account may sell in more places than here. */
async function moneyBackOf(stripe: Stripe, of: string, { orderRef, now }: About): Promise<PaymentEvent[]> {
  if (!orderRef) return []
  const query = { payment_intent: of, limit: PAGE }
  const [refunds, disputes, warnings] = await Promise.all([
    stripe.refunds.list(query),
    stripe.disputes.list(query),
    stripe.radar.earlyFraudWarnings.list(query),
  ])
  const found = { refunds: refunds.data, disputes: disputes.data, warnings: warnings.data }
  return moneyBackFacts(found, now()).map((fact) => ({ orderRef, fact }))
}

/** Messages after which the book may have all lines of a payout. */
const BOOKED = new Set(['payout.paid', 'payout.reconciliation_completed'])

/** All that happened since a moment, the newest first; and then, since it speaks of all of that, what the book has of each payout. */
export async function* eventsSince(stripe: Stripe, since: Date): AsyncGenerator<PaymentEvent> {
  const from = Math.floor(since.getTime() / 1000)
  const payouts = new Map<string, Payout>()
  let read = 0
  for await (const message of stripe.events.list({ types: [...eventTypes], created: { gte: from }, limit: PAGE })) {
    if ((read += 1) > MOST_EVENTS) throw new Broken('stripe-too-many-events')
    for (const event of readEvent(message)) {
      yield event
      if ('payout' in event && BOOKED.has(message.type)) payouts.set(event.payout.id, event.payout)
    }
  }
  for (const payout of payouts.values()) yield* bookOf(stripe, payout)
}

/** What was kept of each payment in a payout, and what the payout is made of. Until its book is complete, and for ever where it was made by hand, nobody knows. */
async function* bookOf(stripe: Stripe, payout: Payout): AsyncGenerator<PaymentEvent> {
  const found = await ifThere(stripe.payouts.retrieve(payout.id))
  if (found?.reconciliation_status !== 'completed') return
  const lines: unknown[] = []
  for await (const line of stripe.balanceTransactions.list({
    payout: payout.id,
    limit: PAGE,
    expand: ['data.source'],
  })) {
    lines.push(line)
    yield* feeFact(line)
  }
  const holds = holdsOf(lines, payout)
  if (holds) yield { payout: { ...payout, holds } }
}
