import { Hono } from 'hono'
import { isoOf } from '../clock.ts'
import type { CardStory } from '../cards.ts'
import { apiFaults } from '../faults/api.ts'
import { asHtml, Frame } from '../pages.tsx'
import { payRoutes, type Till } from '../paying.tsx'
import type { SimSettings } from '../settings.ts'
import type { Face, SimState } from '../state.ts'
import { sealedApi } from './api.ts'
import { dispute, end, pay, receive, refund, takeCard } from './deeds.ts'
import { sealedDrill } from './drill.ts'
import type { SealedOrder } from './state.ts'

const NAME = 'Sealed orders'

/** A processor that seals its notices to the shop: pay page, API, and the page that shows which keys are destroyed. */
export function sealedFace(state: SimState, { apiKey }: NonNullable<SimSettings['sealed']>): Face {
  const routes = new Hono()
  for (const path of ['/sealed/orders', '/sealed/orders/*', '/sealed/payments/*', '/sealed/events'])
    routes.use(path, apiFaults(state, 'sealed'))
  routes.route(
    '/',
    payRoutes('/sealed/pay/:id', (id) => tillOf(state, id)),
  )
  routes.get('/sealed', (c) => c.html(asHtml(<KeysPage state={state} />)))
  routes.route('/sealed', sealedApi(state, apiKey))
  return {
    id: 'sealed',
    name: NAME,
    fidelity: 'names chosen by this project',
    routes,
    control: control(state),
    refundAll: (most) => refundAll(state, most),
    drill: sealedDrill(state),
  }
}

function tillOf(state: SimState, id: string): Till | undefined {
  const order = state.sealed.orders.get(id)
  if (order?.status !== 'open') return undefined
  const { amount, currency, description, returnUrl: cancelUrl } = order
  return {
    sheet: { plays: NAME, title: 'Pay', amount, currency, description, action: `/sealed/pay/${id}`, cancelUrl },
    typed: (card) => takeCard(state, order, card),
    pay: (story) => pay(state, order, story),
  }
}

function refundAll(state: SimState, most = Infinity): number {
  const paid = [...state.sealed.orders.values()].filter(
    ({ status, amount, refunded }) => status === 'completed' && refunded < amount,
  )
  const hit = paid.slice(0, most)
  for (const order of hit) void refund(state, order, { amount: order.amount - order.refunded })
  return hit.length
}

/** What whoever runs the processor sees: for each order whether its card is held, or when the key to it was destroyed. */
function KeysPage({ state }: { state: SimState }) {
  const { orders, cards, gone } = state.sealed
  const held = [...orders.values()].filter(({ id }) => cards.has(id))
  return (
    <Frame title="Card keys" plays={NAME}>
      <h1>Card keys</h1>
      <p>
        Each card is sealed with a key of its own as soon as it is typed. A browser would do that; here it is played in
        the memory of the simulator. The key is overwritten when the order is over.
      </p>
      <table>
        <tbody>
          {held.map(({ id, number }) => (
            <tr>
              <th scope="row">{number}</th>
              <td>
                <code class="long">{cards.get(id)?.key.kid}</code>
              </td>
              <td>in memory, order not over</td>
            </tr>
          ))}
          {gone.map(({ order, kid, because, at }) => (
            <tr>
              <th scope="row">{order}</th>
              <td>
                <code class="long">{kid}</code>
              </td>
              <td>
                key destroyed {isoOf(at)}, order {because}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Frame>
  )
}

const ends = ['completed', 'failed', 'cancelled', 'expired'] as const

/** What whoever tests may do: see orders, play a story, end an order, pay back, and what a bank does. */
function control(state: SimState): Hono {
  const routes = new Hono()
  const orderOf = (id: string): SealedOrder | undefined => state.sealed.orders.get(id)
  routes.get('/orders', (c) => c.json([...state.sealed.orders.values()]))
  routes.get('/orders/:id/card', (c) => c.json({ card: state.sealed.cards.get(c.req.param('id'))?.card ?? '' }))
  routes.post('/orders/:id/pay/:story', async (c) => {
    const order = orderOf(c.req.param('id'))
    if (!order) return c.notFound()
    await takeCard(state, order, '4242424242424242')
    return c.json(await pay(state, order, c.req.param('story') as CardStory))
  })
  routes.post('/orders/:id/:deed', async (c) => {
    const order = orderOf(c.req.param('id'))
    const deed = c.req.param('deed')
    const status = ends.find((one) => one === deed)
    if (!order) return c.notFound()
    if (deed === 'received') {
      await takeCard(state, order, '4242424242424242')
      return c.json(await receive(state, order).then(() => order))
    }
    if (deed === 'refund')
      return c.json(
        await refund(state, order, { amount: Number(c.req.query('amount') ?? order.amount - order.refunded) }),
      )
    const to = (['open', 'won', 'lost'] as const).find((one) => deed === `dispute.${one === 'open' ? 'opened' : one}`)
    if (to) return c.json({ done: await dispute(state, order, to) })
    return status ? c.json({ done: await end(state, order, status) }) : c.notFound()
  })
  return routes
}
