import { Hono, type Context } from 'hono'
import {
  byHandOf,
  byHandTask,
  cancel,
  decideRight,
  finishTask,
  handOver,
  linesOf,
  listOrders,
  orderByNumber,
  paidBack,
  personOf,
  refund,
  stateOf,
  type OrderId,
  type OrderRow,
} from '../../../core/orders/index.ts'
import { AddressLabel, formOf, LinkBtn, oneText, Page, refuse, type AtDesk } from '../../../web/index.ts'
import { addressOf } from '../address.ts'
import type { StaffContext } from '../context.ts'
import { OrdersPage } from '../pages.tsx'
import { en } from '../words.ts'
import { emptyCameIn, noteCameIn, type CameInForm } from './cameIn.tsx'
import { OrderDeskPage } from './page.tsx'
import { readRefund, wrongAmount, type WrongRefund } from './refundForm.ts'

const one = '/desk/orders/:number'

/** The desk's pages of orders. */
export function orderRoutes(ctx: StaffContext): Hono {
  return new Hono()
    .get('/desk/orders', (c) => ctx.desk.at(c, (desk) => showOrders(ctx, c, { desk })))
    .post('/desk/orders', (c) => ctx.desk.at(c, (desk) => findOrder(ctx, c, desk)))
    .get(one, (c) => atOrder(ctx, c, (work) => showOrder(ctx, c, work)))
    .get(`${one}/label`, (c) => atOrder(ctx, c, (work) => showLabel(ctx, c, work)))
    .post(`${one}/hand-over`, (c) => command(ctx, c, (id) => handOver(ctx.orders, id)))
    .post(`${one}/cancel`, (c) => command(ctx, c, (id) => cancel(ctx.orders, id)))
    .post(`${one}/refund`, (c) => atOrder(ctx, c, (work) => payBack(ctx, c, work)))
    .post(`${one}/paid-back`, (c) => atOrder(ctx, c, (work) => notePaidBack(ctx, c, work)))
    .post(`${one}/paid`, (c) => atOrder(ctx, c, (work) => notePaid(ctx, c, work)))
    .post(`${one}/right`, (c) => command(ctx, c, (id) => decideRight(ctx.orders, id, askedRight(c))))
}

/** Which unit a button is about. Shape: a unit that no order has where none was named. */
function askedRight(c: Context): { unit: number; give: boolean } {
  const form = formOf(c)
  const unit = oneText(form, 'unit')
  return { unit: /^\d{1,4}$/.test(unit) ? Number(unit) : -1, give: form['do'] === 'give' }
}

/** Pays back what the form says; what is wrong with it stands beside the field, and nothing that was typed is lost. */
async function payBack(ctx: StaffContext, c: Context, work: Work): Promise<Response> {
  const { order } = work
  const read = readRefund(formOf(c), order.currency)
  if (!read.ok) return showOrder(ctx, c, { ...work, wrong: read.wrong })
  const { outcome } = await refund(ctx.orders, order.id, read.asked)
  if (outcome === 'done') return c.redirect(`/desk/orders/${order.number}`, 303)
  if (outcome !== 'badAmount' && outcome !== 'tooMuch') return showOrder(ctx, c, { ...work, refusal: outcome })
  return showOrder(ctx, c, { ...work, wrong: wrongAmount(read.typed, outcome) })
}

/** Notes money that came by transfer or cheque; what is wrong with the form stands beside the field. */
async function notePaid(ctx: StaffContext, c: Context, work: Work): Promise<Response> {
  const { order } = work
  if (!(await ctx.isPaidByHand(order.id))) return refuse(c, ctx.web, 404)
  const cameIn = await noteCameIn(ctx, order, formOf(c))
  return cameIn ? showOrder(ctx, c, { ...work, cameIn }) : c.redirect(`/desk/orders/${order.number}`, 303)
}

/** A refund that staff paid back by hand; its task ends with it. */
async function notePaidBack(ctx: StaffContext, c: Context, work: Work): Promise<Response> {
  const { order, desk } = work
  const ref = oneText(formOf(c), 'refund')
  const { outcome } = await paidBack(ctx.orders, order.id, ref)
  if (outcome === 'notByHand' || outcome === 'unknownOrder') return showOrder(ctx, c, { ...work, refusal: outcome })
  const task = { about: `order:${order.id}`, kind: byHandTask, ref, by: desk.staff.id }
  await finishTask(ctx.orders.db.query, ctx.now(), task)
  return c.redirect(`/desk/orders/${order.number}`, 303)
}

const NUMBER = /^[A-Z0-9-]{1,40}$/

/** A search is a form, so that what was typed (a customer's name by mistake) stands in no address. */
async function findOrder(ctx: StaffContext, c: Context, desk: AtDesk): Promise<Response> {
  const wanted = String(formOf(c)['number'] ?? '')
    .trim()
    .toUpperCase()
  const found = NUMBER.test(wanted) ? await orderByNumber(ctx.orders.db.query, wanted) : undefined
  return found ? c.redirect(`/desk/orders/${found.number}`, 303) : showOrders(ctx, c, { desk, missing: true })
}

async function showOrders(
  ctx: StaffContext,
  c: Context,
  { desk, missing = false }: { desk: AtDesk; missing?: boolean },
): Promise<Response> {
  const orders = await listOrders(ctx.orders.db.query, 'newest')
  return c.html(<OrdersPage ctx={ctx} desk={desk} orders={orders} missing={missing} />, missing ? 404 : 200)
}

function atOrder(ctx: StaffContext, c: Context, use: (work: Work) => Promise<Response>): Promise<Response> {
  return ctx.desk.at(c, async (desk) => {
    const order = await orderByNumber(ctx.orders.db.query, c.req.param('number') ?? '')
    return order ? use({ desk, order }) : refuse(c, ctx.web, 404)
  })
}

type Work = {
  readonly desk: AtDesk
  readonly order: OrderRow
  readonly refusal?: keyof typeof en.refusals
  readonly wrong?: WrongRefund
  readonly cameIn?: CameInForm
}

/** Opening an order with a box to send opens its address; the look is logged with the order's id. */
async function showOrder(ctx: StaffContext, c: Context, work: Work): Promise<Response> {
  const { desk, order, refusal, wrong, cameIn } = work
  const db = ctx.orders.db.query
  const page = {
    order,
    refusal,
    wrong,
    state: await stateOf(ctx.orders, order.id),
    lines: await linesOf(db, order.id),
    address: await addressOf(ctx, order, desk.staff),
    known: await isKnown(ctx, order.id),
    passed: await ctx.partners.passedOn({ ref: `order:${order.id}` }),
    byHand: new Set(await byHandOf(db, order.id)),
    cameIn: cameIn ?? ((await ctx.isPaidByHand(order.id)) ? emptyCameIn(ctx) : undefined),
  }
  return c.html(<OrderDeskPage ctx={ctx} desk={desk} {...page} />, wrong || cameIn ? 422 : refusal ? 409 : 200)
}

/** Whether anybody can still be found for an order: after an erasure only what the law keeps is left. */
async function isKnown(ctx: StaffContext, orderId: OrderId): Promise<boolean> {
  const person = await personOf(ctx.orders.db.query, orderId)
  return person !== undefined && (await ctx.vault.held(person)).some((holding) => holding.class !== 'tax')
}

async function showLabel(ctx: StaffContext, c: Context, { desk, order }: Work): Promise<Response> {
  const address = await addressOf(ctx, order, desk.staff)
  if (!address) return c.redirect(`/desk/orders/${order.number}`, 303)
  return c.html(
    <Page web={ctx.web} title={en.label} kind="plain" noindex>
      <h1>{en.orderTitle(order.number)}</h1>
      <AddressLabel lines={address.lines} />
      <p>
        <LinkBtn weight="quiet" href={`/desk/orders/${order.number}`}>
          {en.backToOrder}
        </LinkBtn>
      </p>
    </Page>,
  )
}

type Answered = { outcome: 'done' } | { outcome: keyof typeof en.refusals }

function command(ctx: StaffContext, c: Context, run: (id: OrderId) => Promise<Answered>): Promise<Response> {
  return atOrder(ctx, c, async ({ desk, order }) => {
    const answer = await run(order.id)
    if (answer.outcome === 'done') return c.redirect(`/desk/orders/${order.number}`, 303)
    return showOrder(ctx, c, { desk, order, refusal: answer.outcome })
  })
}
