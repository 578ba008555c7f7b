import { Hono } from 'hono'
import { apiFaults } from '../faults/api.ts'
import { payRoutes, type Till } from '../paying.tsx'
import type { SimSettings } from '../settings.ts'
import type { Face, SimState } from '../state.ts'
import { refundNow } from './adjustments.ts'
import { paddleApi } from './api.ts'
import { paddleControl } from './control.ts'
import { paddleDrill } from './drill.ts'
import { totalOf } from './shapes.ts'
import { isPending, pay } from './transactions.ts'

/**
 * Paddle Billing below `/paddle`: its API, and a page to pay. Source: its public documentation. At Paddle the page is the
 * vendor's own with Paddle's script on it, at the address that `checkout.url` gives; here the simulator plays that page, and
 * the browser goes to the address afterwards.
 */
export function paddleFace(state: SimState, { apiKey }: NonNullable<SimSettings['paddle']>): Face {
  const routes = new Hono()
  routes.route(
    '/',
    payRoutes('/paddle/pay/:id', (id) => tillOf(state, id)),
  )
  routes.use('/paddle/*', apiFaults(state, 'paddle'))
  routes.route('/paddle', paddleApi(state, apiKey))
  return {
    id: 'paddle',
    name: 'Paddle',
    fidelity: 'official documentation',
    routes,
    control: paddleControl(state),
    drill: paddleDrill(state),
    refundAll: (most) => refundAll(state, most),
  }
}

function tillOf(state: SimState, id: string): Till | undefined {
  const one = state.paddle.transactions.get(id)
  if (one?.status !== 'draft' || isPending(one)) return undefined
  return {
    sheet: {
      plays: 'Paddle',
      title: 'Pay',
      amount: totalOf(one),
      currency: one.currency,
      description: one.lines.map(({ description }) => description).join(', '),
      action: `/paddle/pay/${id}`,
      cancelUrl: one.returnUrl,
    },
    pay: (story, reason) => pay(state, one, { story, reason }),
  }
}

function refundAll(state: SimState, most = Infinity): number {
  let count = 0
  for (const one of state.paddle.transactions.values()) if (count < most && refundNow(state, one)) count += 1
  return count
}
