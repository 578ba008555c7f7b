import { myCopies } from '../../core/licences/index.ts'
import type { PersonId } from '../../vault/index.ts'
import type { CopiesContext } from './context.ts'
import { en } from './words.ts'

/** The copies of a person in words, for the person. */
export async function copiesHeld(
  { licences, web }: CopiesContext,
  person: PersonId,
): Promise<{ title: string; lines: string[] }> {
  const lines = (await myCopies(licences, [person])).map(({ productName, keyTail, since }) =>
    en.heldLine(productName, keyTail, web.dates.day(since)),
  )
  return { title: en.heldTitle, lines }
}
