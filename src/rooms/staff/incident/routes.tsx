import { Hono, type Context } from 'hono'
import { countPayable, processorsOf, progressOf, refundAll, type PaidAt } from '../../../core/orders/index.ts'
import { dayStartIn, isDay } from '../../../lib/index.ts'
import { formOf, oneText, refuse, type AtDesk } from '../../../web/index.ts'
import type { StaffContext } from '../context.ts'
import { en } from '../words.ts'
import { ConfirmPage, IncidentPage, incidentPath, NotOwnerPage, ProgressPage, type Chosen } from './page.tsx'
import { tasksForOwners } from './told.ts'

/** The owner's pages for when a processor fails. */
export function incidentRoutes(ctx: StaffContext): Hono {
  return new Hono()
    .get(incidentPath, (c) => asOwner(ctx, c, (desk) => showForm(ctx, c, { desk })))
    .post(incidentPath, (c) => asOwner(ctx, c, (desk) => look(ctx, c, desk)))
    .get(`${incidentPath}/:processor/:day`, (c) => asOwner(ctx, c, (desk) => showProgress(ctx, c, desk)))
}

/** All money of a processor is for nobody else to give back. */
function asOwner(ctx: StaffContext, c: Context, page: (desk: AtDesk) => Promise<Response>): Promise<Response> {
  return ctx.desk.at(c, async (desk) =>
    desk.staff.role === 'owner' ? page(desk) : c.html(<NotOwnerPage ctx={ctx} desk={desk} />, 403),
  )
}

type Shown = { desk: AtDesk; typed?: Chosen; errors?: Readonly<Record<string, string>> }

async function showForm(ctx: StaffContext, c: Context, shown: Shown): Promise<Response> {
  const processors = await processorsOf(ctx.orders.db.query)
  return c.html(<IncidentPage ctx={ctx} processors={processors} {...shown} />, shown.errors ? 422 : 200)
}

async function look(ctx: StaffContext, c: Context, desk: AtDesk): Promise<Response> {
  const form = formOf(c)
  const chosen = { processor: oneText(form, 'processor'), day: oneText(form, 'since') }
  const errors = await faultsOf(ctx, chosen)
  if (Object.keys(errors).length > 0) return showForm(ctx, c, { desk, typed: chosen, errors })
  const of = paidAt(ctx, chosen)
  if (form['do'] === 'start') {
    await refundAll(ctx.orders, { ...of, told: await tasksForOwners(ctx, { ...chosen, by: desk.staff }) })
    return c.redirect(`${incidentPath}/${chosen.processor}/${chosen.day}`, 303)
  }
  const count = await countPayable(ctx.orders, of)
  return c.html(<ConfirmPage ctx={ctx} desk={desk} chosen={chosen} from={of.since} count={count} />)
}

async function faultsOf(ctx: StaffContext, { processor, day }: Chosen): Promise<Record<string, string>> {
  const known = (await processorsOf(ctx.orders.db.query)).includes(processor)
  return {
    ...(!known && { processor: en.incident.noProcessor }),
    ...(!isDay(day) && { since: en.incident.noDay }),
  }
}

function paidAt({ orders }: StaffContext, { processor, day }: Chosen): PaidAt {
  return { processor, since: dayStartIn(orders.timeZone, day) }
}

async function showProgress(ctx: StaffContext, c: Context, desk: AtDesk): Promise<Response> {
  const chosen = { processor: c.req.param('processor') ?? '', day: c.req.param('day') ?? '' }
  if (Object.keys(await faultsOf(ctx, chosen)).length > 0) return refuse(c, ctx.web, 404)
  const of = paidAt(ctx, chosen)
  const progress = await progressOf(ctx.orders.db.query, of)
  return c.html(<ProgressPage ctx={ctx} desk={desk} chosen={chosen} from={of.since} progress={progress} />)
}
