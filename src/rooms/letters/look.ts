import type { LedgerRow } from '../../contact/index.ts'
import type { Staff } from '../../web/index.ts'
import type { TextId } from '../../vault/index.ts'
import type { LettersContext } from './context.ts'
import { answersTo, stepsOf, type AnswerRow, type LetterRow, type StepRow } from './queries.ts'
import { answerRef, letterRef } from './refs.ts'
import { fromPassages, type ScanType } from './arrive/scan.ts'
import type { FromLetter } from './arrive/takeIn.ts'

/** A letter that was opened, with all that was done about it. */
export type OpenLetter = {
  readonly row: LetterRow
  readonly sender: FromLetter
  readonly text: string
  readonly answers: readonly (AnswerRow & { readonly words: string; readonly mail: LedgerRow | undefined })[]
  readonly steps: readonly StepRow[]
}

/** Opens a letter for a member of staff; the look is logged with its id. Undefined when it is gone or not theirs to open. */
export async function openLetter(ctx: LettersContext, row: LetterRow, staff: Staff): Promise<OpenLetter | undefined> {
  const look = lookOf(row, staff)
  const seen = await ctx.vault.reveal({ ...look, purpose: 'correspondence' })
  if (seen.outcome === 'refused') return undefined
  const answers = await answersTo(ctx.db.query, row.id)
  const texts = await wordsOf(ctx, row, { staff, texts: [row.text, ...answers.map(({ text }) => text)] })
  const mails = new Map((await ctx.contact.ledger(row.person)).map((mail) => [mail.for, mail]))
  return {
    row,
    sender: seen.values,
    text: texts.get(row.text) ?? '',
    answers: answers.map((one) => ({ ...one, words: texts.get(one.text) ?? '', mail: mails.get(answerRef(one)) })),
    steps: await stepsOf(ctx.db.query, row.id),
  }
}

/** Who looks, and what for. */
export function lookOf(row: LetterRow, staff: Pick<Staff, 'id' | 'role'>) {
  return {
    person: row.person,
    actor: { role: staff.role, id: staff.id },
    for: letterRef(row.id),
  } as const
}

/** Opens texts of a letter's writer. Shape: by id, as text. */
export async function wordsOf(
  ctx: Pick<LettersContext, 'vault'>,
  row: LetterRow,
  of: { staff: Pick<Staff, 'id' | 'role'>; texts: readonly TextId[] },
): Promise<ReadonlyMap<TextId, string>> {
  const opened = await ctx.vault.openTexts({ ...lookOf(row, of.staff), purpose: 'correspondence', texts: of.texts })
  const passages = opened.outcome === 'shown' ? opened.passages : []
  return new Map(passages.map(({ text, content }) => [text, content.toString('utf8')]))
}

/** Opens the scan of a letter. */
export async function openScan(
  ctx: LettersContext,
  row: LetterRow,
  staff: Staff,
): Promise<{ type: ScanType; bytes: Buffer } | undefined> {
  if (!row.scan) return undefined
  const look = { ...lookOf(row, staff), purpose: 'correspondence', texts: [row.scan] } as const
  const opened = await ctx.vault.openTexts(look)
  return opened.outcome === 'shown' ? fromPassages(opened.passages) : undefined
}
