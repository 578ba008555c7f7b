import { serve, type ServerType } from '@hono/node-server'
import Stripe from 'stripe'
import { simApp } from '../../sim/app.tsx'
import { virtualClock } from '../../sim/clock.ts'
import type { Outgoing } from '../../sim/post.ts'
import { newState, type SimState } from '../../sim/state.ts'

const secrets = { apiKey: 'sk_test_contract', webhookSecret: 'whsec_contract' }

/** A day. Shape: milliseconds. */
export const DAY = 86_400_000

/** The official package, unchanged, against the simulator: what it accepts here it accepts from Stripe. */
export type Scene = {
  readonly state: SimState
  readonly stripe: Stripe
  /** The same package with another key of the account. */
  readonly stranger: Stripe
  readonly open: (
    amount?: number,
    more?: Partial<Stripe.Checkout.SessionCreateParams>,
  ) => Promise<Stripe.Checkout.Session>
  /** A payment that was made and told. */
  readonly paid: (amount?: number) => Promise<{ session: Stripe.Checkout.Session; intent: string; charge: string }>
  readonly ask: (path: string, init?: RequestInit) => Promise<Response>
  /** Something that processor or bank does by itself. */
  readonly control: (path: string) => Promise<unknown>
  /** Does something, lets so much time pass, and answers the events that the official package takes for real. */
  readonly events: (deed: () => unknown, ms?: number) => Promise<Stripe.Event[]>
  readonly close: () => Promise<void>
}

/** One line of an order. */
export const line = (amount: number, currency = 'eur', quantity = 1): Stripe.Checkout.SessionCreateParams.LineItem => ({
  quantity,
  price_data: { currency, unit_amount: amount, product_data: { name: 'Tally' } },
})

/** The id of a thing that may be given whole. */
export const idOf = (one: string | { id: string } | null): string => (typeof one === 'string' ? one : (one?.id ?? ''))

/** The kinds of events, in order. */
export const typesOf = (all: readonly Stripe.Event[]): string[] => all.map(({ type }) => type)

/** Opens the simulator with a time of its own, and the package that asks it. */
export async function openScene(): Promise<Scene> {
  let told: Outgoing[] = []
  const post = (sent: Outgoing) => {
    told.push(sent)
    return Promise.resolve({ status: 200, text: '' })
  }
  const clock = virtualClock()
  const state = newState({ port: 1, shop: 'http://shop.test', seed: 5, stripe: secrets }, { clock, post })
  const app = simApp(state)
  const server = await new Promise<ServerType>((ready) => {
    const one = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, () => ready(one))
  })
  const { port } = server.address() as { port: number }
  const client = (key: string): Stripe =>
    new Stripe(key, { host: '127.0.0.1', port, protocol: 'http', maxNetworkRetries: 0, telemetry: false })
  const stripe = client(secrets.apiKey)
  const ask: Scene['ask'] = async (path, init) => app.request(path, init)
  const control: Scene['control'] = async (path) => (await ask(`/_sim/stripe/${path}`, { method: 'POST' })).json()
  const open: Scene['open'] = (amount = 1900, more = {}) =>
    stripe.checkout.sessions.create({
      mode: 'payment',
      client_reference_id: 'order-1',
      metadata: { order: 'order-1' },
      payment_intent_data: { metadata: { order: 'order-1' } },
      success_url: 'http://shop.test/r/1?s={CHECKOUT_SESSION_ID}',
      cancel_url: 'http://shop.test/r/1',
      line_items: [line(amount)],
      ...more,
    })
  return {
    state,
    stripe,
    stranger: client('sk_test_other'),
    open,
    ask,
    control,
    paid: async (amount) => {
      const { id } = await open(amount)
      await control(`sessions/${id}/pay/approve`)
      await clock.advance(0)
      const session = await stripe.checkout.sessions.retrieve(id)
      const intent = idOf(session.payment_intent)
      return { session, intent, charge: idOf((await stripe.paymentIntents.retrieve(intent)).latest_charge) }
    },
    events: async (deed, ms = 0) => {
      await clock.advance(0)
      told = []
      await deed()
      await clock.advance(ms)
      const now = Math.floor(clock.now() / 1000)
      return told.map(({ body, headers }) =>
        stripe.webhooks.constructEvent(
          body,
          headers['stripe-signature'] ?? '',
          secrets.webhookSecret,
          300,
          undefined,
          now,
        ),
      )
    },
    close: () => new Promise((done) => void server.close(() => done())),
  }
}
