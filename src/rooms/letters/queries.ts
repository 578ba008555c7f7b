import { sql, type Query, type Tx } from '../../db/index.ts'
import { newId } from '../../lib/index.ts'
import type { PersonId, TextId } from '../../vault/index.ts'
import type { LetterId } from './context.ts'
import type { CameBy, LetterTables, Step, Way } from './tables.ts'

/** A letter as it lies in the tray: nothing of who wrote it. Shape: `receivedOn` as `YYYY-MM-DD`. */
export type LetterRow = {
  readonly id: LetterId
  readonly person: PersonId
  readonly cameBy: CameBy
  readonly receivedOn: string
  readonly text: TextId
  readonly scan: TextId | null
}

/** After one of these nobody waits for us any more. */
const CLOSING: readonly Step[] = ['answered', 'request', 'done', 'deceased']

/**
 * Whether nobody waits for us any more. An answer by e-mail closes nothing until its mail is out: one that was not sent needs another
 * way. What is closed is gathered once for all letters, not asked again for each. The reference is that of `answerRef`.
 */
const isClosed = sql<boolean>`letter_id in (
  select s.letter_id from letter_step s
    where s.step in (${sql.join(CLOSING)}) and not (s.step = 'answered' and s.because = 'mail')
  union all
  select r.letter_id from letter_reply r
    join contact_ledger l on l.ref = 'letter:' || r.letter_id || ':' || r.reply_id and l.channel = 'mail'
    where r.way = 'mail' and l.outcome in ('handed-over', 'unknown') and l.bounce is distinct from 'lasting')`

/** Writes a letter that came in. */
export async function addLetter(tx: Tx<LetterTables>, letter: LetterRow & { readonly at: Date }): Promise<void> {
  await tx
    .insertInto('letter')
    .values({
      letter_id: letter.id,
      person_id: letter.person,
      came_by: letter.cameBy,
      received_on: letter.receivedOn,
      text_id: letter.text,
      scan_id: letter.scan,
      made_at: letter.at,
    })
    .execute()
}

function letters(db: Query<LetterTables>) {
  return db
    .selectFrom('letter')
    .select([
      sql<LetterId>`letter_id`.as('id'),
      'person_id as person',
      'came_by as cameBy',
      sql<string>`received_on::text`.as('receivedOn'),
      'text_id as text',
      'scan_id as scan',
    ])
}

/** One letter. */
export function letterById(db: Query<LetterTables>, id: LetterId): Promise<LetterRow | undefined> {
  return letters(db).where('letter_id', '=', id).executeTakeFirst()
}

/** The letter whose reference is printed on its answer. Shape: the last eight signs of its id, in small letters. */
export function letterByTail(db: Query<LetterTables>, tail: string): Promise<LetterRow | undefined> {
  return letters(db)
    .where(sql<string>`right(letter_id::text, 8)`, '=', tail)
    .orderBy('letter_id', 'desc')
    .executeTakeFirst()
}

/** Letters that wait for somebody, the oldest first, or those that wait no more, the newest first. */
export function lettersThat(db: Query<LetterTables>, are: 'waiting' | 'done'): Promise<LetterRow[]> {
  return letters(db)
    .where(are === 'done' ? isClosed : sql<boolean>`not ${isClosed}`)
    .orderBy('received_on', are === 'done' ? 'desc' : 'asc')
    .orderBy('letter_id')
    .limit(200)
    .execute()
}

/** How many letters wait. */
export async function waitingCount(db: Query<LetterTables>): Promise<number> {
  const row = await db
    .selectFrom('letter')
    .select(sql<number>`count(*)::int`.as('count'))
    .where(sql<boolean>`not ${isClosed}`)
    .executeTakeFirst()
  return row?.count ?? 0
}

/** The persons of the letters that are held, each with its day, the oldest first. */
export function heldLetters(db: Query<LetterTables>, most: number): Promise<LetterRow[]> {
  return letters(db).orderBy('received_on').limit(most).execute()
}

/** The letters of a person, the oldest first. */
export function lettersOf(db: Query<LetterTables>, person: PersonId): Promise<LetterRow[]> {
  return letters(db).where('person_id', '=', person).orderBy('received_on').execute()
}

/** What was done about a letter, in order. */
export type StepRow = { readonly step: Step; readonly because: string; readonly at: Date }

/** The steps of one letter. */
export function stepsOf(db: Query<LetterTables>, letter: LetterId): Promise<StepRow[]> {
  return db
    .selectFrom('letter_step')
    .select(['step', 'because', 'made_at as at'])
    .where('letter_id', '=', letter)
    .orderBy('step_id')
    .execute()
}

/** A step that is taken now. */
export type NewStep = {
  readonly letter: Pick<LetterRow, 'id' | 'person'>
  readonly step: Step
  readonly because?: string
  readonly at: Date
  readonly by: string
  /** The id of the form that asks for it, where the same form must not count twice. */
  readonly form?: string
}

/** Notes a step. Answers false when its form was sent before. */
export async function addStep(tx: Tx<LetterTables>, asked: NewStep): Promise<boolean> {
  const { letter, step, because = '', at, by, form = newId<'step'>(at) } = asked
  const { numInsertedOrUpdatedRows: added } = await tx
    .insertInto('letter_step')
    .values({
      step_id: form,
      letter_id: letter.id,
      person_id: letter.person,
      step,
      because,
      made_at: at,
      made_by: by,
    })
    .onConflict((known) => known.column('step_id').doNothing())
    .executeTakeFirstOrThrow()
  return added === 1n
}

/** Takes back a step whose deed came to nothing. */
export async function dropStep(tx: Tx<LetterTables>, id: string): Promise<void> {
  await tx.deleteFrom('letter_step').where('step_id', '=', id).execute()
}

/** An answer, without its words. */
export type AnswerRow = {
  readonly id: string
  readonly letter: LetterId
  readonly person: PersonId
  readonly text: TextId
  readonly way: Way
  readonly notice: number
  readonly madeAt: Date
  readonly sentAt: Date | null
}

/** Writes an answer. Answers false when that form was sent before. */
export async function addAnswer(
  tx: Tx<LetterTables>,
  answer: Omit<AnswerRow, 'sentAt'> & { readonly by: string },
): Promise<boolean> {
  const { numInsertedOrUpdatedRows: added } = await tx
    .insertInto('letter_reply')
    .values({
      reply_id: answer.id,
      letter_id: answer.letter,
      person_id: answer.person,
      text_id: answer.text,
      way: answer.way,
      notice: answer.notice,
      made_at: answer.madeAt,
      made_by: answer.by,
    })
    .onConflict((known) => known.column('reply_id').doNothing())
    .executeTakeFirstOrThrow()
  return added === 1n
}

function answers(db: Query<LetterTables>) {
  return db
    .selectFrom('letter_reply')
    .select([
      'reply_id as id',
      sql<LetterId>`letter_id`.as('letter'),
      'person_id as person',
      'text_id as text',
      'way',
      'notice',
      'made_at as madeAt',
      'sent_at as sentAt',
    ])
}

/** The answers to one letter, in order. */
export function answersTo(db: Query<LetterTables>, letter: LetterId): Promise<AnswerRow[]> {
  return answers(db).where('letter_id', '=', letter).orderBy('reply_id').execute()
}

/** One answer. */
export function answerById(db: Query<LetterTables>, id: string): Promise<AnswerRow | undefined> {
  return answers(db).where('reply_id', '=', id).executeTakeFirst()
}

/** Notes that an answer is out. Answers whether this was the first time. */
export async function markSent(tx: Tx<LetterTables>, id: string, at: Date): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('letter_reply')
    .set({ sent_at: at })
    .where('reply_id', '=', id)
    .where('sent_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}
