import type { Ref } from '../../vault/index.ts'
import type { LetterId } from './context.ts'
import type { AnswerRow } from './queries.ts'

/** What every look at a letter, and its printed answer, is for. */
export function letterRef(letter: LetterId): Ref {
  return `letter:${letter}`
}

/** What the mail of an answer is for: its letter, then itself. */
export function answerRef({ letter, id }: Pick<AnswerRow, 'letter' | 'id'>): Ref {
  return `letter:${letter}:${id}`
}

/** The id of the answer that a mail is for. */
export function answerIn(ref: Ref): string {
  return ref.split(':')[2] ?? ''
}
