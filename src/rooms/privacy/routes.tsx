import { Hono, type Context } from 'hono'
import { setTimeout as pause } from 'node:timers/promises'
import { after } from '../../lib/index.ts'
import { formFor } from '../../policy/index.ts'
import { fill, formOf, linkPaths, mintLink, openLink, refuse, SayPage } from '../../web/index.ts'
import { askForLink } from './ask.ts'
import type { PrivacyContext } from './context.ts'
import { heldRoutes } from './held/routes.tsx'
import { PolicyPage } from './policyPages.tsx'
import { versions } from './queries.ts'
import { AskPage, closed, OpenPage } from './requestPages.tsx'
import { en } from './words.ts'

/** The published policy, and what a person can see, take and erase. */
export function privacyRoutes(ctx: PrivacyContext): Hono {
  return new Hono()
    .get('/privacy', (c) => showPolicy(ctx, c, undefined))
    .get('/privacy/versions/:version', (c) => showPolicy(ctx, c, Number(c.req.param('version'))))
    .get('/your-data', (c) => c.html(<AskPage ctx={ctx} form={formFor(ctx.policy, ['rights'])} />))
    .post('/your-data', (c) => takeAddress(ctx, c))
    .route('/', heldRoutes(ctx))
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
  return c.html(<SayPage web={ctx.web} nav="data" title={en.sentTitle} text={en.sent} />)
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
