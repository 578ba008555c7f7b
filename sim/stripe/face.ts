import { Hono } from 'hono'
import { apiFaults } from '../faults/api.ts'
import { payRoutes, type Till } from '../paying.tsx'
import type { SimSettings } from '../settings.ts'
import type { Face, SimState } from '../state.ts'
import { stripeApi } from './api.ts'
import { stripeControl, stripeDrill } from './control.ts'
import { pay, refund } from './deeds.ts'

/** Stripe: Checkout pages, the API below `/v1`, and events. Source: its public documentation. */
export function stripeFace(state: SimState, { apiKey }: NonNullable<SimSettings['stripe']>): Face {
  const routes = new Hono()
  routes.use('/v1/*', apiFaults(state, 'stripe'))
  routes.route('/v1', stripeApi(state, apiKey))
  routes.route(
    '/',
    payRoutes('/c/pay/:id', (id) => tillOf(state, id)),
  )
  return {
    id: 'stripe',
    name: 'Stripe',
    fidelity: 'official documentation',
    routes,
    control: stripeControl(state),
    refundAll: (most) => refundAll(state, most),
    drill: stripeDrill(state),
  }
}

function tillOf(state: SimState, id: string): Till | undefined {
  const session = state.stripe.sessions.get(id)
  if (session?.status !== 'open') return undefined
  return {
    sheet: {
      plays: 'Stripe',
      title: 'Pay',
      amount: session.amount_total,
      currency: session.currency,
      description: session.description,
      action: `/c/pay/${session.id}`,
      cancelUrl: session.cancel_url,
    },
    pay: (story) => pay(state, session, story),
  }
}

function refundAll(state: SimState, most = Infinity): number {
  const paid = [...state.stripe.intents.values()].filter(
    ({ status, amount, refunded }) => status === 'succeeded' && refunded < amount,
  )
  const hit = paid.slice(0, most)
  for (const intent of hit) refund(state, intent, { amount: intent.amount - intent.refunded, metadata: {} })
  return hit.length
}
