import { Hono, type Context } from 'hono'
import { buyerOf, detailsPage, receiptPage } from '../linked/buyer.tsx'
import { giveCookie, readCookie } from '../linked/cookie.ts'
import { EndPage, asHtml, money } from '../pages.tsx'
import { payRoutes, type Till } from '../paying.tsx'
import type { Face, SimState } from '../state.ts'
import { receiptAddress } from './argen.ts'
import { refund } from './calls.ts'
import { swregControl } from './control.ts'
import { pay } from './deeds.ts'
import { swregDrill } from './drill.ts'
import { deskPage } from './desk.tsx'
import { currencies, readLink, totalOf } from './link.ts'
import type { Basket } from './state.ts'

const BASKET = { name: 'sim_basket', path: '/swreg' }

/** SWREG, as far as its protocol was recovered: order links, calls for a key, refund notices. The currency is the first part of the path. */
export function swregFace(state: SimState): Face {
  const { baskets } = state.swreg
  const routes = new Hono()
  // Two programs took the same link; how they differed is not known.
  for (const cgi of ['s.cgi', 'b.cgi'])
    routes.on(['GET', 'POST'], `/swreg/:prefix/cgi-bin/${cgi}`, (c) => takeLink(state, c))
  routes.get('/swreg/:prefix/cgi-bin/argen.cgi', (c) => {
    const { s: shop, e: email, o: order, p: password } = c.req.query()
    return c.text(receiptAddress(state, { prefix: c.req.param('prefix'), shop, email, order, password }))
  })
  routes.get('/swreg/details/:id', (c) => {
    const basket = baskets.get(c.req.param('id'))
    return basket?.status === 'open' ? c.html(details(basket)) : c.notFound()
  })
  routes.post('/swreg/details/:id', async (c) => {
    const basket = baskets.get(c.req.param('id'))
    if (basket?.status !== 'open') return c.notFound()
    basket.buyer = buyerOf(await c.req.parseBody())
    return c.redirect(`/swreg/pay/${basket.id}`, 303)
  })
  routes.route(
    '/',
    payRoutes('/swreg/pay/:id', (id) => tillOf(state, id)),
  )
  routes.get('/swreg/receipt/:id', (c) => {
    const basket = baskets.get(c.req.param('id'))
    return basket ? c.html(receipt(basket)) : c.notFound()
  })
  routes.get('/swreg/desk', (c) => c.html(deskPage(state.swreg)))
  return {
    id: 'swreg',
    name: 'SWREG',
    fidelity: 'what could be recovered of its protocol',
    routes,
    control: swregControl(state),
    refundAll: (most) => refundAll(state, most),
    drill: swregDrill(state),
  }
}

async function takeLink(state: SimState, c: Context): Promise<Response> {
  const params = c.req.method === 'POST' ? ((await c.req.parseBody()) as Record<string, string>) : c.req.query()
  const currency = currencies[c.req.param('prefix') ?? '']
  if (!currency) return c.notFound()
  const open = state.swreg.baskets.get(readCookie(c, BASKET) ?? '')
  const linked = readLink(state, { params, currency, open })
  if ('wrong' in linked)
    return c.html(asHtml(<EndPage title="This link is wrong" plays="SWREG" text={linked.wrong} />), 400)
  // A link that empties the basket first needs to know no browser again.
  if (params['clr'] !== '1') giveCookie(c, BASKET, linked.basket.id)
  return c.redirect(`/swreg/details/${linked.basket.id}`, 303)
}

function said({ lines, currency }: Basket): string {
  return lines
    .map(({ product, quantity, unit }) => `${quantity} × ${product}, ${money(unit * quantity, currency)}`)
    .join('; ')
}

function details(basket: Basket): string {
  return detailsPage({ plays: 'SWREG', action: `/swreg/details/${basket.id}`, said: said(basket), buyer: basket.buyer })
}

function tillOf(state: SimState, id: string): Till | undefined {
  const basket = state.swreg.baskets.get(id)
  if (basket?.status !== 'open') return undefined
  return {
    sheet: {
      plays: 'SWREG',
      title: 'Pay',
      amount: totalOf(basket),
      currency: basket.currency,
      description: said(basket),
      action: `/swreg/pay/${id}`,
      cancelUrl: basket.params['lnk'] ?? null,
    },
    pay: (story, reason) => pay(state, basket, { story, reason }),
  }
}

const titles: Readonly<Record<Basket['status'], readonly [title: string, said: string]>> = {
  open: ['Not paid yet', 'Nothing was taken.'],
  pending: ['Your payment is on its way', 'Please do not order again.'],
  paid: ['Thank you for your order', 'This is your receipt.'],
  failed: ['The payment failed', 'Nothing was taken.'],
}

function receipt({ status, lines, params }: Basket): string {
  const [title, text] = titles[status]
  const given = status === 'paid' ? lines : []
  return receiptPage({ plays: 'SWREG', title, said: text, given, back: params['lnk'] })
}

function refundAll(state: SimState, most = Infinity): number {
  const paid = [...state.swreg.baskets.values()].flatMap(({ lines }) => lines)
  return paid
    .filter(({ number, refunded }) => number !== '' && !refunded)
    .slice(0, most)
    .filter(({ number }) => refund(state, number)).length
}
