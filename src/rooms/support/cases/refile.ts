import type { Tx } from '../../../db/index.ts'
import { after } from '../../../lib/index.ts'
import type { PersonId } from '../../../vault/index.ts'
import type { SupportContext } from '../context.ts'
import {
  acceptTurn,
  addTicket,
  changeTicket,
  lockTicket,
  moveTurn,
  peopleOf,
  personsOn,
  turnsOf,
  type Ticket,
  type TicketId,
} from '../queries.ts'
import type { SupportTables, TicketPurpose } from '../tables.ts'
import type { ByStaff } from './answer.ts'
import { newTicket } from './arrive.ts'
import { startClock } from './setState.ts'
import { note } from './writeTurn.ts'

type RefileContext = Pick<SupportContext, 'db' | 'vault' | 'contact' | 'now'> & { readonly notice: number }

/** A mail that was asked for before is handed over on the ground that it was asked for on. Shape: a day more than a mail is tried. */
const HANDED_OVER_BY = 'P6D'

/**
 * Files a question as a case or a case as a question: everybody on it gets the other ground, with its own clock, and loses the first.
 * A case that was filed as a question ends thirty days after it was asked, as every question does. For whom a mail still waits, the
 * first ground lives on until it has been handed over.
 */
export async function fileAs(ctx: RefileContext, by: ByStaff, purpose: TicketPurpose): Promise<void> {
  const { ticket, actor } = by
  const newest = (await turnsOf(ctx.db.query, ticket.id)).at(-1)
  const waits = await whoWaits(ctx, ticket)
  const done = await ctx.db.tx(async (tx) => {
    const locked = await lockTicket(tx, ticket.id)
    if (!locked || locked.purpose === purpose) return true
    // Every mail is asked for together with a turn, so without a new one nobody else waits.
    if ((await turnsOf(tx, ticket.id)).at(-1)?.id !== newest?.id) return false
    for (const [person, asked] of await sinceWhen(tx, ticket.id)) {
      await regrant(ctx, tx, { person, from: locked.purpose, to: purpose, waits: waits.has(person) })
      await startClock(ctx, tx, { purpose, state: locked.state, person, asked })
    }
    await changeTicket(tx, ticket.id, { purpose, automatic: false })
    await note(ctx, tx, { ticket: ticket.id, step: `as-${purpose}`, staff: actor.id })
    return true
  })
  if (!done) await fileAs(ctx, by, purpose)
}

/** For whom a mail of a ticket waits to be handed over. */
async function whoWaits(ctx: RefileContext, ticket: Ticket): Promise<ReadonlySet<PersonId>> {
  const waits = new Set<PersonId>()
  for (const person of await personsOn(ctx.db.query, ticket.id)) {
    const mails = await ctx.contact.ledger(person)
    if (mails.some((mail) => mail.outcome === null && mail.for.startsWith(`ticket:${ticket.id}`))) waits.add(person)
  }
  return waits
}

type Regrant = {
  readonly person: PersonId
  readonly from: TicketPurpose
  readonly to: TicketPurpose
  readonly waits: boolean
}

async function regrant(ctx: RefileContext, tx: Tx<SupportTables>, { person, from, to, waits }: Regrant): Promise<void> {
  const ground = { person, notice: ctx.notice, channel: 'desk' }
  await ctx.vault.grant(tx, { ...ground, purpose: to })
  await ctx.vault.withdraw(tx, { person, purposes: [from] })
  if (waits) await ctx.vault.grant(tx, { ...ground, purpose: from, until: after(ctx.now(), HANDED_OVER_BY) })
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

/** Makes a turn an open ticket of its own: it did not belong to this one. Answers the new number, or the old one when it is gone from there. */
export async function part(
  ctx: Pick<SupportContext, 'db' | 'vault' | 'now'>,
  { ticket, actor }: ByStaff,
  turn: string,
): Promise<string> {
  return ctx.db.tx(async (tx) => {
    const locked = await lockTicket(tx, ticket.id)
    const people = (await peopleOf(tx, ticket.id)).filter((one) => one.turn === turn)
    if (!locked || people.length === 0) return ticket.number
    const own = newTicket(ctx, locked)
    await addTicket(tx, own)
    await moveTurn(tx, { from: ticket.id, to: own.id, turn })
    // An open case has no end, whatever became of the one that it came from.
    if (locked.purpose === 'support')
      for (const { person } of people) await ctx.vault.unmark(tx, { person, purposes: ['support'] })
    for (const id of [ticket.id, own.id]) await note(ctx, tx, { ticket: id, step: 'parted', staff: actor.id })
    return own.number
  })
}
