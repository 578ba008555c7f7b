import { noonOf } from '../../lib/index.ts'
import type { PersonId } from '../../vault/index.ts'
import type { LettersContext } from './context.ts'
import { lettersOf, stepsOf } from './queries.ts'
import { en } from './words.ts'

/** The letters of a person and what was done about them, in words, for the person. */
export async function lettersHeld(
  { db, web }: Pick<LettersContext, 'db' | 'web'>,
  person: PersonId,
): Promise<{ title: string; lines: string[] }> {
  const lines: string[] = []
  for (const letter of await lettersOf(db.query, person)) {
    const steps = (await stepsOf(db.query, letter.id)).map(
      ({ step, at }) => `${en.steps[step].replace(/[:;].*$/, '')}, ${web.dates.day(at)}`,
    )
    lines.push(en.heldLine(web.dates.day(noonOf(letter.receivedOn)), steps))
  }
  return { title: en.heldTitle, lines }
}
