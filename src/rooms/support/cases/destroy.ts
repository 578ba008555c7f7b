import type { Tx } from '../../../db/index.ts'
import type { PersonId, Sealer } from '../../../vault/index.ts'
import type { SupportContext } from '../context.ts'
import { addNamed, lockTicket, peopleOf, type Ticket, type Turn } from '../queries.ts'
import type { SupportTables, WhyDestroyed } from '../tables.ts'
import type { ByStaff } from './answer.ts'
import { headOf, type Head } from './passages.ts'
import { dropFile, type TurnFile } from './queries.ts'
import { startClock } from './setState.ts'
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

/** Destroys the subject of a turn. What ties a mail to its conversation stays, so that answers go on finding it. */
export async function destroySubject(
  ctx: Pick<SupportContext, 'db' | 'vault' | 'now'>,
  { ticket, actor }: ByStaff,
  { turn, head, because }: { turn: Turn; head: Head; because: WhyDestroyed },
): Promise<void> {
  const text = turn.text
  const owners = (await ctx.vault.textPersons([text])).filter(({ passage }) => passage === 0)
  const sealers: Sealer[] = []
  try {
    for (const { person } of owners) {
      const intent = { person, classes: ['case'], purpose: ticket.purpose, part: 'message', actor } as const
      const opened = await ctx.vault.openSealer({ ...intent, for: `ticket:${ticket.id}` })
      if (opened.outcome === 'open') sealers.push(opened.sealer)
    }
    const content = headOf({ ...head, subject: '' })
    await ctx.db.tx(async (tx) => {
      await note(ctx, tx, { ticket: ticket.id, step: 'destroyed', staff: actor.id, because })
      await ctx.vault.dropPassages(tx, { text, passages: [0] })
      if (sealers.length > 0)
        await ctx.vault.writeTexts(tx, { id: text, class: 'case', passages: [{ content, for: sealers }] })
    })
  } finally {
    for (const sealer of sealers) sealer.wipe()
  }
}

type ShareContext = Pick<SupportContext, 'db' | 'vault' | 'now'> & { readonly notice: number }

/** A passage that speaks of somebody else, who is known by an address. */
export type Named = {
  readonly turn: Turn
  readonly passage: number
  readonly from: PersonId
  readonly email: string
}

/**
 * Gives a passage to the person whom it is about: they can see and erase it from then on, and for the one who wrote it it is covered.
 * Somebody who is not on the ticket becomes a person of it, held for what the ticket is for. Errors: `refused` when it is not the
 * writer's any more, also in this moment, or nobody may open it.
 */
export async function nameIn(ctx: ShareContext, by: ByStaff, named: Named): Promise<'shared' | 'refused'> {
  const { turn, passage, from } = named
  const { ticket, actor } = by
  const owners = await ctx.vault.textPersons([turn.text])
  const isTheirs = owners.some((one) => one.passage === passage && one.person === from)
  if (!isTheirs || !(await ctx.vault.may(from, ticket.purpose))) return 'refused'
  const to = await findOrMake(ctx, ticket, named)
  if (!to) return nameIn(ctx, by, named)
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
  if (outcome === 'shared')
    await ctx.db.tx((tx) => note(ctx, tx, { ticket: ticket.id, step: 'shared', staff: actor.id }))
  return outcome
}

/** The person of a ticket who has an address, or a new one. Answers nobody when somebody else joined the ticket meanwhile: look again. */
async function findOrMake(ctx: ShareContext, ticket: Ticket, { turn, email }: Named): Promise<PersonId | undefined> {
  const people = await peopleOf(ctx.db.query, ticket.id)
  const alike = new Set(await ctx.vault.find('email', email))
  const known = people.findLast(({ person }) => alike.has(person))?.person
  const sealer = known ? undefined : await ctx.vault.newPerson(['case'], { email })
  return ctx.db
    .tx(async (tx) => {
      const locked = await lockTicket(tx, ticket.id)
      if (!locked || (await peopleOf(tx, ticket.id)).length !== people.length) return undefined
      const person = sealer ? await hold(ctx, tx, { ticket: locked, sealer, email }) : known
      if (person) await addNamed(tx, { ticket: ticket.id, turn: turn.id, person })
      return person
    })
    .finally(() => sealer?.wipe())
}

async function hold(
  ctx: ShareContext,
  tx: Tx<SupportTables>,
  { ticket, sealer, email }: { ticket: Ticket; sealer: Sealer; email: string },
): Promise<PersonId> {
  const given = { purposes: [ticket.purpose], values: { email }, notice: ctx.notice, channel: 'desk' }
  const person = await ctx.vault.collect(tx, sealer, given)
  await startClock(ctx, tx, { ...ticket, person })
  return person
}
