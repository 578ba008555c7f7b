import { Hono, type Context } from 'hono'
import {
  cancel,
  finishTask,
  handOver,
  linesOf,
  listOrders,
  numberOf,
  openTasks,
  orderByNumber,
  personOf,
  refund,
  stateOf,
  type OrderId,
  type OrderRow,
  type RefundReason,
} from '../../core/orders/index.ts'
import { isId } from '../../lib/index.ts'
import type { PersonId } from '../../vault/index.ts'
import { AddressLabel, formOf, LinkBtn, Page, refuse, signOut, type AtDesk } from '../../web/index.ts'
import { addressOf } from './address.ts'
import type { StaffContext } from './context.ts'
import { OrderDeskPage, OrdersPage, TodayPage } from './pages.tsx'
import { PartnersPage } from './partnersPage.tsx'
import { signInRoutes } from './signIn.tsx'
import { en } from './words.ts'

/** The staff's desk. */
export function staffRoutes(ctx: StaffContext): Hono {
  return new Hono()
    .route('/', signInRoutes(ctx))
    .get('/desk', (c) => ctx.desk.at(c, (desk) => showToday(ctx, c, desk)))
    .post('/desk/tasks', (c) => ctx.desk.at(c, (desk) => endTask(ctx, c, desk)))
    .get('/desk/orders', (c) => ctx.desk.at(c, (desk) => showOrders(ctx, c, { desk })))
    .post('/desk/orders', (c) => ctx.desk.at(c, (desk) => findOrder(ctx, c, desk)))
    .get('/desk/orders/:number', (c) =>
      ctx.desk.at(c, (desk) => withOrder(ctx, c, (order) => showOrder(ctx, c, { desk, order }))),
    )
    .get('/desk/orders/:number/label', (c) =>
      ctx.desk.at(c, (desk) => withOrder(ctx, c, (order) => showLabel(ctx, c, { desk, order }))),
    )
    .post('/desk/orders/:number/hand-over', (c) => command(ctx, c, (id) => handOver(ctx.orders, id)))
    .post('/desk/orders/:number/refund', (c) => command(ctx, c, (id) => refund(ctx.orders, id, { reason: 'asked' })))
    .post('/desk/orders/:number/cancel', (c) => command(ctx, c, (id) => cancel(ctx.orders, id)))
    .get('/desk/partners', (c) => ctx.desk.at(c, (desk) => showPartners(ctx, c, desk)))
    .post('/desk/partners/told', (c) => ctx.desk.at(c, () => noteTold(ctx, c)))
    .post('/desk/sign-out', async (c) => {
      await signOut({ db: ctx.db, web: ctx.web, now: ctx.now }, c)
      return c.redirect('/', 303)
    })
}

async function showToday(ctx: StaffContext, c: Context, desk: AtDesk): Promise<Response> {
  const db = ctx.orders.db.query
  const tasks = await Promise.all(
    (await openTasks(db)).map(async (task) => ({
      ...task,
      number: await numberAbout(ctx, task.about),
    })),
  )
  return c.html(
    <TodayPage
      ctx={ctx}
      desk={desk}
      toSend={await listOrders(db, 'toSend')}
      newest={await listOrders(db, 'newest')}
      tasks={tasks}
      stuck={await ctx.stuck()}
    />,
  )
}

/** The number of the order that a task is about, if it is about one. */
async function numberAbout(ctx: StaffContext, about: string): Promise<string | undefined> {
  const id = about.replace(/^order:/, '')
  return isId<'order'>(id) ? numberOf(ctx.orders.db.query, id) : undefined
}

/** Tasks that are ended by paying back, and why the money goes back then. */
const refundTasks: Readonly<Record<string, RefundReason>> = {
  secondPayment: 'duplicate',
  moneyOnCancelled: 'asked',
  paidAfterErasure: 'asked',
}

/** Ends a task that is open; paying back is one step with it. What is not in the list was ended by a colleague, or never was. */
async function endTask(ctx: StaffContext, c: Context, desk: AtDesk): Promise<Response> {
  const form = formOf(c)
  const task = (await openTasks(ctx.orders.db.query)).find(
    ({ about, kind, ref }) => about === form['about'] && kind === form['kind'] && ref === form['ref'],
  )
  if (!task) return c.redirect('/desk', 303)
  const { about, kind, ref } = task
  const reason = refundTasks[kind]
  if (form['do'] === 'refund' && reason) {
    const paymentRef = ref === '' ? undefined : ref
    const { outcome } = await refund(ctx.orders, about.replace(/^order:/, '') as OrderId, { paymentRef, reason })
    // What a bank looks at cannot be paid back yet, so the task stays.
    if (outcome === 'disputeOpen') return c.redirect('/desk', 303)
  }
  await finishTask(ctx.orders.db.query, ctx.now(), { about, kind, ref, by: desk.staff.id })
  return c.redirect('/desk', 303)
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

async function showPartners(ctx: StaffContext, c: Context, desk: AtDesk): Promise<Response> {
  const waiting = await ctx.partners.waitingForStaff()
  const toTell = await Promise.all(
    waiting.map(async ({ id, recipient, at, person }) => ({
      id,
      recipient,
      at,
      references: await ctx.mailReferences(person as PersonId),
    })),
  )
  return c.html(<PartnersPage ctx={ctx} desk={desk} rows={await ctx.partners.register()} toTell={toTell} />)
}

async function noteTold(ctx: StaffContext, c: Context): Promise<Response> {
  const told = formOf(c)['told']
  if (isId(told)) await ctx.partners.markTold(told)
  return c.redirect('/desk/partners', 303)
}

async function withOrder(
  ctx: StaffContext,
  c: Context,
  use: (order: OrderRow) => Promise<Response>,
): Promise<Response> {
  const order = await orderByNumber(ctx.orders.db.query, c.req.param('number') ?? '')
  return order ? use(order) : refuse(c, ctx.web, 404)
}

type Work = { desk: AtDesk; order: OrderRow; refusal?: keyof typeof en.refusals }

/** Opening an order with a box to send opens its address; the look is logged with the order's id. */
async function showOrder(ctx: StaffContext, c: Context, { desk, order, refusal }: Work): Promise<Response> {
  const db = ctx.orders.db.query
  const page = {
    order,
    refusal,
    state: await stateOf(ctx.orders, order.id),
    lines: await linesOf(db, order.id),
    address: await addressOf(ctx, order, desk.staff),
    known: await isKnown(ctx, order.id),
    passed: await ctx.partners.passedOn({ ref: `order:${order.id}` }),
  }
  return c.html(<OrderDeskPage ctx={ctx} desk={desk} {...page} />, refusal ? 409 : 200)
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
  return ctx.desk.at(c, (desk) =>
    withOrder(ctx, c, async (order) => {
      const answer = await run(order.id)
      if (answer.outcome === 'done') return c.redirect(`/desk/orders/${order.number}`, 303)
      return showOrder(ctx, c, { desk, order, refusal: answer.outcome })
    }),
  )
}
