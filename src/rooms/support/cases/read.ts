import type { Actor, OpenedPassage, PersonId, TextId } from '../../../vault/index.ts'
import type { SupportContext } from '../context.ts'
import { peopleOf, turnsOf, type Ticket, type Turn, type TurnPerson } from '../queries.ts'
import { readHead, type Head } from './passages.ts'
import { filesOf, type TurnFile } from './queries.ts'

/** A passage as it is shown. Shape: without `text` it is there and concerns somebody else; `for` are those whom it concerns. */
export type ShownPassage = {
  readonly passage: number
  readonly text: string | undefined
  readonly for: readonly PersonId[]
}

/** A file as it is shown. Shape: without `name` it cannot be opened by whoever looks. */
export type ShownFile = TurnFile & { readonly name: string | undefined }

/** A turn as it is shown. */
export type ShownTurn = {
  readonly turn: Turn
  readonly head: Head
  readonly passages: readonly ShownPassage[]
  readonly files: readonly ShownFile[]
  readonly writer: PersonId | undefined
}

type ReadContext = Pick<SupportContext, 'db' | 'vault'>

/** Who looks at a ticket: a member of staff at everybody on it, a person at what concerns them. */
export type Reader = { readonly actor: Actor; readonly persons: readonly PersonId[]; readonly internal: boolean }

/**
 * Opens the turns of a ticket for whoever looks; each person's look is logged with the ticket's id. Never inside a transaction.
 * Shape: what concerns somebody else stands there without its text.
 */
export async function readTurns(ctx: ReadContext, ticket: Ticket, reader: Reader): Promise<ShownTurn[]> {
  const turns = (await turnsOf(ctx.db.query, ticket.id)).filter(({ kind }) => reader.internal || kind !== 'internal')
  const people = await peopleOf(ctx.db.query, ticket.id)
  const files = await filesOf(ctx.db.query, ticket.id)
  const texts = textsOf(turns, files)
  const opened = await openAll(ctx, ticket, { ...reader, texts })
  const concerns = await ctx.vault.textPersons(texts)
  return turns.map((turn) => shown(turn, { opened, concerns, people, files }))
}

/** Opens one turn for the staff, and no other: what it says and what its files are called, of those whom that concerns. */
export async function readTurn(ctx: ReadContext, ticket: Ticket, of: { turn: Turn; actor: Actor }): Promise<ShownTurn> {
  const { turn, actor } = of
  const people = await peopleOf(ctx.db.query, ticket.id)
  const files = (await filesOf(ctx.db.query, ticket.id)).filter((file) => file.turn === turn.id)
  const texts = textsOf([turn], files)
  const concerns = await ctx.vault.textPersons(texts)
  const persons = [...new Set(concerns.map(({ person }) => person))]
  const opened = await openAll(ctx, ticket, { actor, persons, texts })
  return shown(turn, { opened, concerns, people, files })
}

function textsOf(turns: readonly Turn[], files: readonly TurnFile[]): TextId[] {
  return [...turns.map(({ text }) => text), ...files.map(({ called }) => called)]
}

async function openAll(
  ctx: ReadContext,
  ticket: Ticket,
  { actor, persons, texts }: Pick<Reader, 'actor' | 'persons'> & { texts: readonly TextId[] },
): Promise<Map<string, Buffer>> {
  const found = new Map<string, Buffer>()
  for (const person of persons) {
    const look = { person, purpose: ticket.purpose, texts, actor, for: `ticket:${ticket.id}` } as const
    const opened = await ctx.vault.openTexts(look)
    for (const one of opened.outcome === 'shown' ? opened.passages : []) found.set(placeOf(one), one.content)
  }
  return found
}

const placeOf = ({ text, passage }: Pick<OpenedPassage, 'text' | 'passage'>): string => `${text} ${passage}`

type Opened = {
  readonly opened: ReadonlyMap<string, Buffer>
  readonly concerns: readonly { text: TextId; passage: number; person: PersonId }[]
  readonly people: readonly TurnPerson[]
  readonly files: readonly TurnFile[]
}

function shown(turn: Turn, { opened, concerns, people, files }: Opened): ShownTurn {
  const here = concerns.filter(({ text }) => text === turn.text)
  const numbers = [...new Set(here.map(({ passage }) => passage))].filter((passage) => passage > 0)
  const passages = numbers
    .sort((a, b) => a - b)
    .map((passage) => ({
      passage,
      text: opened.get(placeOf({ text: turn.text, passage }))?.toString('utf8'),
      for: here.filter((one) => one.passage === passage).map(({ person }) => person),
    }))
  return {
    turn,
    passages,
    head: readHead(opened.get(placeOf({ text: turn.text, passage: 0 }))),
    files: files
      .filter((file) => file.turn === turn.id)
      .map((file) => ({ ...file, name: opened.get(placeOf({ text: file.called, passage: 0 }))?.toString('utf8') })),
    writer: people.find((one) => one.turn === turn.id && one.wrote)?.person,
  }
}

/** How somebody on a ticket can be reached, as far as it may still be opened. */
export type Known = {
  readonly person: PersonId
  readonly email: string | undefined
  readonly name: string | undefined
  readonly telephone: string | undefined
}

/** Opens who the people on a ticket are. */
export async function knownOf(
  ctx: Pick<SupportContext, 'vault'>,
  ticket: Ticket,
  { actor, persons }: Pick<Reader, 'actor' | 'persons'>,
): Promise<Known[]> {
  const known: Known[] = []
  for (const person of persons) {
    const look = { person, actor, for: `ticket:${ticket.id}` } as const
    const shown =
      ticket.purpose === 'support'
        ? await ctx.vault.reveal({ ...look, purpose: 'support', fields: ['email', 'name', 'telephone'] })
        : await ctx.vault.reveal({ ...look, purpose: 'enquiry', fields: ['email', 'name'] })
    if (shown.outcome !== 'shown') continue
    const values: { email?: string | undefined; name?: string | undefined; telephone?: string | undefined } =
      shown.values
    known.push({ person, email: values.email, name: values.name, telephone: values.telephone })
  }
  return known
}

/** Opens the e-mail address of somebody on a ticket and nothing else; undefined when none was given or it may not be opened. */
export async function emailOf(
  ctx: Pick<SupportContext, 'vault'>,
  ticket: Ticket,
  { actor, person }: { actor: Actor; person: PersonId },
): Promise<string | undefined> {
  const look = { person, purpose: ticket.purpose, fields: ['email'], actor, for: `ticket:${ticket.id}` } as const
  const shown = await ctx.vault.reveal(look)
  return shown.outcome === 'shown' ? shown.values.email : undefined
}
