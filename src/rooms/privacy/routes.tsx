import { Hono, type Context } from 'hono'
import { setTimeout as pause } from 'node:timers/promises'
import { ordersOf, type OrderRow } from '../../core/orders/index.ts'
import { after, hashToken } from '../../lib/index.ts'
import type { PassedOn } from '../../partners/index.ts'
import { clockOf, formFor, untilText, type Field } from '../../policy/index.ts'
import type { Holding, PersonId } from '../../vault/index.ts'
import { fill, formOf, linkPaths, mintLink, openLink, refuse } from '../../web/index.ts'
import { askForLink, self } from './ask.ts'
import type { PrivacyContext } from './context.ts'
import { eraseAll, openBoxOrders, type BoxChoice } from './eraseAll.ts'
import { HeldPage, type Held } from './heldPage.tsx'
import { PolicyPage } from './policyPages.tsx'
import { certificateOf, versions } from './queries.ts'
import { AskPage, ErasedPage, ErasePage, OpenPage, SayPage } from './requestPages.tsx'
import { en } from './words.ts'

/** The published policy, and what a person can see, take and erase. */
export function privacyRoutes(ctx: PrivacyContext): Hono {
  return new Hono()
    .get('/privacy', (c) => showPolicy(ctx, c, undefined))
    .get('/privacy/versions/:version', (c) => showPolicy(ctx, c, Number(c.req.param('version'))))
    .get('/your-data', (c) => c.html(<AskPage ctx={ctx} form={formFor(ctx.policy, ['rights'])} />))
    .post('/your-data', (c) => takeAddress(ctx, c))
    .get('/p/open/:token', (c) => withPersons(ctx, c, (persons, path) => showHeld(ctx, c, { persons, path })))
    .get('/p/open/:token/export.json', (c) => withPersons(ctx, c, (persons) => giveExport(ctx, c, persons)))
    .get('/p/open/:token/erase', (c) => withPersons(ctx, c, (persons, path) => askErase(ctx, c, { persons, path })))
    .post('/p/open/:token/erase', (c) => withPersons(ctx, c, (persons, path) => doErase(ctx, c, { persons, path })))
    .get('/p/erased/:token', (c) => showCertificate(ctx, c))
    .get('/p/:token', (c) => showOpen(ctx, c))
    .post('/p/:token', (c) => openSession(ctx, c))
}

async function showPolicy(ctx: PrivacyContext, c: Context, wanted: number | undefined): Promise<Response> {
  const all = await versions(ctx.db.query)
  const shown = all.find((version) => version.version === (wanted ?? all[0]?.version))
  return shown ? c.html(<PolicyPage ctx={ctx} all={all} shown={shown} />) : refuse(c, ctx.web, 404)
}

// Finding somebody takes some milliseconds more than finding nobody; this is far longer than either.
const SAME_FOR_ALL_MS = 250

async function takeAddress(ctx: PrivacyContext, c: Context): Promise<Response> {
  const form = formFor(ctx.policy, ['rights'])
  const filled = fill(form, formOf(c), { notice: ctx.web.policyVersion() })
  if (!filled.ok) return c.html(<AskPage ctx={ctx} form={form} values={filled.values} errors={filled.errors} />, 422)
  const [answer] = await Promise.all([askForLink(ctx, filled.value.email ?? ''), pause(SAME_FOR_ALL_MS)])
  if (answer === 'tooOften')
    return c.html(<AskPage ctx={ctx} form={form} values={filled.value} errors={{ form: en.tooMany }} />, 429)
  return c.html(<SayPage ctx={ctx} title={en.sentTitle} text={en.sent} />)
}

function closed(ctx: PrivacyContext, c: Context): Response | Promise<Response> {
  return c.html(<SayPage ctx={ctx} title={en.closedTitle} text={en.closed} again />, 410)
}

async function showOpen(ctx: PrivacyContext, c: Context): Promise<Response> {
  const token = c.req.param('token') ?? ''
  const link = await openLink(ctx.links.query, { kind: 'privacy', token, now: ctx.now() })
  return link ? c.html(<OpenPage ctx={ctx} path={linkPaths.privacy + token} />) : closed(ctx, c)
}

/** The mailed link proves the address; from here on a fresh path is used that lives 30 minutes. */
async function openSession(ctx: PrivacyContext, c: Context): Promise<Response> {
  const now = ctx.now()
  const link = await openLink(ctx.links.query, { kind: 'privacy', token: c.req.param('token') ?? '', now })
  if (!link) return closed(ctx, c)
  const session = await ctx.links.tx((tx) =>
    mintLink(tx, { kind: 'privacySession', persons: link.persons, now, expiresAt: after(now, 'PT30M') }),
  )
  return c.redirect(linkPaths.privacySession + session, 303)
}

type Use = (persons: readonly PersonId[], path: string) => Promise<Response>

async function withPersons(ctx: PrivacyContext, c: Context, use: Use): Promise<Response> {
  const token = c.req.param('token') ?? ''
  const link = await openLink(ctx.links.query, { kind: 'privacySession', token, now: ctx.now() })
  return link ? use(link.persons, linkPaths.privacySession + token) : closed(ctx, c)
}

const look = { actor: self, for: 'request:own-page' } as const

async function heldOf(ctx: PrivacyContext, person: PersonId): Promise<Held> {
  const { holdings, boxes } = await ctx.vault.everything(person, look)
  const orders = await ordersOf(ctx.orders.db.query, [person])
  return {
    grounds: holdings,
    boxes,
    orders,
    looks: await ctx.vault.looks(person),
    passed: await passedOnAbout(ctx, person, orders),
    mails: await ctx.contact.ledger(person),
  }
}

/** What partners were given: of the person, and about their orders without naming them. */
async function passedOnAbout(
  ctx: PrivacyContext,
  person: PersonId,
  orders: readonly OrderRow[],
): Promise<readonly PassedOn[]> {
  const ofOrders = await Promise.all(orders.map(({ id }) => ctx.partners.passedOn({ ref: `order:${id}` })))
  const nameless = ofOrders.flat().filter((one) => one.fields.length === 0)
  return [...(await ctx.partners.passedOn({ person })), ...nameless]
}

async function showHeld(
  ctx: PrivacyContext,
  c: Context,
  { persons, path }: { persons: readonly PersonId[]; path: string },
): Promise<Response> {
  const held: Held[] = []
  for (const person of persons) held.push(await heldOf(ctx, person))
  return c.html(<HeldPage ctx={ctx} held={held} path={path} />)
}

/** One file that a program can read, with everything on the page. */
async function giveExport(ctx: PrivacyContext, c: Context, persons: readonly PersonId[]): Promise<Response> {
  const about: Held[] = []
  for (const person of persons) about.push(await heldOf(ctx, person))
  const file = JSON.stringify(
    { vendor: ctx.policy.controller, madeAt: ctx.now(), policyVersion: ctx.web.policyVersion(), about },
    null,
    2,
  )
  return c.body(file, 200, {
    'content-type': 'application/json',
    'content-disposition': 'attachment; filename="your-data.json"',
  })
}

async function askErase(
  ctx: PrivacyContext,
  c: Context,
  { persons, path, wrong = false }: { persons: readonly PersonId[]; path: string; wrong?: boolean },
): Promise<Response> {
  const open = await openBoxOrders(ctx, persons)
  const grounds = (await Promise.all(persons.map((person) => ctx.vault.held(person)))).flat()
  const pending = (await ordersOf(ctx.orders.db.query, persons)).filter((order) => order.headline === 'pending')
  return c.html(
    <ErasePage
      ctx={ctx}
      path={path}
      openOrders={open.map((order) => order.number)}
      pending={pending.map((order) => order.number)}
      stays={whatStays(ctx, grounds)}
      wrong={wrong}
    />,
    wrong ? 422 : 200,
  )
}

/** What the law makes us keep, in words that the policy gives; undefined when nothing stays. */
function whatStays(ctx: PrivacyContext, grounds: readonly Holding[]): string | undefined {
  const tax = grounds.find((ground) => ground.class === 'tax')
  if (!tax) return undefined
  const fields = Object.keys(ctx.policy.purposes.tax?.fields ?? {}) as Field[]
  const labels = fields.map((field) => ctx.policy.fields[field].label.en.toLowerCase())
  return en.eraseStays(
    labels,
    tax.until ? en.untilDay(ctx.web.dates.day(tax.until)) : untilText(clockOf(ctx.policy, 'tax')),
  )
}

async function doErase(
  ctx: PrivacyContext,
  c: Context,
  { persons, path }: { persons: readonly PersonId[]; path: string },
): Promise<Response> {
  const sent = formOf(c)['choice']
  const choice: BoxChoice = sent === 'after' || sent === 'cancel' ? sent : undefined
  const done = await eraseAll(ctx, { persons, choice })
  if (done.outcome === 'choose') return askErase(ctx, c, { persons, path, wrong: true })
  return c.redirect(`/p/erased/${done.certificate}`, 303)
}

async function showCertificate(ctx: PrivacyContext, c: Context): Promise<Response> {
  const certificate = await certificateOf(ctx.db.query, hashToken(c.req.param('token') ?? ''), ctx.now())
  return certificate ? c.html(<ErasedPage ctx={ctx} certificate={certificate} />) : closed(ctx, c)
}
