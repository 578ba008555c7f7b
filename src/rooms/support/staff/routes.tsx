import { Hono, type Context } from 'hono'
import { formOf, type AtDesk, type RailItem, oneText } from '../../../web/index.ts'
import { answer, assign, writeInternal } from '../cases/answer.ts'
import { fileAs, join, part } from '../cases/refile.ts'
import { turnTo } from '../cases/setState.ts'
import type { SupportContext } from '../context.ts'
import { openCount, ticketsOn, turnsOf, type Shelf } from '../queries.ts'
import { en } from '../words.ts'
import { callRoutes } from './call.tsx'
import { ListPage } from './listPage.tsx'
import { partsRoutes } from './parts.tsx'
import { byStaff, CASES, labelsOf, withTicket, type Work } from './atTicket.ts'
import { showTicket } from './show.tsx'

/** The desk's pages about cases and questions. */
export function deskRoutes(ctx: SupportContext): Hono {
  return new Hono()
    .get(CASES, (c) => ctx.desk.at(c, (at) => showList(ctx, c, at)))
    .route('/', callRoutes(ctx))
    .route('/', partsRoutes(ctx))
    .get(`${CASES}/:number`, (c) => withTicket(ctx, c, (work) => showTicket(ctx, c, { work })))
    .post(`${CASES}/:number/answer`, (c) => withTicket(ctx, c, (work) => takeAnswer(ctx, c, work)))
    .post(`${CASES}/:number/internal`, (c) => withTicket(ctx, c, (work) => takeInternal(ctx, c, work)))
    .post(`${CASES}/:number/take`, (c) => withTicket(ctx, c, (work) => takeOver(ctx, c, work)))
    .post(`${CASES}/:number/state`, (c) => withTicket(ctx, c, (work) => changeState(ctx, c, work)))
    .post(`${CASES}/:number/file-as`, (c) => withTicket(ctx, c, (work) => changePurpose(ctx, c, work)))
    .post(`${CASES}/:number/turn/:turn`, (c) => withTicket(ctx, c, (work) => settleTurn(ctx, c, work)))
}

/** The rail's entry of this room, with how many cases wait for the staff. */
export async function supportRail(ctx: Pick<SupportContext, 'db'>): Promise<RailItem> {
  return { href: CASES, label: en.rail, count: await openCount(ctx.db.query) }
}

async function showList(ctx: SupportContext, c: Context, at: AtDesk): Promise<Response> {
  const asked = c.req.query('show') ?? ''
  const shelf: Shelf = Object.hasOwn(en.shelves, asked) ? (asked as Shelf) : 'open'
  const tickets = await ticketsOn(ctx.db.query, { shelf, staff: at.staff.id })
  const labels = await labelsOf(
    ctx,
    tickets.map(({ staff }) => staff),
  )
  return c.html(<ListPage ctx={ctx} at={at} shelf={shelf} tickets={tickets} labels={labels} />)
}

const textIn = (c: Context, name: string): string => oneText(formOf(c), name)

const back = (c: Context, { ticket }: Work): Response => c.redirect(`${CASES}/${ticket.number}`, 303)

async function takeAnswer(ctx: SupportContext, c: Context, work: Work): Promise<Response> {
  const text = textIn(c, 'answer')
  const close = textIn(c, 'do') === 'close'
  const outcome = await answer(ctx, byStaff(work, textIn(c, 'seen')), { text, close })
  return outcome === 'sent' ? back(c, work) : showTicket(ctx, c, { work, back: { outcome, answer: text } })
}

async function takeInternal(ctx: SupportContext, c: Context, work: Work): Promise<Response> {
  const text = textIn(c, 'internal')
  const outcome = await writeInternal(ctx, byStaff(work), text)
  return outcome === 'sent' ? back(c, work) : showTicket(ctx, c, { work, back: { outcome, internal: text } })
}

async function takeOver(ctx: SupportContext, c: Context, work: Work): Promise<Response> {
  await assign(ctx, byStaff(work), textIn(c, 'do') !== 'leave')
  return back(c, work)
}

async function changeState(ctx: SupportContext, c: Context, work: Work): Promise<Response> {
  const state = textIn(c, 'do') === 'open' ? 'open' : 'closed'
  await turnTo(ctx, { ticket: work.ticket.id, state, staff: work.actor.id })
  return back(c, work)
}

async function changePurpose(ctx: SupportContext, c: Context, work: Work): Promise<Response> {
  const purpose = textIn(c, 'do') === 'support' ? 'support' : 'enquiry'
  await fileAs({ ...ctx, notice: ctx.web.policyVersion() }, byStaff(work), purpose)
  return back(c, work)
}

/** What came from another address joins the ticket, or becomes one of its own. */
async function settleTurn(ctx: SupportContext, c: Context, work: Work): Promise<Response> {
  const turns = await turnsOf(ctx.db.query, work.ticket.id)
  const turn = turns.find(({ id, proposed }) => proposed && id === c.req.param('turn'))
  if (!turn) return back(c, work)
  if (textIn(c, 'do') !== 'part') {
    await join(ctx, byStaff(work), turn.id)
    return back(c, work)
  }
  return c.redirect(`${CASES}/${await part(ctx, byStaff(work), turn.id)}`, 303)
}
