import type { Purpose } from './defaults.ts'

/** The probes that the promises page runs over live data. Each is written in the room that it is about. */
export type EvidenceId =
  | 'grounds'
  | 'formsMatchPolicy'
  | 'fieldsHaveHome'
  | 'noticeRecorded'
  | 'noticePublished'
  | 'commitments'
  | 'disclosures'
  | 'noCardPlace'
  | 'cardsGone'
  | 'registration'
  | 'cookieRegister'
  | 'purchases'
  | 'enquiries'
  | 'cases'
  | 'letters'
  | 'campaigns'
  | 'surveys'
  | 'visits'
  | 'registrations'
  | 'questions'
  | 'declining'
  | 'sales'
  | 'swreg'
  | 'regnow'
  | 'hostedCards'

/**
 * One promise: what people read, how it is kept in this release, and what shows it.
 * Shape: `missing` says what is not there yet; `off` is a promise about a purpose that the vendor has switched off, and `missing` says so.
 */
export type PromiseRow = {
  readonly id: string
  readonly sentence: string
  readonly clause: string
  readonly about?: Purpose
  readonly how?: string
  readonly test?: string
  readonly evidence?: EvidenceId
  readonly state: 'kept' | 'partly' | 'notYet' | 'off'
  readonly missing?: string
}

/** What a look at the live data showed. Shape: `text` says in words what was looked at and found. */
export type Finding = { readonly holds: boolean; readonly text: string }

type KeptRow = Pick<PromiseRow, 'sentence' | 'clause' | 'about' | 'missing'> &
  Required<Pick<PromiseRow, 'how' | 'evidence'>>

/** A promise that is kept, or in part when something is missing. */
export const kept = (id: string, row: KeptRow): PromiseRow => ({
  id,
  test: `test/promises/${id}.db.test.ts`,
  state: row.missing ? 'partly' : 'kept',
  ...row,
})

/** A promise that is not kept yet. */
export const notYet = (
  id: string,
  row: Pick<PromiseRow, 'sentence'> & { missing: string; clause?: string },
): PromiseRow => ({
  id,
  clause: 'collected',
  state: 'notYet',
  ...row,
})
