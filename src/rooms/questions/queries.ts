import type { Query } from '../../db/index.ts'
import type { Id } from '../../lib/index.ts'
import type { Field, Purpose } from '../../policy/index.ts'
import type { PersonId, TextId } from '../../vault/index.ts'
import type { QuestionOutcome, QuestionTables, Reason } from './tables.ts'

type Handle = Query<QuestionTables>

/** The id of a question. */
export type QuestionId = Id<'question'>

/** One question as it was put. Shape: `about` as `order:<id>`. */
export type Question = {
  readonly id: QuestionId
  readonly person: PersonId
  readonly about: string
  readonly purpose: Purpose
  readonly fields: readonly Field[]
  readonly reason: Reason
  readonly text: TextId | null
  readonly askedAt: Date
  readonly endsAt: Date
  readonly outcome: QuestionOutcome | null
  readonly endedAt: Date | null
}

const columns = [
  'question_id as id',
  'person_id as person',
  'about',
  'purpose',
  'fields',
  'reason',
  'text_id as text',
  'asked_at as askedAt',
  'ends_at as endsAt',
  'outcome',
  'ended_at as endedAt',
] as const

/** Writes a question. */
export async function addQuestion(
  tx: Handle,
  asked: Omit<Question, 'outcome' | 'endedAt'> & { readonly staff: string },
): Promise<void> {
  await tx
    .insertInto('question')
    .values({
      question_id: asked.id,
      person_id: asked.person,
      about: asked.about,
      purpose: asked.purpose,
      fields: [...asked.fields],
      reason: asked.reason,
      text_id: asked.text,
      staff_id: asked.staff,
      asked_at: asked.askedAt,
      ends_at: asked.endsAt,
      outcome: null,
      ended_at: null,
    })
    .execute()
}

/** One question. */
export function questionById(db: Handle, id: QuestionId): Promise<Question | undefined> {
  return db.selectFrom('question').select(columns).where('question_id', '=', id).executeTakeFirst()
}

/** The newest questions, those that wait first. */
export function newestQuestions(db: Handle, most: number): Promise<Question[]> {
  return db
    .selectFrom('question')
    .select(columns)
    .orderBy('ended_at', (order) => order.desc().nullsFirst())
    .orderBy('asked_at', 'desc')
    .limit(most)
    .execute()
}

/** The questions to a person, the oldest first. */
export function questionsTo(db: Handle, person: PersonId): Promise<Question[]> {
  return db.selectFrom('question').select(columns).where('person_id', '=', person).orderBy('asked_at').execute()
}

/** Questions whose time ran out before an instant while they waited. */
export function lateQuestions(db: Handle, at: Date): Promise<Question[]> {
  return db
    .selectFrom('question')
    .select(columns)
    .where('outcome', 'is', null)
    .where('ends_at', '<=', at)
    .orderBy('ends_at')
    .limit(1000)
    .execute()
}

/** How many questions wait. */
export async function waitingQuestions(db: Handle): Promise<number> {
  const row = await db
    .selectFrom('question')
    .select((count) => count.fn.countAll<string>().as('all'))
    .where('outcome', 'is', null)
    .executeTakeFirst()
  return Number(row?.all ?? 0)
}

/** Ends a question that waits; answers whether it did. Of two who end it at once, one does. */
export async function endQuestion(
  tx: Handle,
  id: QuestionId,
  how: { readonly outcome: QuestionOutcome; readonly at: Date },
): Promise<boolean> {
  const row = await tx
    .updateTable('question')
    .set({ outcome: how.outcome, ended_at: how.at, text_id: null })
    .where('question_id', '=', id)
    .where('outcome', 'is', null)
    .returning('question_id')
    .executeTakeFirst()
  return row !== undefined
}
