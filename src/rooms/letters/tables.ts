import type { Grants } from '../../db/index.ts'
import type { PersonId, TextId } from '../../vault/index.ts'

/** How a letter came. */
export type CameBy = 'letter' | 'mail'

/** How an answer goes. */
export type Way = 'post' | 'mail'

/** What was done about a letter. */
export type Step = 'answered' | 'returned' | 'moved' | 'deceased' | 'request' | 'done'

/** The tables of letters: ids, dates and words, never a name, an address or a text. */
export type LetterTables = {
  letter: {
    letter_id: string
    person_id: PersonId
    came_by: CameBy
    received_on: string
    text_id: TextId
    scan_id: TextId | null
    made_at: Date
  }
  letter_reply: {
    reply_id: string
    letter_id: string
    person_id: PersonId
    text_id: TextId
    way: Way
    notice: number
    made_at: Date
    made_by: string
    sent_at: Date | null
  }
  letter_step: {
    step_id: string
    letter_id: string
    person_id: PersonId
    step: Step
    because: string
    made_at: Date
    made_by: string
  }
}

/** The rights of the app on these tables. */
export const letterGrants: Grants = {
  letter: ['select', 'insert', 'delete'],
  letter_reply: ['select', 'insert', 'update', 'delete'],
  letter_step: ['select', 'insert', 'delete'],
}
