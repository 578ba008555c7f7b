import type { Actor, PersonId, Sealer } from '../../../vault/index.ts'
import type { Tx } from '../../../db/index.ts'
import type { SupportContext } from '../context.ts'
import { changeTicket, lockTicket, peopleOf, turnsOf, type Ticket, type Turn } from '../queries.ts'
import { en } from '../words.ts'
import { readHead, type Head } from './passages.ts'
import { emailOf } from './read.ts'
import type { SupportTables } from '../tables.ts'
import { setState } from './setState.ts'
import { note, writeTurn } from './writeTurn.ts'

type AnswerContext = Pick<SupportContext, 'db' | 'vault' | 'contact' | 'now' | 'kick'>

/** A member of staff at a ticket. Shape: `seen` is the newest turn that their page showed. */
export type ByStaff = { readonly ticket: Ticket; readonly actor: Actor; readonly seen?: string }

/** What became of an answer: sent, or why not. `moved`: something came in meanwhile; `answered`: an answer went out meanwhile. */
export type AnswerOutcome = 'sent' | 'empty' | 'moved' | 'answered' | 'nobody' | 'no-address'

type Addressed = { readonly person: PersonId; readonly turn: Turn }

/** The newest message of somebody who may still be written to. */
async function newestWriter(ctx: AnswerContext, ticket: Ticket): Promise<Addressed | undefined> {
  const turns = (await turnsOf(ctx.db.query, ticket.id)).filter(
    ({ kind, proposed }) => !proposed && (kind === 'message' || kind === 'call'),
  )
  const people = await peopleOf(ctx.db.query, ticket.id)
  for (const turn of turns.reverse()) {
    const writer = people.find((one) => one.turn === turn.id && one.wrote)?.person
    if (writer && (await ctx.vault.may(writer, ticket.purpose))) return { person: writer, turn }
  }
  return undefined
}

/** Locks a ticket and looks whether it is still as whoever writes saw it, so that a second click writes nothing. */
async function whatMoved(
  tx: Tx<SupportTables>,
  { ticket, seen }: Pick<ByStaff, 'ticket' | 'seen'>,
  counts: (turn: Turn) => boolean = () => true,
): Promise<'moved' | 'answered' | undefined> {
  const locked = await lockTicket(tx, ticket.id)
  if (locked?.purpose !== ticket.purpose) return 'moved'
  const newest = (await turnsOf(tx, ticket.id)).filter(counts).at(-1)
  if (seen === undefined || newest?.id === seen) return undefined
  return newest?.kind === 'reply' ? 'answered' : 'moved'
}

/** Whether the customer sees a turn on their page. */
export const isForCustomer = ({ kind, proposed }: Turn): boolean => kind !== 'internal' && !proposed

/**
 * Sends an answer: it is written beside what it answers, sealed for the one who is answered, and mailed to them. A question is closed
 * by its answer; a case waits for the customer unless it is to be closed. Errors: nothing is written unless it is sent.
 */
export async function answer(
  ctx: AnswerContext,
  by: ByStaff,
  { text, close }: { text: string; close: boolean },
): Promise<AnswerOutcome> {
  const { ticket, actor } = by
  if (text.trim() === '') return 'empty'
  const to = await newestWriter(ctx, ticket)
  if (!to) return 'nobody'
  if (!(await emailOf(ctx, ticket, { actor, person: to.person }))) return 'no-address'
  const head = await headAnswering(ctx, by, to)
  return withSealer(ctx, { ...by, person: to.person }, async (sealer) => {
    const moved = await ctx.db.tx(async (tx) => {
      const now = await whatMoved(tx, by)
      if (now) return now
      const turn = { ticket: ticket.id, kind: 'reply', channel: 'desk', staff: actor.id, head, text } as const
      const id = await writeTurn(ctx, tx, { turn, sealer })
      await ctx.contact.send(tx, {
        key: `ticket:${id}:reply`,
        kind: 'caseReply',
        person: to.person,
        purpose: ticket.purpose,
        for: `ticket:${ticket.id}:${id}`,
      })
      if (!ticket.staff) await changeTicket(tx, ticket.id, { staff: actor.id as NonNullable<Ticket['staff']> })
      const state = close || ticket.purpose === 'enquiry' ? 'closed' : 'waiting'
      await setState(ctx, tx, { ticket: ticket.id, state, staff: actor.id })
      return undefined
    })
    if (!moved) ctx.kick()
    return moved ?? 'sent'
  })
}

/** The subject of the answer and the conversation that it stands in. Source: RFC 5322 section 3.6.4. */
async function headAnswering(ctx: AnswerContext, { ticket, actor }: ByStaff, to: Addressed): Promise<Head> {
  const look = { person: to.person, purpose: ticket.purpose, texts: [to.turn.text], actor } as const
  const opened = await ctx.vault.openTexts({ ...look, for: `ticket:${ticket.id}` })
  const first = opened.outcome === 'shown' ? opened.passages.find(({ passage }) => passage === 0) : undefined
  const { subject, messageId, thread = [] } = readHead(first?.content)
  const about = subject === '' ? en.noSubject[ticket.purpose] : subject
  return {
    subject: /^re:/i.test(about) ? about : `Re: ${about}`,
    ...(messageId && { messageId, thread: [...thread, messageId] }),
  }
}

async function withSealer(
  ctx: AnswerContext,
  { ticket, actor, person }: ByStaff & { person: PersonId },
  use: (sealer: Sealer) => Promise<AnswerOutcome>,
): Promise<AnswerOutcome> {
  const opened = await ctx.vault.openSealer({
    person,
    classes: ['case'],
    purpose: ticket.purpose,
    part: 'message',
    actor,
    for: `ticket:${ticket.id}`,
  })
  if (opened.outcome === 'refused') return 'nobody'
  try {
    return await use(opened.sealer)
  } finally {
    opened.sealer.wipe()
  }
}

/** Writes down something for the staff alone. It is about a person, so it is sealed for them and goes with them. */
export async function writeInternal(ctx: AnswerContext, by: ByStaff, text: string): Promise<AnswerOutcome> {
  const { ticket, actor } = by
  if (text.trim() === '') return 'empty'
  const about = await newestWriter(ctx, ticket)
  if (!about) return 'nobody'
  return withSealer(ctx, { ...by, person: about.person }, async (sealer) => {
    const head = { subject: '' }
    const turn = { ticket: ticket.id, kind: 'internal', channel: 'desk', staff: actor.id, head, text } as const
    await ctx.db.tx((tx) => writeTurn(ctx, tx, { turn, sealer }))
    return 'sent'
  })
}

/** A customer answers on their own page: the link proved who they are, so the text joins what they wrote. */
export async function writeBack(
  ctx: AnswerContext,
  of: { ticket: Ticket; person: PersonId; text: string; seen?: string },
): Promise<AnswerOutcome> {
  const { ticket, person, text } = of
  if (text.trim() === '') return 'empty'
  const by = { ticket, actor: { role: 'person', id: 'case-link' } } as const
  return withSealer(ctx, { ...by, person }, async (sealer) => {
    const head = { subject: '' }
    const turn = { ticket: ticket.id, kind: 'message', channel: 'form', head, text } as const
    return ctx.db.tx(async (tx) => {
      const moved = await whatMoved(tx, of, isForCustomer)
      if (moved) return moved
      await writeTurn(ctx, tx, { turn, sealer })
      await setState(ctx, tx, { ticket: ticket.id, state: 'open' })
      return 'sent'
    })
  })
}

/** Takes a ticket, so that colleagues see that somebody is answering, or leaves it. */
export async function assign(
  ctx: Pick<SupportContext, 'db' | 'now'>,
  { ticket, actor }: ByStaff,
  take: boolean,
): Promise<void> {
  await ctx.db.tx(async (tx) => {
    const staff = take ? (actor.id as NonNullable<Ticket['staff']>) : null
    await changeTicket(tx, ticket.id, { staff })
    await note(ctx, tx, { ticket: ticket.id, step: take ? 'taken' : 'left', staff: actor.id })
  })
}
