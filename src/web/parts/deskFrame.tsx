import type { Child } from 'hono/jsx'
import type { Context } from 'hono'
import type { Database } from '../../db/index.ts'
import type { Now } from '../../lib/index.ts'
import { clauseFor, type Policy, type Purpose } from '../../policy/index.ts'
import { DeskPage, type RailItem } from './desk.tsx'
import { Stamp } from './marks.tsx'
import { Page } from './page.tsx'
import { signedIn, type Staff } from '../sessions.ts'
import type { WebTables } from '../tables.ts'
import type { Web } from '../web.ts'
import { en } from '../words.ts'

/** A member of staff at work. */
export type AtDesk = { readonly staff: Staff }

type FrameProps = {
  readonly at: AtDesk
  readonly title: string
  /** The entry of the rail that this page belongs to. */
  readonly here: string
  /** What whoever is signed in may open here, in words, and for which purpose; said beside their name. */
  readonly may?: string
  readonly purpose?: Purpose
  readonly children?: Child
}

/** The frame of every staff page, whichever room it is of. */
export type DeskFrame = {
  /** Runs a page for whoever is signed in; anybody else is told how to sign in. */
  readonly at: (c: Context, page: (at: AtDesk) => Promise<Response>) => Promise<Response>
  readonly Page: (props: FrameProps) => Child
}

type FrameContext = {
  readonly db: Database<WebTables>
  readonly web: Web
  readonly now: Now
  readonly policy: Policy
  readonly rail: (staff: Staff) => Promise<readonly RailItem[]>
}

/** Makes the frame. Shape: `rail` answers every room's entry, with what waits there for this member of staff. */
export function deskFrame(ctx: FrameContext): DeskFrame {
  return {
    at: async (c, page) => {
      const staff = await signedIn(ctx, c)
      c.header('X-Robots-Tag', 'noindex')
      return staff ? page({ staff }) : c.html(<SignedOut web={ctx.web} />, 401)
    },
    Page: (props) => <Framed ctx={ctx} {...props} />,
  }
}

/** The rail is counted where a page is shown, so an answer that only leads on counts nothing. */
async function Framed({ ctx, at, title, here, may, purpose, children }: FrameProps & { ctx: FrameContext }) {
  const said = may ? (
    <>
      {may} {purpose ? <Stamp clause={clauseFor(ctx.policy, purpose)} /> : null}
    </>
  ) : undefined
  const who = { label: nameOf(at.staff), may: said, signOut: '/desk/sign-out' }
  return (
    <DeskPage web={ctx.web} title={title} here={here} rail={await ctx.rail(at.staff)} who={who}>
      {children}
    </DeskPage>
  )
}

function nameOf({ label, role }: Staff): string {
  return label === en.staffRoles[role] ? label : `${label}, ${en.staffRoles[role]}`
}

function SignedOut({ web }: { web: Web }) {
  return (
    <Page web={web} title={en.signedOutTitle} kind="plain" noindex>
      <h1>{en.signedOutTitle}</h1>
      <p class="lede">{en.signedOut}</p>
    </Page>
  )
}
