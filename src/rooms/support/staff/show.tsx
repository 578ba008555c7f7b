import type { Context } from 'hono'
import type { PersonId } from '../../../vault/index.ts'
import { knownOf, readTurns } from '../cases/read.ts'
import type { SupportContext } from '../context.ts'
import { personsOn, stepsOf } from '../queries.ts'
import { en } from '../words.ts'
import { labelsOf, type Back, type Work } from './atTicket.ts'
import { TicketPage } from './ticketPage.tsx'

/** Shows a ticket. Everybody on it is opened for it, and each look is logged with its id. */
export async function showTicket(
  ctx: SupportContext,
  c: Context,
  { work, back = {} }: { work: Work; back?: Back },
): Promise<Response> {
  const { ticket, actor } = work
  const persons = await personsOn(ctx.db.query, ticket.id)
  const steps = await stepsOf(ctx.db.query, ticket.id)
  const page = {
    turns: await readTurns(ctx, ticket, { actor, persons, internal: true }),
    known: await knownOf(ctx, ticket, { actor, persons }),
    beside: await ctx.beside(await alikeOf(ctx, persons)),
    steps,
    labels: await labelsOf(ctx, [ticket.staff, ...steps.map(({ staff }) => staff)]),
    saved: en.saved.find(({ id }) => id === c.req.query('saved'))?.text ?? '',
  }
  return c.html(<TicketPage ctx={ctx} work={work} back={back} {...page} />, back.outcome ? 422 : 200)
}

async function alikeOf(ctx: SupportContext, persons: readonly PersonId[]): Promise<PersonId[]> {
  const alike = await Promise.all(persons.map((person) => ctx.vault.alike('email', person)))
  return [...new Set(alike.flat())]
}
