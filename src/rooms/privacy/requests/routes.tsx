import { Hono, type Context } from 'hono'
import { dayIn, earlier, instant, isDay, isId } from '../../../lib/index.ts'
import { formFor } from '../../../policy/index.ts'
import { fill, formOf, refuse, type AtDesk, type RailItem } from '../../../web/index.ts'
import { mailLink } from '../ask.ts'
import { eraseAll } from '../eraseAll.ts'
import type { ExtendedBecause, RequestChannel, RequestId, RequestKind, RequestOutcome } from '../tables.ts'
import type { RequestContext } from './context.ts'
import { closeRequest, extendRequest, openRequest, type NewRequest } from './openRequest.ts'
import { RequestPage, REQUESTS, RequestsPage } from './pages.tsx'
import { listRequests, openRequests, personsOfRequest, requestById, type PrivacyRequest } from './queries.ts'
import { en } from './words.ts'

/** The desk's pages about requests that came by letter or telephone. */
export function requestRoutes(ctx: RequestContext): Hono {
  const one = `${REQUESTS}/:id`
  const at = (run: (c: Context, work: Work) => Promise<Response>) => (c: Context) =>
    ctx.desk.at(c, (desk) => withRequest(ctx, c, (request) => run(c, { desk, request })))
  return new Hono()
    .get(REQUESTS, (c) => ctx.desk.at(c, (desk) => showList(ctx, c, { desk })))
    .post(REQUESTS, (c) => ctx.desk.at(c, (desk) => takeRequest(ctx, c, desk)))
    .get(
      one,
      at((c, work) => showOne(ctx, c, work)),
    )
    .post(
      `${one}/link`,
      at((c, work) => sendLink(ctx, c, work)),
    )
    .post(
      `${one}/erase`,
      at((c, work) => doErase(ctx, c, work)),
    )
    .post(
      `${one}/extend`,
      at((c, work) => doExtend(ctx, c, work)),
    )
    .post(
      `${one}/close`,
      at((c, work) => doClose(ctx, c, work)),
    )
}

/** The rail's entry, with how many requests wait. */
export async function requestsRail(ctx: RequestContext): Promise<RailItem> {
  return { href: REQUESTS, label: en.railLabel, count: await openRequests(ctx.db.query) }
}

type Errors = Readonly<Record<string, string>>
type Work = { readonly desk: AtDesk; readonly request: PrivacyRequest; readonly errors?: Errors }
type Typed = { readonly values?: Readonly<Record<string, string | undefined>>; readonly errors?: Errors }

async function showList(
  ctx: RequestContext,
  c: Context,
  { desk, ...typed }: { desk: AtDesk } & Typed,
): Promise<Response> {
  const requests = await listRequests(ctx.db.query, 200)
  const form = formFor(ctx.policy, ['rights'])
  return c.html(
    <RequestsPage ctx={ctx} at={desk} requests={requests} form={form} {...typed} />,
    typed.errors ? 422 : 200,
  )
}

async function takeRequest(ctx: RequestContext, c: Context, desk: AtDesk): Promise<Response> {
  const sent = formOf(c)
  const typed = Object.fromEntries(OWN.map((name) => [name, String(sent[name] ?? '')]))
  const filled = fill(formFor(ctx.policy, ['rights']), sent, { notice: ctx.web.policyVersion(), also: OWN })
  const read = readRequest(ctx, typed)
  if (!filled.ok || 'errors' in read) {
    const values = { ...typed, ...(filled.ok ? filled.value : filled.values) }
    const errors = { ...('errors' in read && read.errors), ...(!filled.ok && filled.errors) }
    return showList(ctx, c, { desk, values, errors })
  }
  const persons = await ctx.vault.find('email', filled.value.email ?? '')
  const id = await openRequest(ctx, { ...read, persons, staff: desk.staff.id })
  return c.redirect(`${REQUESTS}/${id}`, 303)
}

const OWN = ['kind', 'channel', 'received']

type ReadRequest = Pick<NewRequest, 'kind' | 'channel' | 'receivedAt'> | { readonly errors: Errors }

function readRequest(ctx: RequestContext, typed: Readonly<Record<string, string>>): ReadRequest {
  const { kind = '', channel = '', received = '' } = typed
  const receivedAt = dayTyped(ctx, received)
  const errors = {
    ...(!Object.hasOwn(en.kinds, kind) && { kind: en.choose }),
    ...(!Object.hasOwn(en.channels, channel) && { channel: en.choose }),
    ...(!receivedAt && { received: en.receivedWrong }),
  }
  if (!receivedAt || Object.keys(errors).length > 0) return { errors }
  return { kind: kind as RequestKind, channel: channel as RequestChannel, receivedAt }
}

const OLDEST_DAYS = 366

/** A day of the calendar that was typed, not in the future and not so long ago that it must be a slip. */
function dayTyped(ctx: RequestContext, text: string): Date | undefined {
  const oldest = dayIn('UTC', earlier(ctx.now(), OLDEST_DAYS * 86_400_000))
  if (!isDay(text) || text > dayIn(ctx.orders.timeZone, ctx.now()) || text < oldest) return undefined
  return instant(`${text}T00:00:00Z`)
}

async function withRequest(
  ctx: RequestContext,
  c: Context,
  use: (request: PrivacyRequest) => Promise<Response>,
): Promise<Response> {
  const id = c.req.param('id')
  const request = isId<'request'>(id) ? await requestById(ctx.db.query, id as RequestId) : undefined
  return request ? use(request) : refuse(c, ctx.web, 404)
}

async function showOne(ctx: RequestContext, c: Context, { desk, request, errors }: Work): Promise<Response> {
  const persons = await personsOfRequest(ctx.db.query, request.id)
  const sent = c.req.query('sent') === ''
  const page = { at: desk, request, persons: persons.length, sent, ...(errors && { errors }) }
  return c.html(<RequestPage ctx={ctx} {...page} />, errors ? 422 : 200)
}

async function sendLink(ctx: RequestContext, c: Context, { request }: Work): Promise<Response> {
  const persons = await personsOfRequest(ctx.db.query, request.id)
  if (request.outcome === null) await mailLink(ctx, persons, request.channel)
  return c.redirect(`${REQUESTS}/${request.id}?sent`, 303)
}

/** Erases for somebody who wrote a letter; a box that waits goes out first. */
async function doErase(ctx: RequestContext, c: Context, { desk, request }: Work): Promise<Response> {
  const persons = await personsOfRequest(ctx.db.query, request.id)
  if (request.kind !== 'erasure' || request.outcome !== null || persons.length === 0)
    return c.redirect(`${REQUESTS}/${request.id}`, 303)
  const { role, id } = desk.staff
  const done = await eraseAll(ctx, { persons, choice: 'after', actor: { role, id } })
  const to = done.outcome === 'erased' ? `/p/erased/${done.certificate}` : `${REQUESTS}/${request.id}`
  return c.redirect(to, 303)
}

async function doExtend(ctx: RequestContext, c: Context, work: Work): Promise<Response> {
  const because = String(formOf(c)['because'] ?? '')
  if (!Object.hasOwn(en.reasons, because)) return showOne(ctx, c, { ...work, errors: { because: en.choose } })
  await extendRequest(ctx, work.request, because as ExtendedBecause)
  return c.redirect(`${REQUESTS}/${work.request.id}`, 303)
}

async function doClose(ctx: RequestContext, c: Context, work: Work): Promise<Response> {
  const outcome = String(formOf(c)['outcome'] ?? '')
  if (!Object.hasOwn(en.outcomes, outcome)) return showOne(ctx, c, { ...work, errors: { outcome: en.choose } })
  await closeRequest(ctx, work.request.id, { outcome: outcome as RequestOutcome, staff: work.desk.staff.id })
  return c.redirect(`${REQUESTS}/${work.request.id}`, 303)
}
