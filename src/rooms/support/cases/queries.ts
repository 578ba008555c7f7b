import { sql, type Query, type Tx } from '../../../db/index.ts'
import type { PersonId, TextId } from '../../../vault/index.ts'
import type { SupportTables } from '../tables.ts'
import type { TicketId } from '../queries.ts'

/** A file that came with a turn. Shape: `called` is the text of its name, `text` that of its bytes. */
export type TurnFile = {
  readonly ticket: TicketId
  readonly id: string
  readonly turn: string
  readonly type: string
  readonly bytes: number
  readonly called: TextId
  readonly text: TextId
}

/** Writes a file of a turn. */
export async function addFile(tx: Tx<SupportTables>, file: TurnFile): Promise<void> {
  await tx
    .insertInto('ticket_file')
    .values({
      ticket_id: file.ticket,
      file_id: file.id,
      turn_id: file.turn,
      type: file.type,
      bytes: file.bytes,
      called_text_id: file.called,
      text_id: file.text,
    })
    .execute()
}

/** The files of a ticket. */
export async function filesOf(db: Query<SupportTables>, ticket: TicketId): Promise<TurnFile[]> {
  const rows = await db
    .selectFrom('ticket_file')
    .select([
      'ticket_id as ticket',
      'file_id as id',
      'turn_id as turn',
      'type',
      'bytes',
      'called_text_id as called',
      'text_id as text',
    ])
    .where('ticket_id', '=', ticket)
    .orderBy('file_id')
    .execute()
  return rows as TurnFile[]
}

/** Removes the row of a file whose texts were destroyed. */
export async function dropFile(tx: Tx<SupportTables>, ticket: TicketId, file: string): Promise<void> {
  await tx.deleteFrom('ticket_file').where('ticket_id', '=', ticket).where('file_id', '=', file).execute()
}

const TABLES = ['ticket_file', 'ticket_person', 'ticket_turn', 'ticket_step', 'ticket_number', 'ticket'] as const

/** Removes every ticket of which nobody is left; answers how many. */
export async function dropEmptyTickets(tx: Tx<SupportTables>): Promise<number> {
  const { rows } = await sql<{ id: string }>`
    select ticket_id as id from ticket t
    where not exists (select from ticket_person p where p.ticket_id = t.ticket_id) limit 500 for update`.execute(tx)
  const ids = rows.map((row) => row.id)
  for (const table of ids.length > 0 ? TABLES : [])
    await sql`delete from ${sql.table(table)} where ticket_id = any (${ids}::uuid[])`.execute(tx)
  return ids.length
}

/** Tickets for whose customer we have waited since before an instant. */
export async function waitingSince(db: Query<SupportTables>, before: Date): Promise<TicketId[]> {
  const rows = await db
    .selectFrom('ticket')
    .select('ticket_id')
    .where('state', '=', 'waiting')
    .where('turned_at', '<', before)
    .limit(500)
    .execute()
  return rows.map((row) => row.ticket_id as TicketId)
}

/** The newest persons who wrote on tickets of a purpose. Shape: in a state, where one is named. */
export async function newestPersons(
  db: Query<SupportTables>,
  of: { purpose: string; state: string | undefined; most: number },
): Promise<PersonId[]> {
  const { rows } = await sql<{ person: PersonId }>`
    select p.person_id as person from ticket_person p join ticket t on t.ticket_id = p.ticket_id
    where t.purpose = ${of.purpose} and (${of.state ?? null}::text is null or t.state = ${of.state ?? null})
    group by 1 order by max(p.turn_id::text) desc limit ${of.most}`.execute(db)
  return rows.map((row) => row.person)
}
