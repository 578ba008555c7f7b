import { Hono, type Context } from 'hono'
import { orderByNumber, type OrderRow } from '../../core/orders/index.ts'
import { messagesOf, payouts, processorStates } from '../../core/payments/index.ts'
import { formOf, refuse, type AtDesk, type RailItem } from '../../web/index.ts'
import type { PaymentsContext } from './context.ts'
import { ProcessorsPage } from './processorsPage.tsx'
import { timelineOf } from './timeline.ts'
import { MessagePage, TimelinePage } from './timelinePage.tsx'
import { en } from './words.ts'

const HERE = '/desk/processors'

/** The staff's pages about processors and about the payments of an order. */
export function paymentsRoutes(ctx: PaymentsContext): Hono {
  return new Hono()
    .get(HERE, (c) => ctx.desk.at(c, (at) => showProcessors(ctx, c, at)))
    .get('/desk/orders/:number/payments', (c) => withOrder(ctx, c, (at, order) => showTimeline(ctx, c, { at, order })))
    .post('/desk/orders/:number/payments/open', (c) =>
      withOrder(ctx, c, (at, order) => openMessage(ctx, c, { at, order })),
    )
}

/** The rail's entry. */
export function paymentsRail(): RailItem {
  return { href: HERE, label: en.rail }
}

async function showProcessors(ctx: PaymentsContext, c: Context, at: AtDesk): Promise<Response> {
  const { query } = ctx.payments.db
  const page = { states: await processorStates(query), payouts: await payouts(query) }
  return c.html(<ProcessorsPage ctx={ctx} at={at} {...page} />)
}

function withOrder(
  ctx: PaymentsContext,
  c: Context,
  use: (at: AtDesk, order: OrderRow) => Promise<Response>,
): Promise<Response> {
  return ctx.desk.at(c, async (at) => {
    const order = await orderByNumber(ctx.orders.db.query, c.req.param('number') ?? '')
    return order ? use(at, order) : refuse(c, ctx.web, 404)
  })
}

type Work = { at: AtDesk; order: OrderRow }

async function showTimeline(ctx: PaymentsContext, c: Context, { at, order }: Work): Promise<Response> {
  return c.html(<TimelinePage ctx={ctx} at={at} order={order} entries={await timelineOf(ctx, order.id)} />)
}

/** Opens what a processor said, for the owner: a logged look with the order's id. */
async function openMessage(ctx: PaymentsContext, c: Context, { at, order }: Work): Promise<Response> {
  if (at.staff.role !== 'owner') return refuse(c, ctx.web, 403)
  const wanted = formOf(c)['message']
  const message = (await messagesOf(ctx.payments.db.query, [order.id])).find(({ id }) => id === wanted)
  const opened = message
    ? await ctx.vault.openTexts({
        person: message.person,
        purpose: 'refunds',
        texts: [message.text],
        actor: { role: 'owner', id: at.staff.id },
        for: `order:${order.id}`,
      })
    : undefined
  const passages = opened?.outcome === 'shown' ? opened.passages : []
  const text = passages.length > 0 ? Buffer.concat(passages.map(({ content }) => content)).toString('utf8') : undefined
  return c.html(<MessagePage ctx={ctx} at={at} order={order} text={text} />, text === undefined ? 410 : 200)
}
