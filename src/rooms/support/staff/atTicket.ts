import type { Context } from 'hono'
import { refuse, type AtDesk } from '../../../web/index.ts'
import type { Actor } from '../../../vault/index.ts'
import type { AnswerOutcome, ByStaff } from '../cases/answer.ts'
import type { SupportContext } from '../context.ts'
import { ticketByNumber, type Ticket } from '../queries.ts'

/** Where the desk's pages about cases are. */
export const CASES = '/desk/cases'

/** A member of staff at a ticket. */
export type Work = { readonly at: AtDesk; readonly ticket: Ticket; readonly actor: Actor }

/** Runs a page for whoever is signed in, with the ticket that its address names. */
export function withTicket(ctx: SupportContext, c: Context, use: (work: Work) => Promise<Response>): Promise<Response> {
  return ctx.desk.at(c, async (at) => {
    const ticket = await ticketByNumber(ctx.db.query, c.req.param('number') ?? '')
    const actor = { role: at.staff.role, id: at.staff.id } as const
    return ticket ? use({ at, ticket, actor }) : refuse(c, ctx.web, 404)
  })
}

/** Who acts, for the deeds. */
export function byStaff({ ticket, actor }: Work, seen?: string): ByStaff {
  return { ticket, actor, ...(seen !== undefined && { seen }) }
}

/** What came back from a form of the page, with what was typed. */
export type Back = {
  readonly outcome?: AnswerOutcome
  readonly answer?: string
  readonly internal?: string
}

/** The labels of members of staff, by their ids. */
export async function labelsOf(
  ctx: SupportContext,
  ids: readonly (string | null)[],
): Promise<ReadonlyMap<string, string>> {
  const labels = new Map<string, string>()
  for (const id of new Set(ids)) {
    const label = id ? await ctx.labelOf(id) : undefined
    if (id && label) labels.set(id, label)
  }
  return labels
}
