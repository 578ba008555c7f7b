import type { Grants } from '../../db/index.ts'
import type { Id } from '../../lib/index.ts'
import type { Field, Purpose } from '../../policy/index.ts'
import type { PersonId, TextId } from '../../vault/index.ts'

/** Why something more is needed. */
export type Reason = 'deliver' | 'reach' | 'solve' | 'tell-apart'

/** How a question ended. None yet: it waits. */
export type QuestionOutcome = 'answered' | 'declined' | 'ended'

/** What people were asked for beyond what they gave: names of fields and words, never a value or a text. */
export type QuestionTables = {
  question: {
    question_id: Id<'question'>
    person_id: PersonId
    about: string
    purpose: Purpose
    fields: Field[]
    reason: Reason
    text_id: TextId | null
    staff_id: string
    asked_at: Date
    ends_at: Date
    outcome: QuestionOutcome | null
    ended_at: Date | null
  }
}

/** A question ends and is kept; it goes with its person. */
export const questionGrants: Grants = { question: ['select', 'insert', 'update', 'delete'] }
