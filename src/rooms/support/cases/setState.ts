import type { Tx } from '../../../db/index.ts'
import type { PersonId } from '../../../vault/index.ts'
import type { SupportContext } from '../context.ts'
import { changeTicket, lockTicket, personsOn, type Ticket, type TicketId } from '../queries.ts'
import type { SupportTables, TicketState } from '../tables.ts'
import { note } from './writeTurn.ts'

const steps = { open: 'opened', waiting: 'waiting', closed: 'closed' } as const

/** The state that a ticket is to have, and who says so; nobody is the program. */
export type StateChange = { readonly ticket: TicketId; readonly state: TicketState; readonly staff?: string }

/**
 * Sets the state of a ticket, inside the caller's transaction. Closing a case starts its clock for everybody on it, and opening it
 * again stops it. A question's clock runs from when it was asked, whatever its state.
 */
export async function setState(
  ctx: Pick<SupportContext, 'vault' | 'now'>,
  tx: Tx<SupportTables>,
  { ticket: id, state, staff }: StateChange,
): Promise<void> {
  const ticket = await lockTicket(tx, id)
  if (!ticket) return
  const at = ctx.now()
  await changeTicket(tx, id, { state, turnedAt: at })
  if (ticket.state === state) return
  await note(ctx, tx, { ticket: id, step: steps[state], ...(staff && { staff }) })
  if (ticket.purpose !== 'support') return
  const purposes = ['support'] as const
  for (const person of await personsOn(tx, id)) {
    if (state === 'closed') await ctx.vault.mark(tx, { person, purposes, event: 'closed', at })
    else if (ticket.state === 'closed') await ctx.vault.unmark(tx, { person, purposes })
  }
}

/** Starts the clock of somebody who joins a ticket: a question's from when they asked, a case's only where it is closed already. */
export async function startClock(
  ctx: Pick<SupportContext, 'vault' | 'now'>,
  tx: Tx<SupportTables>,
  { purpose, state, person, asked }: Pick<Ticket, 'purpose' | 'state'> & { person: PersonId; asked?: Date },
): Promise<void> {
  const started = { person, purposes: [purpose] } as const
  if (purpose === 'enquiry') await ctx.vault.mark(tx, { ...started, event: 'asked', at: asked ?? ctx.now() })
  else if (state === 'closed') await ctx.vault.mark(tx, { ...started, event: 'closed', at: ctx.now() })
}

/** Closes a case for whose customer we have waited since before an instant, unless somebody wrote on it in this moment. */
export function closeWaiting(
  ctx: Pick<SupportContext, 'db' | 'vault' | 'now'>,
  ticket: TicketId,
  before: Date,
): Promise<void> {
  return ctx.db.tx(async (tx) => {
    const locked = await lockTicket(tx, ticket)
    if (locked?.state === 'waiting' && locked.turnedAt < before) await setState(ctx, tx, { ticket, state: 'closed' })
  })
}

/** Sets the state of a ticket by itself. */
export function turnTo(ctx: Pick<SupportContext, 'db' | 'vault' | 'now'>, change: StateChange): Promise<void> {
  return ctx.db.tx((tx) => setState(ctx, tx, change))
}
