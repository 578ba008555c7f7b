import { Hono, type Context } from 'hono'
import { setTimeout as pause } from 'node:timers/promises'
import {
  confirm,
  leave,
  myCopies,
  myKeys,
  register,
  sendCopies,
  spelt,
  waitingCopy,
} from '../../core/licences/index.ts'
import { isId } from '../../lib/index.ts'
import { formFor } from '../../policy/index.ts'
import type { PersonId } from '../../vault/index.ts'
import { fill, formOf, linkPaths, openLink, refuse, SayPage } from '../../web/index.ts'
import { checkRoutes } from './api.ts'
import type { CopiesContext } from './context.ts'
import { deskRoutes } from './desk.tsx'
import { registerForm } from './form.ts'
import { LeavePage, MyCopiesPage } from './ownerPages.tsx'
import { AskCopiesPage, ConfirmPage, BackPage, RegisterPage } from './pages.tsx'
import { en } from './words.ts'

/** Registering a copy from elsewhere, an owner's copies, the desk's page, and what a program asks about its key. */
export function copiesRoutes(ctx: CopiesContext): Hono {
  return new Hono()
    .route('/', checkRoutes(ctx))
    .route('/', deskRoutes(ctx))
    .get('/register', (c) => c.html(<RegisterPage ctx={ctx} form={registerForm(ctx.policy)} />))
    .post('/register', (c) => takeRegistration(ctx, c))
    .get('/register/sent', (c) => c.html(<SayPage web={ctx.web} title={en.sentTitle} text={en.sent} />))
    .get('/k/:token', (c) => showConfirm(ctx, c))
    .post('/k/:token', (c) => takeConfirm(ctx, c))
    .get('/copies', (c) => c.html(<AskCopiesPage ctx={ctx} form={formFor(ctx.policy, ['rights'])} />))
    .post('/copies', (c) => takeAddress(ctx, c))
    .get('/copies/sent', (c) => c.html(<SayPage web={ctx.web} title={en.copiesSentTitle} text={en.copiesSent} />))
    .get('/copies/left', (c) => c.html(<SayPage web={ctx.web} title={en.leftTitle} text={en.left} />))
    .get('/c/:token', (c) => withOwner(ctx, c, (mine) => showCopies(ctx, c, mine)))
    .get('/c/:token/keys', (c) => withOwner(ctx, c, (mine) => showCopies(ctx, c, { ...mine, opened: true })))
    .get('/c/:token/leave/:licence', (c) => withOwner(ctx, c, (mine) => askLeave(ctx, c, mine)))
    .post('/c/:token/leave/:licence', (c) => withOwner(ctx, c, (mine) => doLeave(ctx, c, mine)))
}

// Writing a registration takes some milliseconds more than finding no such key; this is far longer than either.
const SAME_FOR_ALL_MS = 250

/** The answer is the same whether there is such a key, an owner, or an address that we know. */
async function takeRegistration(ctx: CopiesContext, c: Context): Promise<Response> {
  if (!ctx.mayTry('registering', c)) return refuse(c, ctx.web, 429)
  const form = registerForm(ctx.policy)
  const notice = ctx.web.policyVersion()
  const filled = fill(form, formOf(c), { notice })
  const again = (values: Readonly<Record<string, string | undefined>>, errors: Record<string, string>) => (
    <RegisterPage ctx={ctx} form={form} values={values} errors={errors} />
  )
  if (!filled.ok) return c.html(again(filled.values, filled.errors), 422)
  const { licenceKey: key = '', email = '', name } = filled.value
  // The check characters tell a slip without asking whether there is such a key.
  if (spelt(key).form === 'mistyped') return c.html(again(filled.value, { licenceKey: en.mistyped }), 422)
  if (!ctx.mayMail(email)) return c.html(again(filled.value, { form: en.tooMany }), 429)
  await Promise.all([register(ctx.licences, { key, email, name, notice, channel: 'web form' }), pause(SAME_FOR_ALL_MS)])
  return c.redirect('/register/sent', 303)
}

function closed(ctx: CopiesContext, c: Context, again: '/register' | '/copies'): Response | Promise<Response> {
  return c.html(<BackPage ctx={ctx} title={en.closedTitle} text={en.closed} to={again} />, 410)
}

async function showConfirm(ctx: CopiesContext, c: Context): Promise<Response> {
  const token = c.req.param('token') ?? ''
  const copy = await waitingCopy(ctx.licences, token)
  if (!copy) return closed(ctx, c, '/register')
  return c.html(<ConfirmPage ctx={ctx} path={linkPaths.register + token} product={copy.productName} />)
}

async function takeConfirm(ctx: CopiesContext, c: Context): Promise<Response> {
  const done = await confirm(ctx.licences, c.req.param('token') ?? '')
  if (done.outcome === 'owner') return c.redirect(linkPaths.copies + done.token, 303)
  if (done.outcome === 'over') return closed(ctx, c, '/register')
  return c.html(<BackPage ctx={ctx} title={en.claimedTitle} text={en.claimed} to="/copies" />, 409)
}

async function takeAddress(ctx: CopiesContext, c: Context): Promise<Response> {
  const form = formFor(ctx.policy, ['rights'])
  const filled = fill(form, formOf(c), { notice: ctx.web.policyVersion() })
  const again = (values: Readonly<Record<string, string | undefined>>, errors: Readonly<Record<string, string>>) => (
    <AskCopiesPage ctx={ctx} form={form} values={values} errors={errors} />
  )
  if (!filled.ok) return c.html(again(filled.values, filled.errors), 422)
  const { email = '' } = filled.value
  if (!ctx.mayMail(email)) return c.html(again(filled.value, { form: en.tooMany }), 429)
  await Promise.all([mailCopies(ctx, email), pause(SAME_FOR_ALL_MS)])
  return c.redirect('/copies/sent', 303)
}

async function mailCopies(ctx: CopiesContext, email: string): Promise<void> {
  const copies = await myCopies(ctx.licences, await ctx.licences.vault.find('email', email))
  const newest = copies.at(-1)
  if (newest) await sendCopies(ctx.licences, newest.owner)
}

type Mine = { readonly persons: readonly PersonId[]; readonly path: string; readonly opened?: boolean }

async function withOwner(ctx: CopiesContext, c: Context, use: (mine: Mine) => Promise<Response>): Promise<Response> {
  const token = c.req.param('token') ?? ''
  const link = await openLink(ctx.links.query, { kind: 'copies', token, now: ctx.now() })
  return link ? use({ persons: link.persons, path: linkPaths.copies + token }) : closed(ctx, c, '/copies')
}

/** Opening the keys is a look, and it is logged as one. */
async function showCopies(ctx: CopiesContext, c: Context, { persons, path, opened }: Mine): Promise<Response> {
  const copies = await myCopies(ctx.licences, persons)
  const keys = opened ? { keys: await myKeys(ctx.licences, copies) } : {}
  return c.html(<MyCopiesPage ctx={ctx} path={path} copies={copies} {...keys} />)
}

/** The copies that go together: those of one order, or the one that was registered. */
async function leaving(ctx: CopiesContext, c: Context, { persons }: Mine) {
  const licence = c.req.param('licence')
  const copies = await myCopies(ctx.licences, persons)
  const chosen = isId(licence) ? copies.find(({ id }) => id === licence) : undefined
  return chosen && { chosen, copies: copies.filter(({ owner }) => owner === chosen.owner) }
}

async function askLeave(ctx: CopiesContext, c: Context, mine: Mine): Promise<Response> {
  const found = await leaving(ctx, c, mine)
  if (!found) return c.redirect(mine.path, 303)
  return c.html(<LeavePage ctx={ctx} path={mine.path} copies={found.copies} leaving={found.chosen.id} />)
}

async function doLeave(ctx: CopiesContext, c: Context, mine: Mine): Promise<Response> {
  const found = await leaving(ctx, c, mine)
  if (found) await leave(ctx.licences, found.chosen.owner)
  return c.redirect('/copies/left', 303)
}
