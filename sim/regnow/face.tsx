import { Hono, type Context } from 'hono'
import { buyerOf, detailsPage, receiptPage } from '../linked/buyer.tsx'
import { giveCookie, readCookie } from '../linked/cookie.ts'
import { EndPage, asHtml, money } from '../pages.tsx'
import { payRoutes, type Till } from '../paying.tsx'
import type { Face, SimState } from '../state.ts'
import { move } from './calls.ts'
import { regnowControl } from './control.ts'
import { operate, pay } from './deeds.ts'
import { regnowDrill } from './drill.ts'
import { readLink, totalOf } from './link.ts'
import type { RegnowOrder } from './state.ts'

/** Of the simulator’s own: how the processor called its cookie is not known. */
const AFFILIATE = { name: 'sim_affiliate', path: '/softsell' }

/** RegNow: its order links and status codes; its calls by names that this project chose. */
export function regnowFace(state: SimState): Face {
  const { orders } = state.regnow
  const routes = new Hono()
  routes.get('/softsell/nph-softsell.cgi', (c) => takeLink(state, c))
  routes.get('/softsell/visitor.cgi', (c) => {
    giveCookie(c, AFFILIATE, c.req.query('affiliate') ?? '')
    return c.redirect(state.settings.shop, 302)
  })
  routes.get('/softsell/details/:id', (c) => {
    const order = orders.get(c.req.param('id'))
    return order && isOpen(order) ? c.html(details(order)) : c.notFound()
  })
  routes.post('/softsell/details/:id', async (c) => {
    const order = orders.get(c.req.param('id'))
    if (!order || !isOpen(order)) return c.notFound()
    order.buyer = buyerOf(await c.req.parseBody())
    // Whoever goes no further has left on the billing page.
    move(state, order, 'I')
    return c.redirect(`/softsell/pay/${order.id}`, 303)
  })
  routes.route(
    '/',
    payRoutes('/softsell/pay/:id', (id) => tillOf(state, id)),
  )
  routes.get('/softsell/receipt/:id', (c) => {
    const order = orders.get(c.req.param('id'))
    return order ? c.html(receipt(order)) : c.notFound()
  })
  return {
    id: 'regnow',
    name: 'RegNow',
    fidelity: 'order links and status codes recovered; all other names chosen by this project',
    routes,
    control: regnowControl(state),
    refundAll: (most) => refundAll(state, most),
    drill: regnowDrill(state),
  }
}

function isOpen({ status }: RegnowOrder): boolean {
  return status === 'N' || status === 'I'
}

function takeLink(state: SimState, c: Context): Response | Promise<Response> {
  const linked = readLink(state, c.req.query(), readCookie(c, AFFILIATE))
  if ('wrong' in linked)
    return c.html(asHtml(<EndPage title="This link is wrong" plays="RegNow" text={linked.wrong} />), 400)
  move(state, linked.order, 'N')
  return c.redirect(`/softsell/details/${linked.order.id}`, 303)
}

function said({ items, currency }: RegnowOrder): string {
  return items.map(({ item, quantity, price }) => `${quantity} × ${item}, ${money(price, currency)}`).join('; ')
}

function details(order: RegnowOrder): string {
  return detailsPage({
    plays: 'RegNow',
    action: `/softsell/details/${order.id}`,
    said: said(order),
    buyer: order.buyer,
  })
}

function tillOf(state: SimState, id: string): Till | undefined {
  const order = state.regnow.orders.get(id)
  if (!order || !isOpen(order)) return undefined
  return {
    sheet: {
      plays: 'RegNow',
      title: 'Pay',
      amount: totalOf(order),
      currency: order.currency,
      description: said(order),
      action: `/softsell/pay/${id}`,
    },
    pay: (story) => pay(state, order, story),
  }
}

function receipt({ status, items }: RegnowOrder): string {
  const isPaid = status === 'C'
  const text = isPaid ? 'This is your receipt.' : 'Your order waits. You get a mail when it is complete.'
  const given = isPaid ? items.map(({ item, number, key }) => ({ product: item, number, key })) : []
  return receiptPage({ plays: 'RegNow', title: isPaid ? 'Thank you for your order' : 'Thank you', said: text, given })
}

function refundAll(state: SimState, most = Infinity): number {
  const paid = [...state.regnow.orders.values()].filter(({ status }) => status === 'C').slice(0, most)
  for (const order of paid) void operate(state, order, 'refund')
  return paid.length
}
