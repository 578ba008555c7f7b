import { newId, readableCode } from '../../../lib/index.ts'
import type { SurveysContext } from '../context.ts'
import { fileJson, type Definition } from '../form/definition.ts'
import { addDraft, type SurveyId } from '../queries.ts'

/** Writes a new draft, under an address made from its title. */
export async function draft(ctx: Pick<SurveysContext, 'db' | 'now'>, definition: Definition): Promise<SurveyId> {
  const at = ctx.now()
  const id = newId<'survey'>(at)
  const words = slugOf(definition.title)
  let slug = words === 'survey' ? varied(words) : words
  while (!(await addDraft(ctx.db.query, { id, slug, definition: fileJson(definition), at }))) slug = varied(words)
  return id
}

const varied = (slug: string): string => `${slug}-${readableCode(5).toLowerCase()}`

function slugOf(title: string): string {
  const words = title
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 40)
    .replace(/^-+|-+$/g, '')
  return words === '' || words === 'withdraw' ? 'survey' : words
}
