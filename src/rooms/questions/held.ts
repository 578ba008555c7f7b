import type { PersonId } from '../../vault/index.ts'
import type { QuestionContext } from './context.ts'
import { questionsTo } from './queries.ts'
import { en } from './words.ts'

/** The questions to a person in words, for the person. */
export async function questionsHeld(
  { db, web, policy }: QuestionContext,
  person: PersonId,
): Promise<{ title: string; lines: string[] }> {
  const lines = (await questionsTo(db.query, person)).map(({ fields, reason, askedAt, outcome }) => {
    return en.heldLine({
      fields: fields.map((field) => policy.fields[field].label.en).join(', '),
      reason: en.reasons[reason],
      on: web.dates.day(askedAt),
      state: en.states[outcome ?? 'waiting'],
    })
  })
  return { title: en.heldTitle, lines }
}
