import { Hono, type Context } from 'hono'
import { fill, formOf, linkPaths, openLink, refuse, SayPage } from '../../web/index.ts'
import type { PersonId } from '../../vault/index.ts'
import { isForCustomer, writeBack } from './cases/answer.ts'
import { arrive } from './cases/arrive.ts'
import { readTurns } from './cases/read.ts'
import type { SupportContext } from './context.ts'
import { deskRoutes } from './staff/routes.tsx'
import { helpForm, helpPath, messageForm, purposesOn } from './form.ts'
import { CasePage, HelpFormPage, HelpPage } from './pages.tsx'
import { personsOn, ticketById, type Ticket } from './queries.ts'
import type { TicketPurpose } from './tables.ts'
import { en } from './words.ts'

/** Asking for help, a customer's own case, and the desk's pages about both. */
export function supportRoutes(ctx: SupportContext): Hono {
  return new Hono()
    .route('/', deskRoutes(ctx))
    .get('/help', (c) => c.html(<HelpPage ctx={ctx} purposes={purposesOn(ctx.policy)} />))
    .get('/help/sent', (c) => c.html(<SayPage web={ctx.web} title={en.sentTitle} text={en.sent} />))
    .get('/help/:about', (c) => withPurpose(ctx, c, (purpose) => showForm(ctx, c, { purpose })))
    .post('/help/:about', (c) => withPurpose(ctx, c, (purpose) => takeForm(ctx, c, purpose)))
    .get('/t/:token', (c) => withCase(ctx, c, (mine) => showCase(ctx, c, mine)))
    .post('/t/:token', (c) => withCase(ctx, c, (mine) => takeAnswer(ctx, c, mine)))
}

function withPurpose(
  ctx: SupportContext,
  c: Context,
  use: (purpose: TicketPurpose) => Promise<Response>,
): Promise<Response> {
  const path = `/help/${c.req.param('about') ?? ''}`
  const purpose = purposesOn(ctx.policy).find((one) => helpPath(one) === path)
  return purpose ? use(purpose) : refuse(c, ctx.web, 404)
}

type Shown = {
  readonly purpose: TicketPurpose
  readonly values?: Readonly<Record<string, string | undefined>>
  readonly errors?: Readonly<Record<string, string>>
  readonly status?: 200 | 422 | 429
}

function showForm(ctx: SupportContext, c: Context, shown: Shown): Promise<Response> {
  const { status = 200 } = shown
  const form = helpForm(ctx.policy, shown.purpose)
  return Promise.resolve(
    c.html(<HelpFormPage ctx={ctx} form={form} path={helpPath(shown.purpose)} {...shown} />, status),
  )
}

async function takeForm(ctx: SupportContext, c: Context, purpose: TicketPurpose): Promise<Response> {
  if (!ctx.mayAsk(c)) return refuse(c, ctx.web, 429)
  const notice = ctx.web.policyVersion()
  const filled = fill(helpForm(ctx.policy, purpose), formOf(c), { notice })
  if (!filled.ok) return showForm(ctx, c, { purpose, values: filled.values, errors: filled.errors, status: 422 })
  const { email = '', name, telephone, message = '', licenceKey } = filled.value
  if (!ctx.mayMail(email))
    return showForm(ctx, c, { purpose, values: filled.value, errors: { form: en.tooMany }, status: 429 })
  const text = licenceKey ? `${en.aboutLine(licenceKey)}\n\n${message}` : message
  const head = { subject: '' }
  await arrive(ctx, { purpose, channel: 'form', notice, email, name, telephone, head, text, confirm: true })
  return c.redirect('/help/sent', 303)
}

/** A ticket as the holder of its link sees it. Shape: `persons` are those on it who have the holder's address, the newest last. */
type Mine = { readonly ticket: Ticket; readonly persons: readonly PersonId[]; readonly path: string }

/** A link that is wrong, over, or of somebody who was erased opens nothing, and nobody learns which. */
async function withCase(ctx: SupportContext, c: Context, use: (mine: Mine) => Promise<Response>): Promise<Response> {
  const token = c.req.param('token') ?? ''
  const link = await openLink(ctx.links.query, { kind: 'ticket', token, now: ctx.now() })
  const holder = link?.persons[0]
  const ticket = link?.subject ? await ticketById(ctx.db.query, link.subject) : undefined
  if (!holder || !ticket) return refuse(c, ctx.web, 404)
  const alike = new Set([holder, ...(await ctx.vault.alike('email', holder))])
  const own = (await personsOn(ctx.db.query, ticket.id)).filter((person) => alike.has(person))
  const live: PersonId[] = []
  for (const person of own) if (await ctx.vault.may(person, ticket.purpose)) live.push(person)
  if (live.length === 0) return refuse(c, ctx.web, 404)
  return use({ ticket, persons: live, path: linkPaths.ticket + token })
}

type Written = {
  readonly values?: Readonly<Record<string, string | undefined>>
  readonly errors?: Readonly<Record<string, string>>
}

async function showCase(ctx: SupportContext, c: Context, mine: Mine & Written): Promise<Response> {
  const { errors } = mine
  const actor = { role: 'person', id: 'case-link' } as const
  const turns = await readTurns(ctx, mine.ticket, { actor, persons: mine.persons, internal: false })
  const sent = c.req.query('sent') !== undefined
  // What is only proposed came from another address; whoever holds this link is not shown that it exists.
  const shown = turns.filter(({ turn }) => isForCustomer(turn))
  const form = messageForm(ctx.policy, mine.ticket.purpose)
  const page = <CasePage ctx={ctx} {...mine} turns={shown} sent={sent} form={form} />
  return c.html(page, errors ? 422 : 200)
}

/** A page that was opened before it told what it showed sends nothing of it. */
function seenIn({ seen }: Readonly<Record<string, string>>): { seen?: string } {
  return seen ? { seen } : {}
}

async function takeAnswer(ctx: SupportContext, c: Context, mine: Mine): Promise<Response> {
  const { ticket, persons, path } = mine
  const asked = { notice: ctx.web.policyVersion(), also: ['seen'] }
  const filled = fill(messageForm(ctx.policy, ticket.purpose), formOf(c), asked)
  if (!filled.ok) return showCase(ctx, c, { ...mine, values: filled.values, errors: filled.errors })
  const person = persons.at(-1)
  const written =
    person && (await writeBack(ctx, { ticket, person, text: filled.value.message ?? '', ...seenIn(filled.also) }))
  if (written === 'moved' || written === 'answered')
    return showCase(ctx, c, { ...mine, values: filled.value, errors: { message: en.writeMoved } })
  return written === 'sent' ? c.redirect(`${path}?sent`, 303) : refuse(c, ctx.web, 404)
}
