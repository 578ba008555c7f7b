import type { Child } from 'hono/jsx'
import type { Context } from 'hono'
import { listOrders, openTasks } from '../../core/orders/index.ts'
import { clauseFor } from '../../policy/index.ts'
import { DeskPage, Page, signedIn, Stamp, type RailItem, type Staff } from '../../web/index.ts'
import type { StaffContext } from './context.ts'
import { en } from './words.ts'

/** A member of staff at work, with what the rail shows. */
export type AtDesk = { readonly staff: Staff; readonly rail: readonly RailItem[] }

/** Runs a desk page for whoever is signed in; anybody else is told how to sign in. */
export async function atDesk(
  ctx: StaffContext,
  c: Context,
  page: (desk: AtDesk) => Promise<Response>,
): Promise<Response> {
  const staff = await signedIn({ db: ctx.db, web: ctx.web, now: ctx.now }, c)
  c.header('X-Robots-Tag', 'noindex')
  if (!staff) return c.html(<SignedOut ctx={ctx} />, 401)
  return page({ staff, rail: await railOf(ctx) })
}

async function railOf(ctx: StaffContext): Promise<RailItem[]> {
  const waiting = (await listOrders(ctx.orders.db.query, 'toSend')).length
  const tasks = (await openTasks(ctx.orders.db.query)).length
  const toTell = (await ctx.partners.waitingForStaff()).length
  return [
    { href: '/desk', label: en.today, count: tasks },
    { href: '/desk/orders', label: en.orders, count: waiting },
    { href: '/desk/partners', label: en.partners, count: toTell },
    { href: '/promises', label: en.promises },
  ]
}

/** The frame of a desk page. */
export function Desk({
  ctx,
  desk,
  title,
  here,
  children,
}: {
  ctx: StaffContext
  desk: AtDesk
  title: string
  here: string
  children?: Child
}) {
  const may = (
    <>
      {en.may} <Stamp clause={clauseFor(ctx.policy, 'fulfilment')} />
    </>
  )
  return (
    <DeskPage
      web={ctx.web}
      title={title}
      here={here}
      rail={desk.rail}
      who={{ label: nameOf(desk.staff), may, signOut: '/desk/sign-out' }}
    >
      {children}
    </DeskPage>
  )
}

function nameOf({ label, role }: Staff): string {
  return label === en.roles[role] ? label : `${label}, ${en.roles[role]}`
}

function SignedOut({ ctx }: { ctx: StaffContext }) {
  return (
    <Page web={ctx.web} title={en.signedOutTitle} kind="plain" noindex>
      <h1>{en.signedOutTitle}</h1>
      <p class="lede">{en.signedOut}</p>
    </Page>
  )
}
