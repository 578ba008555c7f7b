import type { Actor, PersonId } from '../../../vault/index.ts'
import { namedOf } from '../answer/queries.ts'
import type { SurveysContext } from '../context.ts'
import { heard } from '../form/spoken.ts'
import type { Answers } from '../form/read.ts'
import type { Survey } from '../queries.ts'

/** One answer under a name. Shape: `email` is absent where none was given. */
export type NamedSheet = { readonly person: PersonId; readonly said: Answers; readonly email: string | undefined }

const ON_A_PAGE = 50

/** A page of answers with whose they are, opened for one member of staff. Shape: pages are counted from 1. */
export async function namedSheets(
  ctx: SurveysContext,
  survey: Survey,
  { page, actor }: { page: number; actor: Actor },
): Promise<{ sheets: NamedSheet[]; more: boolean }> {
  // One more than is shown tells whether there is a next page.
  const found = await namedOf(ctx.db.query, survey.id, { skip: (page - 1) * ON_A_PAGE, most: ON_A_PAGE + 1 })
  const persons = found.slice(0, ON_A_PAGE)
  const sheets = await openSheets(ctx, survey, { persons, fields: ['answers', 'email'], actor })
  return { sheets, more: found.length > ON_A_PAGE }
}

type Look = {
  readonly persons: readonly PersonId[]
  readonly fields: readonly ('answers' | 'email')[]
  readonly actor: Actor
}

/** Opens the answers of some persons; whoever was erased is left out. */
export async function openSheets(
  ctx: Pick<SurveysContext, 'vault'>,
  survey: Survey,
  { persons, fields, actor }: Look,
): Promise<NamedSheet[]> {
  const look = { purpose: 'survey', fields, actor, for: `survey:${survey.id}`, persons: [persons] } as const
  const sheets: NamedSheet[] = []
  for await (const shown of ctx.vault.revealMany(look))
    for (const { person, values } of shown)
      if (values.answers) sheets.push({ person, said: heard(survey.definition, values.answers), email: values.email })
  return sheets
}
