import { Hono, type Context } from 'hono'
import { after } from '../../lib/index.ts'
import {
  addStaff,
  findStaff,
  Btn,
  keepSession,
  linkPaths,
  mintLink,
  openLink,
  Page,
  PostForm,
  spendLink,
  staffLeaves,
  startSession,
} from '../../web/index.ts'
import type { StaffContext } from './context.ts'
import { en } from './words.ts'

/** Signing in: the link shows a button, and pressing it spends the link. */
export function signInRoutes(ctx: StaffContext): Hono {
  return new Hono().get('/s/:token', (c) => showSignIn(ctx, c)).post('/s/:token', (c) => signIn(ctx, c))
}

async function showSignIn(ctx: StaffContext, c: Context): Promise<Response> {
  const token = c.req.param('token') ?? ''
  const link = await openLink(ctx.db.query, { kind: 'staff', token, now: ctx.now() })
  if (!link) return closed(ctx, c)
  return c.html(
    <Page web={ctx.web} title={en.signInTitle} kind="plain" noindex>
      <h1>{en.signInTitle}</h1>
      <p class="lede">{en.signIn}</p>
      <PostForm web={ctx.web} action={linkPaths.staff + token}>
        <Btn>{en.signInButton}</Btn>
      </PostForm>
    </Page>,
  )
}

async function signIn(ctx: StaffContext, c: Context): Promise<Response> {
  const now = ctx.now()
  const value = await ctx.db.tx(async (tx) => {
    const link = await spendLink(tx, { kind: 'staff', token: c.req.param('token') ?? '', now })
    return link?.staff ? startSession(tx, ctx.web, { staff: link.staff, now }) : undefined
  })
  if (!value) return closed(ctx, c)
  keepSession({ web: ctx.web }, c, value)
  return c.redirect('/desk', 303)
}

function closed(ctx: StaffContext, c: Context): Response | Promise<Response> {
  return c.html(
    <Page web={ctx.web} title={en.closedTitle} kind="plain" noindex>
      <h1>{en.closedTitle}</h1>
      <p class="lede">{en.closed}</p>
    </Page>,
    410,
  )
}

/**
 * Makes a sign-in link for a member of staff, who is added if need be. Shape: lives 15 minutes, works once; a known label keeps its role.
 * Errors: undefined for a label whose holder has left, since the log of looks goes on naming them by it.
 */
export async function staffLink(
  ctx: Pick<StaffContext, 'db' | 'web' | 'now'>,
  staff: { label: string; role: 'owner' | 'desk' },
): Promise<string | undefined> {
  const now = ctx.now()
  const token = await ctx.db.tx(async (tx) => {
    const member = await addStaff(tx, { ...staff, now })
    return member && mintLink(tx, { kind: 'staff', staff: member.id, now, expiresAt: after(now, 'PT15M') })
  })
  return token && `${ctx.web.baseUrl}${linkPaths.staff}${token}`
}

/** Signs a member of staff out for good: every session ends at once. Answers whether there was one of this label. */
export function staffGoes(ctx: Pick<StaffContext, 'db' | 'now'>, label: string): Promise<boolean> {
  return ctx.db.tx(async (tx) => {
    const member = await findStaff(tx, label)
    if (member) await staffLeaves(tx, { id: member.id, now: ctx.now() })
    return member !== undefined
  })
}
