import type { Grants } from '../../db/index.ts'

/** Whether answers are kept under a name. */
export type Mode = 'anonymous' | 'named'

/** The tables of surveys. What people answer is in none of their columns in the clear. */
export type SurveyTables = {
  survey: {
    survey_id: string
    slug: string
    definition: string
    mode: Mode | null
    made_at: Date
    published_at: Date | null
    ends_at: Date | null
    closed_at: Date | null
    called_off_at: Date | null
  }
  survey_box: { survey_id: string; fresh: Buffer; rest: Buffer }
  survey_invitation: { invitation_id: string; survey_id: string; person_id: string; used: boolean }
  survey_named: { survey_id: string; person_id: string; receipt_hash: Buffer }
}

/** The rights of the app on these tables. */
export const surveyGrants: Grants = {
  survey: ['select', 'insert', 'update', 'delete'],
  survey_box: ['select', 'insert', 'update', 'delete'],
  survey_invitation: ['select', 'insert', 'update', 'delete'],
  survey_named: ['select', 'insert', 'delete'],
}
