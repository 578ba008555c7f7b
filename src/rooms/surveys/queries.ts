import type { Query, Tx } from '../../db/index.ts'
import type { Id } from '../../lib/index.ts'
import type { Definition } from './form/definition.ts'
import type { Mode, SurveyTables } from './tables.ts'

type Handle = Query<SurveyTables>

/** The id of a survey. */
export type SurveyId = Id<'survey'>

/** Where a survey stands. */
export type Standing = 'draft' | 'open' | 'closed' | 'calledOff'

/** A survey as rooms see it. Shape: `mode` and `endsAt` are there once it was published. */
export type Survey = {
  readonly id: SurveyId
  readonly slug: string
  readonly definition: Definition
  readonly mode: Mode | null
  readonly endsAt: Date | null
  readonly standing: Standing
}

type Row = SurveyTables['survey']

function surveyOf(row: Row): Survey {
  const ended = row.called_off_at ? 'calledOff' : row.closed_at ? 'closed' : undefined
  return {
    id: row.survey_id as SurveyId,
    slug: row.slug,
    definition: JSON.parse(row.definition) as Definition,
    mode: row.mode,
    endsAt: row.ends_at,
    standing: ended ?? (row.published_at ? 'open' : 'draft'),
  }
}

/** Whether a survey takes answers at an instant. */
export function isOpen({ standing, endsAt }: Pick<Survey, 'standing' | 'endsAt'>, at: Date): boolean {
  return standing === 'open' && endsAt !== null && endsAt > at
}

/** Every survey, the newest first. */
export async function surveys(db: Handle): Promise<Survey[]> {
  const rows = await db
    .selectFrom('survey')
    .selectAll()
    .orderBy('made_at', 'desc')
    .orderBy('survey_id', 'desc')
    .execute()
  return rows.map(surveyOf)
}

/** Every survey's mode, without reading what it asks; the newest first. */
export async function surveyModes(db: Handle): Promise<Pick<Survey, 'id' | 'mode'>[]> {
  const rows = await db
    .selectFrom('survey')
    .select(['survey_id', 'mode'])
    .orderBy('made_at', 'desc')
    .orderBy('survey_id', 'desc')
    .execute()
  return rows.map(({ survey_id, mode }) => ({ id: survey_id as SurveyId, mode }))
}

/** One survey by its id. */
export async function surveyById(db: Handle, id: string): Promise<Survey | undefined> {
  const row = await db.selectFrom('survey').selectAll().where('survey_id', '=', id).executeTakeFirst()
  return row && surveyOf(row)
}

/** One published survey by the name in its address. */
export async function surveyBySlug(db: Handle, slug: string): Promise<Survey | undefined> {
  const row = await db
    .selectFrom('survey')
    .selectAll()
    .where('slug', '=', slug)
    .where('published_at', 'is not', null)
    .executeTakeFirst()
  return row && surveyOf(row)
}

/** Writes a draft. Answers false, and writes nothing, when the name in its address is taken. */
export async function addDraft(
  db: Handle,
  draft: { id: SurveyId; slug: string; definition: string; at: Date },
): Promise<boolean> {
  const row = await db
    .insertInto('survey')
    .values({
      survey_id: draft.id,
      slug: draft.slug,
      definition: draft.definition,
      made_at: draft.at,
      mode: null,
      published_at: null,
      ends_at: null,
      closed_at: null,
      called_off_at: null,
    })
    .onConflict((known) => known.column('slug').doNothing())
    .returning('survey_id')
    .executeTakeFirst()
  return row !== undefined
}

/** Changes a draft; one that was published meanwhile stays as it is. Answers whether it was one. */
export async function changeDraft(db: Handle, id: SurveyId, definition: string): Promise<boolean> {
  const row = await db
    .updateTable('survey')
    .set({ definition })
    .where('survey_id', '=', id)
    .where('published_at', 'is', null)
    .returning('survey_id')
    .executeTakeFirst()
  return row !== undefined
}

/** Removes a draft. Answers whether it was one. */
export async function dropDraft(db: Handle, id: SurveyId): Promise<boolean> {
  const row = await db
    .deleteFrom('survey')
    .where('survey_id', '=', id)
    .where('published_at', 'is', null)
    .returning('survey_id')
    .executeTakeFirst()
  return row !== undefined
}

/** Publishes a draft as it was seen: what was changed meanwhile is not published unseen. Answers whether it was. */
export async function markPublished(
  tx: Tx<SurveyTables>,
  to: { id: SurveyId; definition: string; mode: Mode; at: Date; endsAt: Date },
): Promise<boolean> {
  const row = await tx
    .updateTable('survey')
    .set({ mode: to.mode, published_at: to.at, ends_at: to.endsAt })
    .where('survey_id', '=', to.id)
    .where('definition', '=', to.definition)
    .where('published_at', 'is', null)
    .returning('survey_id')
    .executeTakeFirst()
  return row !== undefined
}

/** Ends an open survey. Answers whether it was open. */
export async function markEnded(
  tx: Tx<SurveyTables>,
  end: { id: SurveyId; how: 'closed' | 'calledOff'; at: Date },
): Promise<boolean> {
  const row = await tx
    .updateTable('survey')
    .set(end.how === 'closed' ? { closed_at: end.at } : { called_off_at: end.at })
    .where('survey_id', '=', end.id)
    .where('published_at', 'is not', null)
    .where('called_off_at', 'is', null)
    .$if(end.how === 'closed', (open) => open.where('closed_at', 'is', null))
    .returning('survey_id')
    .executeTakeFirst()
  return row !== undefined
}

/** Open surveys whose end is past. */
export async function pastEnd(db: Handle, at: Date): Promise<SurveyId[]> {
  const rows = await db
    .selectFrom('survey')
    .select('survey_id')
    .where('ends_at', '<=', at)
    .where('closed_at', 'is', null)
    .where('called_off_at', 'is', null)
    .execute()
  return rows.map((row) => row.survey_id as SurveyId)
}

/** Holds an open survey open until the transaction ends: it cannot close while an answer is being taken. Answers whether it is open. */
export async function holdOpen(tx: Tx<SurveyTables>, id: SurveyId, at: Date): Promise<boolean> {
  const row = await tx
    .selectFrom('survey')
    .select('survey_id')
    .where('survey_id', '=', id)
    .where('ends_at', '>', at)
    .where('closed_at', 'is', null)
    .where('called_off_at', 'is', null)
    .forShare()
    .executeTakeFirst()
  return row !== undefined
}
