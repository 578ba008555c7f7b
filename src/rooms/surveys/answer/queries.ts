import type { Query, Tx } from '../../../db/index.ts'
import type { Id } from '../../../lib/index.ts'
import type { PersonId } from '../../../vault/index.ts'
import type { SurveyId } from '../queries.ts'
import type { SurveyTables } from '../tables.ts'

type Handle = Query<SurveyTables>

/** A survey's box as it is stored, both halves sealed. */
export type SealedBox = { readonly fresh: Buffer; readonly rest: Buffer }

/** Writes the empty box of a survey. */
export async function addBox(tx: Tx<SurveyTables>, id: SurveyId, box: SealedBox): Promise<void> {
  await tx
    .insertInto('survey_box')
    .values({ survey_id: id, ...box })
    .execute()
}

/** The box of a survey, locked until the transaction ends: answers come in one after the other. */
export function lockBox(tx: Tx<SurveyTables>, id: SurveyId): Promise<SealedBox | undefined> {
  return tx
    .selectFrom('survey_box')
    .select(['fresh', 'rest'])
    .where('survey_id', '=', id)
    .forUpdate()
    .executeTakeFirst()
}

/** The box of a survey. */
export function boxOf(db: Handle, id: SurveyId): Promise<SealedBox | undefined> {
  return db.selectFrom('survey_box').select(['fresh', 'rest']).where('survey_id', '=', id).executeTakeFirst()
}

/** Writes a box that was locked. A half that did not change need not be written again. */
export async function setBox(tx: Tx<SurveyTables>, id: SurveyId, halves: Partial<SealedBox>): Promise<void> {
  await tx.updateTable('survey_box').set(halves).where('survey_id', '=', id).execute()
}

/** Removes a box. */
export async function dropBox(tx: Tx<SurveyTables>, id: SurveyId): Promise<void> {
  await tx.deleteFrom('survey_box').where('survey_id', '=', id).execute()
}

/** Surveys that have a box. */
export async function boxed(db: Handle): Promise<SurveyId[]> {
  const rows = await db.selectFrom('survey_box').select('survey_id').execute()
  return rows.map((row) => row.survey_id as SurveyId)
}

/** The id of an invitation. */
export type InvitationId = Id<'invitation'>

/** One invitation. */
export type Invitation = {
  readonly id: InvitationId
  readonly survey: SurveyId
  readonly person: PersonId
  readonly used: boolean
}

const invitationColumns = ['invitation_id as id', 'survey_id as survey', 'person_id as person', 'used'] as const

/** Writes an invitation; somebody who has one gets no second. Answers whether it was new. */
export async function addInvitation(
  tx: Tx<SurveyTables>,
  one: { id: InvitationId; survey: SurveyId; person: PersonId },
): Promise<boolean> {
  const row = await tx
    .insertInto('survey_invitation')
    .values({ invitation_id: one.id, survey_id: one.survey, person_id: one.person, used: false })
    .onConflict((known) => known.columns(['survey_id', 'person_id']).doNothing())
    .returning('invitation_id')
    .executeTakeFirst()
  return row !== undefined
}

/** One invitation by its id; none when its survey closed. */
export async function invitationById(db: Handle, id: string): Promise<Invitation | undefined> {
  const row = await db
    .selectFrom('survey_invitation')
    .select(invitationColumns)
    .where('invitation_id', '=', id)
    .executeTakeFirst()
  return row as Invitation | undefined
}

/** Holds an invitation until the transaction ends: of two who would use it at once, the second sees what the first did. Answers whether it is free. */
export async function holdFree(tx: Tx<SurveyTables>, id: InvitationId): Promise<boolean> {
  const row = await tx
    .selectFrom('survey_invitation')
    .select('used')
    .where('invitation_id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  return row?.used === false
}

/** Uses an invitation up; of two who try at once, one does. Answers whether it was free. */
export async function useInvitation(tx: Tx<SurveyTables>, id: InvitationId): Promise<boolean> {
  const row = await tx
    .updateTable('survey_invitation')
    .set({ used: true })
    .where('invitation_id', '=', id)
    .where('used', '=', false)
    .returning('invitation_id')
    .executeTakeFirst()
  return row !== undefined
}

/** Frees the invitations of some persons to a survey: the answer that was sent with them was taken back. */
export async function freeInvitations(
  tx: Tx<SurveyTables>,
  of: { survey: SurveyId; persons: readonly PersonId[] },
): Promise<void> {
  await tx
    .updateTable('survey_invitation')
    .set({ used: false })
    .where('survey_id', '=', of.survey)
    .where('person_id', 'in', [...of.persons])
    .execute()
}

/** Who was invited to a survey. */
export async function invitedTo(db: Handle, survey: SurveyId): Promise<PersonId[]> {
  const rows = await db.selectFrom('survey_invitation').select('person_id').where('survey_id', '=', survey).execute()
  return rows.map((row) => row.person_id as PersonId)
}

/** How many were invited to a survey. */
export async function invitedCount(db: Handle, survey: SurveyId): Promise<number> {
  const row = await db
    .selectFrom('survey_invitation')
    .select((count) => count.fn.countAll<string>().as('all'))
    .where('survey_id', '=', survey)
    .executeTakeFirst()
  return Number(row?.all ?? 0)
}

/** Deletes the list of who was invited, and so whose invitation was used. */
export async function dropInvitations(tx: Tx<SurveyTables>, survey: SurveyId): Promise<void> {
  await tx.deleteFrom('survey_invitation').where('survey_id', '=', survey).execute()
}

/** Everybody with an invitation. */
export async function openInvitees(db: Handle): Promise<PersonId[]> {
  const rows = await db.selectFrom('survey_invitation').select('person_id').distinct().execute()
  return rows.map((row) => row.person_id as PersonId)
}

/** Takes every invitation of a person out. */
export async function dropInvitationsOf(tx: Tx<SurveyTables>, person: PersonId): Promise<void> {
  await tx.deleteFrom('survey_invitation').where('person_id', '=', person).execute()
}

/** How many invitations are left of surveys that ended: there must be none. */
export async function invitationsLeft(db: Handle): Promise<number> {
  const row = await db
    .selectFrom('survey_invitation')
    .innerJoin('survey', 'survey.survey_id', 'survey_invitation.survey_id')
    .select((count) => count.fn.countAll<string>().as('all'))
    .where((either) =>
      either.or([either('survey.closed_at', 'is not', null), either('survey.called_off_at', 'is not', null)]),
    )
    .executeTakeFirst()
  return Number(row?.all ?? 0)
}

/** Records whose an answer is; a second one with the same code is none. Answers whether it was new. */
export async function addNamed(
  tx: Tx<SurveyTables>,
  one: { survey: SurveyId; person: PersonId; receipt: Buffer },
): Promise<boolean> {
  const row = await tx
    .insertInto('survey_named')
    .values({ survey_id: one.survey, person_id: one.person, receipt_hash: one.receipt })
    .onConflict((known) => known.columns(['survey_id', 'receipt_hash']).doNothing())
    .returning('person_id')
    .executeTakeFirst()
  return row !== undefined
}

/** Whose answer a code takes back; undefined when there is none. */
export async function namedBy(db: Handle, by: { survey: SurveyId; receipt: Buffer }): Promise<PersonId | undefined> {
  const row = await db
    .selectFrom('survey_named')
    .select('person_id')
    .where('survey_id', '=', by.survey)
    .where('receipt_hash', '=', by.receipt)
    .executeTakeFirst()
  return row?.person_id as PersonId | undefined
}

/** Whether one of some persons answered a survey under their name. */
export async function namedAmong(db: Handle, of: { survey: SurveyId; persons: readonly PersonId[] }): Promise<boolean> {
  const row = await db
    .selectFrom('survey_named')
    .select('person_id')
    .where('survey_id', '=', of.survey)
    .where('person_id', 'in', [...of.persons])
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** Everybody who answered a survey under their name, or a part of them, in an order that stays. */
export async function namedOf(
  db: Handle,
  survey: SurveyId,
  part?: { skip: number; most: number },
): Promise<PersonId[]> {
  let found = db.selectFrom('survey_named').select('person_id').where('survey_id', '=', survey).orderBy('person_id')
  if (part) found = found.offset(part.skip).limit(part.most)
  const rows = await found.execute()
  return rows.map((row) => row.person_id as PersonId)
}

/** Everybody whose answer under a name is left of a survey that was called off: there should be nobody. */
export async function namedOfCalledOff(db: Handle): Promise<PersonId[]> {
  const rows = await db
    .selectFrom('survey_named')
    .innerJoin('survey', 'survey.survey_id', 'survey_named.survey_id')
    .select('survey_named.person_id')
    .where('survey.called_off_at', 'is not', null)
    .execute()
  return rows.map((row) => row.person_id as PersonId)
}

/** How many answered under their name: one survey, or all of them together. */
export async function namedCount(db: Handle, survey?: SurveyId): Promise<number> {
  let found = db.selectFrom('survey_named').select((count) => count.fn.countAll<string>().as('all'))
  if (survey) found = found.where('survey_id', '=', survey)
  const row = await found.executeTakeFirst()
  return Number(row?.all ?? 0)
}
