import type { Tx } from '../../../db/index.ts'
import { newId, readableCode } from '../../../lib/index.ts'
import type { PersonId } from '../../../vault/index.ts'
import type { SupportContext } from '../context.ts'
import {
  acceptTurn,
  addTicket,
  changeTicket,
  lockTicket,
  moveTurn,
  peopleOf,
  turnsOf,
  type Ticket,
  type TicketId,
} from '../queries.ts'
import type { SupportTables, TicketPurpose } from '../tables.ts'
import type { ByStaff } from './answer.ts'
import { note } from './writeTurn.ts'

type RefileContext = Pick<SupportContext, 'db' | 'vault' | 'now'> & { readonly notice: number }

/**
 * Files a question as a case or a case as a question: everybody on it gets the other ground, with its own clock, and loses the first.
 * A case that was filed as a question ends thirty days after it was asked, as every question does.
 */
export async function fileAs(ctx: RefileContext, { ticket, actor }: ByStaff, purpose: TicketPurpose): Promise<void> {
  if (ticket.purpose === purpose) return
  await ctx.db.tx(async (tx) => {
    const locked = await lockTicket(tx, ticket.id)
    if (!locked || locked.purpose === purpose) return
    for (const [person, since] of await sinceWhen(tx, ticket.id)) {
      await ctx.vault.grant(tx, { person, purpose, notice: ctx.notice, channel: 'desk' })
      await ctx.vault.withdraw(tx, { person, purposes: [locked.purpose] })
      if (purpose === 'enquiry') await ctx.vault.mark(tx, { person, purposes: [purpose], event: 'asked', at: since })
      else if (locked.state === 'closed')
        await ctx.vault.mark(tx, { person, purposes: [purpose], event: 'closed', at: ctx.now() })
    }
    await changeTicket(tx, ticket.id, { purpose, automatic: false })
    await note(ctx, tx, { ticket: ticket.id, step: `as-${purpose}`, staff: actor.id })
  })
}

/** Everybody on a ticket, with when they first came. */
async function sinceWhen(tx: Tx<SupportTables>, ticket: TicketId): Promise<Map<PersonId, Date>> {
  const at = new Map((await turnsOf(tx, ticket)).map((turn) => [turn.id, turn.at]))
  const since = new Map<PersonId, Date>()
  for (const { person, turn } of await peopleOf(tx, ticket)) {
    const first = at.get(turn)
    if (first && !since.has(person)) since.set(person, first)
  }
  return since
}

/** Lets a proposed turn join its ticket, because a member of staff knows that it belongs there. */
export async function join(
  ctx: Pick<SupportContext, 'db' | 'now'>,
  { ticket, actor }: ByStaff,
  turn: string,
): Promise<void> {
  await ctx.db.tx(async (tx) => {
    await acceptTurn(tx, ticket.id, turn)
    await note(ctx, tx, { ticket: ticket.id, step: 'joined', staff: actor.id })
  })
}

/** Makes a turn a ticket of its own: it did not belong to this one. Answers the new number. */
export async function part(
  ctx: Pick<SupportContext, 'db' | 'now'>,
  { ticket, actor }: ByStaff,
  turn: string,
): Promise<string> {
  const at = ctx.now()
  const number = `T-${readableCode(7)}`
  const own: Ticket = {
    ...ticket,
    id: newId<'ticket'>(at),
    number,
    state: 'open',
    staff: null,
    turnedAt: at,
    madeAt: at,
  }
  await ctx.db.tx(async (tx) => {
    await addTicket(tx, own)
    await moveTurn(tx, { from: ticket.id, to: own.id, turn })
    for (const id of [ticket.id, own.id]) await note(ctx, tx, { ticket: id, step: 'parted', staff: actor.id })
  })
  return number
}
