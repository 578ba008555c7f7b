import { sql, type Query, type Tx } from '../../db/index.ts'
import type { Id } from '../../lib/index.ts'
import type { PersonId, TextId } from '../../vault/index.ts'
import type { Step, SupportTables, TicketPurpose, TicketState, TurnChannel, TurnKind, WhyDestroyed } from './tables.ts'

/** The id of a ticket. */
export type TicketId = Id<'ticket'>

/** The ticket that a reference names, and after it the turn. */
export function namedIn(ref: string): { ticket: TicketId; turn: string } {
  const [, ticket = '', turn = ''] = ref.split(':')
  return { ticket: ticket as TicketId, turn }
}

/** Stands in the place of a turn where a mail also says that a card number was cut out. */
export const CARD_CUT = 'cut'

/** A ticket without anything of what it says. */
export type Ticket = {
  readonly id: TicketId
  readonly number: string
  readonly purpose: TicketPurpose
  readonly channel: Exclude<TurnChannel, 'desk'>
  readonly automatic: boolean
  readonly state: TicketState
  readonly staff: Id<'staff'> | null
  readonly madeAt: Date
  readonly turnedAt: Date
}

const ticketColumns = [
  'ticket_id as id',
  'number',
  'purpose',
  'channel',
  'automatic',
  'state',
  'staff_id as staff',
  'made_at as madeAt',
  'turned_at as turnedAt',
] as const

/** Writes a new ticket with its number. */
export async function addTicket(tx: Tx<SupportTables>, ticket: Ticket): Promise<void> {
  await tx.insertInto('ticket_number').values({ number: ticket.number, ticket_id: ticket.id }).execute()
  await tx
    .insertInto('ticket')
    .values({
      ticket_id: ticket.id,
      number: ticket.number,
      purpose: ticket.purpose,
      channel: ticket.channel,
      automatic: ticket.automatic,
      state: ticket.state,
      staff_id: ticket.staff,
      made_at: ticket.madeAt,
      turned_at: ticket.turnedAt,
    })
    .execute()
}

/** One ticket by its id. */
export async function ticketById(db: Query<SupportTables>, id: string): Promise<Ticket | undefined> {
  const row = await db.selectFrom('ticket').select(ticketColumns).where('ticket_id', '=', id).executeTakeFirst()
  return row as Ticket | undefined
}

/** One ticket by its id, locked until the transaction ends. */
export async function lockTicket(tx: Tx<SupportTables>, id: string): Promise<Ticket | undefined> {
  const found = tx.selectFrom('ticket').select(ticketColumns).where('ticket_id', '=', id).forUpdate()
  return (await found.executeTakeFirst()) as Ticket | undefined
}

/** One ticket by the number that people say. */
export async function ticketByNumber(db: Query<SupportTables>, number: string): Promise<Ticket | undefined> {
  const row = await db
    .selectFrom('ticket_number')
    .innerJoin('ticket', 'ticket.ticket_id', 'ticket_number.ticket_id')
    .select([
      'ticket.ticket_id as id',
      'ticket.number',
      'ticket.purpose',
      'ticket.channel',
      'ticket.automatic',
      'ticket.state',
      'ticket.staff_id as staff',
      'ticket.made_at as madeAt',
      'ticket.turned_at as turnedAt',
    ])
    .where('ticket_number.number', '=', number)
    .executeTakeFirst()
  return row as Ticket | undefined
}

/** Which tickets a list shows. */
export type Shelf = 'open' | 'waiting' | 'mine' | 'closed' | 'automatic'

/** The tickets of a list: what waits longest first, what is closed newest first. */
export async function ticketsOn(
  db: Query<SupportTables>,
  of: { shelf: Shelf; staff: Id<'staff'>; most?: number },
): Promise<Ticket[]> {
  const all = db
    .selectFrom('ticket')
    .select(ticketColumns)
    .limit(of.most ?? 200)
  const people = all.where('automatic', '=', false)
  const rows = {
    open: () => people.where('state', '=', 'open').orderBy('turned_at'),
    waiting: () => people.where('state', '=', 'waiting').orderBy('turned_at'),
    mine: () => people.where('staff_id', '=', of.staff).where('state', '<>', 'closed').orderBy('turned_at'),
    closed: () => people.where('state', '=', 'closed').orderBy('turned_at', 'desc'),
    automatic: () => all.where('automatic', '=', true).orderBy('turned_at', 'desc'),
  }[of.shelf]()
  return (await rows.execute()) as Ticket[]
}

/** How many tickets of people are open. */
export async function openCount(db: Query<SupportTables>): Promise<number> {
  const { rows } = await sql<{ open: number }>`
    select count(*)::int as open from ticket where state = 'open' and not automatic`.execute(db)
  return rows[0]?.open ?? 0
}

/** What changes about a ticket. */
export type TicketChange = Partial<Pick<Ticket, 'purpose' | 'state' | 'staff' | 'automatic' | 'turnedAt'>>

/** Changes a ticket. */
export async function changeTicket(tx: Tx<SupportTables>, id: TicketId, change: TicketChange): Promise<void> {
  const { turnedAt, staff, ...same } = change
  const set = {
    ...same,
    ...(turnedAt && { turned_at: turnedAt }),
    ...(staff !== undefined && { staff_id: staff }),
  }
  await tx.updateTable('ticket').set(set).where('ticket_id', '=', id).execute()
}

/** A dated row of what was done. */
export type DoneStep = {
  readonly ticket: TicketId
  readonly id: string
  readonly step: Step
  readonly because: WhyDestroyed | null
  readonly staff: string | null
  readonly at: Date
}

/** Writes what was done with a ticket. */
export async function addStep(tx: Tx<SupportTables>, row: DoneStep): Promise<void> {
  await tx
    .insertInto('ticket_step')
    .values({
      ticket_id: row.ticket,
      step_id: row.id,
      step: row.step,
      because: row.because,
      staff_id: row.staff,
      at: row.at,
    })
    .execute()
}

/** What was done with a ticket, the oldest first. */
export async function stepsOf(db: Query<SupportTables>, ticket: TicketId): Promise<DoneStep[]> {
  const rows = await db
    .selectFrom('ticket_step')
    .select(['ticket_id as ticket', 'step_id as id', 'step', 'because', 'staff_id as staff', 'at'])
    .where('ticket_id', '=', ticket)
    .orderBy('at')
    .orderBy('step_id')
    .execute()
  return rows as DoneStep[]
}

/** One turn without its text. */
export type Turn = {
  readonly ticket: TicketId
  readonly id: string
  readonly kind: TurnKind
  readonly channel: TurnChannel
  readonly automatic: boolean
  readonly proposed: boolean
  readonly text: TextId
  readonly staff: string | null
  readonly at: Date
}

/** Writes a turn and whose it is. */
export async function addTurn(tx: Tx<SupportTables>, turn: Turn, person: PersonId): Promise<void> {
  await tx
    .insertInto('ticket_turn')
    .values({
      ticket_id: turn.ticket,
      turn_id: turn.id,
      kind: turn.kind,
      channel: turn.channel,
      automatic: turn.automatic,
      proposed: turn.proposed,
      text_id: turn.text,
      staff_id: turn.staff,
      at: turn.at,
    })
    .execute()
  const row = { ticket_id: turn.ticket, turn_id: turn.id, person_id: person, wrote: true }
  await tx.insertInto('ticket_person').values(row).execute()
}

const turnColumns = [
  'ticket_id as ticket',
  'turn_id as id',
  'kind',
  'channel',
  'automatic',
  'proposed',
  'text_id as text',
  'staff_id as staff',
  'at',
] as const

/** The turns of a ticket, the oldest first. */
export async function turnsOf(db: Query<SupportTables>, ticket: TicketId): Promise<Turn[]> {
  const rows = await db
    .selectFrom('ticket_turn')
    .select(turnColumns)
    .where('ticket_id', '=', ticket)
    .orderBy('at')
    .orderBy('turn_id')
    .execute()
  return rows as Turn[]
}

/** Whom a turn concerns. */
export type TurnPerson = { readonly turn: string; readonly person: PersonId; readonly wrote: boolean }

/** Whom the turns of a ticket concern, in the order of the turns. */
export function peopleOf(db: Query<SupportTables>, ticket: TicketId): Promise<TurnPerson[]> {
  return db
    .selectFrom('ticket_person')
    .select(['turn_id as turn', 'person_id as person', 'wrote'])
    .where('ticket_id', '=', ticket)
    .orderBy('turn_id')
    .execute()
}

/** Everybody on a ticket, each once, in the order in which they came. */
export async function personsOn(db: Query<SupportTables>, ticket: TicketId): Promise<PersonId[]> {
  return [...new Set((await peopleOf(db, ticket)).map(({ person }) => person))]
}

/** Notes that somebody is named in a turn. */
export async function addNamed(
  tx: Tx<SupportTables>,
  of: { ticket: TicketId; turn: string; person: PersonId },
): Promise<void> {
  await tx
    .insertInto('ticket_person')
    .values({ ticket_id: of.ticket, turn_id: of.turn, person_id: of.person, wrote: false })
    .onConflict((known) => known.doNothing())
    .execute()
}

/** Lets a proposed turn join its ticket. */
export async function acceptTurn(tx: Tx<SupportTables>, ticket: TicketId, turn: string): Promise<void> {
  await tx
    .updateTable('ticket_turn')
    .set({ proposed: false })
    .where('ticket_id', '=', ticket)
    .where('turn_id', '=', turn)
    .execute()
}

/** Moves a turn, with its files and people, to another ticket. */
export async function moveTurn(
  tx: Tx<SupportTables>,
  of: { from: TicketId; to: TicketId; turn: string },
): Promise<void> {
  const to = { ticket_id: of.to }
  const same = { ...to, proposed: false }
  await tx
    .updateTable('ticket_turn')
    .set(same)
    .where('ticket_id', '=', of.from)
    .where('turn_id', '=', of.turn)
    .execute()
  await tx
    .updateTable('ticket_person')
    .set(to)
    .where('ticket_id', '=', of.from)
    .where('turn_id', '=', of.turn)
    .execute()
  await tx.updateTable('ticket_file').set(to).where('ticket_id', '=', of.from).where('turn_id', '=', of.turn).execute()
}
