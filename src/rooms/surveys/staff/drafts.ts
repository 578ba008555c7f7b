import { newId, readableCode } from '../../../lib/index.ts'
import type { SurveysContext } from '../context.ts'
import { fileJson, type Definition } from '../form/definition.ts'
import { addDraft, isTaken, type SurveyId } from '../queries.ts'

/** Writes a new draft, under an address made from its title. */
export async function draft(ctx: Pick<SurveysContext, 'db' | 'now'>, definition: Definition): Promise<SurveyId> {
  const at = ctx.now()
  const id = newId<'survey'>(at)
  const slug = await freeSlug(ctx, definition.title)
  await addDraft(ctx.db.query, { id, slug, definition: fileJson(definition), at })
  return id
}

async function freeSlug(ctx: Pick<SurveysContext, 'db'>, title: string): Promise<string> {
  const words = title
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 40)
    .replace(/^-+|-+$/g, '')
  const plain = words === '' || words === 'withdraw' ? 'survey' : words
  const taken = await isTaken(ctx.db.query, plain)
  return taken || plain === 'survey' ? `${plain}-${readableCode(5).toLowerCase()}` : plain
}
