import type { PersonId } from '../../../vault/index.ts'
import type { SupportContext } from '../context.ts'
import { addNamed, type Ticket, type Turn } from '../queries.ts'
import type { WhyDestroyed } from '../tables.ts'
import type { ByStaff } from './answer.ts'
import { dropFile, type TurnFile } from './queries.ts'
import { note } from './writeTurn.ts'

/** What is destroyed and why. */
export type Destroyed = { readonly because: WhyDestroyed } & (
  { readonly turn: Turn; readonly passage: number } | { readonly file: TurnFile }
)

/** Destroys one passage or one file for everybody; the rest stays. Answers how many passages nobody can read any more. */
export function destroy(
  ctx: Pick<SupportContext, 'db' | 'vault' | 'now'>,
  { ticket, actor }: ByStaff,
  what: Destroyed,
): Promise<number> {
  return ctx.db.tx(async (tx) => {
    const { because } = what
    await note(ctx, tx, { ticket: ticket.id, step: 'destroyed', staff: actor.id, because })
    if ('turn' in what) return await ctx.vault.dropPassages(tx, { text: what.turn.text, passages: [what.passage] })
    const { called, text, id } = what.file
    const gone = await ctx.vault.dropPassages(tx, { text: called, passages: [0] })
    await dropFile(tx, ticket.id, id)
    return gone + (await ctx.vault.dropPassages(tx, { text, passages: [0] }))
  })
}

type ShareContext = Pick<SupportContext, 'db' | 'vault' | 'now'> & { readonly notice: number }

/** A passage that speaks of somebody else: of a person on the ticket, or of one who is known by an address only. */
export type Named = {
  readonly turn: Turn
  readonly passage: number
  readonly from: PersonId
  readonly to: PersonId | { readonly email: string }
}

/**
 * Gives a passage to the person whom it is about: they can see and erase it from then on, and for the one who wrote it it is covered.
 * Somebody known by an address only becomes a person of this ticket, held for what the ticket is for.
 */
export async function nameIn(
  ctx: ShareContext,
  { ticket, actor }: ByStaff,
  named: Named,
): Promise<'shared' | 'refused'> {
  const { turn, passage, from } = named
  const to = typeof named.to === 'string' ? named.to : await newcomer(ctx, ticket, named.to.email)
  await ctx.db.tx(async (tx) => {
    await addNamed(tx, { ticket: ticket.id, turn: turn.id, person: to })
    await note(ctx, tx, { ticket: ticket.id, step: 'shared', staff: actor.id })
  })
  const { outcome } = await ctx.vault.shareText({
    text: turn.text,
    passages: [passage],
    from,
    to,
    purpose: ticket.purpose,
    keep: false,
    actor,
    for: `ticket:${ticket.id}`,
  })
  return outcome
}

async function newcomer(ctx: ShareContext, ticket: Ticket, email: string): Promise<PersonId> {
  const sealer = await ctx.vault.newPerson(['case'], { email })
  const { purpose, state } = ticket
  await ctx.db.tx(async (tx) => {
    const person = await ctx.vault.collect(tx, sealer, {
      purposes: [purpose],
      values: { email },
      notice: ctx.notice,
      channel: 'desk',
    })
    const at = ctx.now()
    if (purpose === 'enquiry') await ctx.vault.mark(tx, { person, purposes: [purpose], event: 'asked', at })
    else if (state === 'closed') await ctx.vault.mark(tx, { person, purposes: [purpose], event: 'closed', at })
  })
  return sealer.person
}
