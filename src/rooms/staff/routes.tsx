import { Hono, type Context } from 'hono'
import {
  byHandTask,
  countTasks,
  finishTask,
  listOrders,
  numberOf,
  openTasks,
  paidBack,
  refund,
  type OrderId,
  type RefundReason,
} from '../../core/orders/index.ts'
import { isId } from '../../lib/index.ts'
import type { PersonId } from '../../vault/index.ts'
import { formOf, signOut, type AtDesk } from '../../web/index.ts'
import type { StaffContext } from './context.ts'
import { incidentRoutes } from './incident/routes.tsx'
import { begunIn } from './incident/told.ts'
import { orderRoutes } from './orders/routes.tsx'
import { TodayPage } from './pages.tsx'
import { PartnersPage } from './partnersPage.tsx'
import { signInRoutes } from './signIn.tsx'

/** The staff's desk. */
export function staffRoutes(ctx: StaffContext): Hono {
  return new Hono()
    .route('/', signInRoutes(ctx))
    .get('/desk', (c) => ctx.desk.at(c, (desk) => showToday(ctx, c, desk)))
    .post('/desk/tasks', (c) => ctx.desk.at(c, (desk) => endTask(ctx, c, desk)))
    .route('/', orderRoutes(ctx))
    .route('/', incidentRoutes(ctx))
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
    (await openTasks(db, desk.staff.id)).map(async (task) => ({
      ...task,
      number: await numberAbout(ctx, task.about),
      begun: await begunIn(ctx, task),
    })),
  )
  return c.html(
    <TodayPage
      ctx={ctx}
      desk={desk}
      toSend={await listOrders(db, 'toSend')}
      newest={await listOrders(db, 'newest')}
      tasks={tasks}
      waiting={await countTasks(db, desk.staff.id)}
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
  const task = (await openTasks(ctx.orders.db.query, desk.staff.id)).find(
    ({ about, kind, ref }) => about === form['about'] && kind === form['kind'] && ref === form['ref'],
  )
  if (!task) return c.redirect('/desk', 303)
  const { about, kind, ref } = task
  const orderId = about.replace(/^order:/, '') as OrderId
  if (kind === byHandTask) await paidBack(ctx.orders, orderId, ref)
  const reason = refundTasks[kind]
  if (form['do'] === 'refund' && reason) {
    const paymentRef = ref === '' ? undefined : ref
    const { outcome } = await refund(ctx.orders, orderId, { paymentRef, reason })
    // What a bank looks at cannot be paid back yet, so the task stays.
    if (outcome === 'disputeOpen') return c.redirect('/desk', 303)
  }
  await finishTask(ctx.orders.db.query, ctx.now(), { about, kind, ref, by: desk.staff.id })
  return c.redirect('/desk', 303)
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
