import type { Readable } from 'node:stream'
import { addressLines, lettersPdf, type May } from '../../../contact/index.ts'
import { noonOf } from '../../../lib/index.ts'
import type { Policy } from '../../../policy/index.ts'
import type { Act } from '../acts/deeds.ts'
import { countries } from '../countries.ts'
import type { LettersContext } from '../context.ts'
import { lookOf, wordsOf } from '../look.ts'
import { addStep, markSent, type AnswerRow } from '../queries.ts'
import { letterRef } from '../refs.ts'
import { en } from '../words.ts'
import { toldLines } from './told.ts'

/** A letter to print, or why there is none. */
export type PrintedAnswer =
  | { readonly outcome: 'printed'; readonly pdf: Readable }
  | { readonly outcome: 'noAddress' | 'tooLong' | 'gone' }
  | { readonly outcome: 'unprintable'; readonly signs: readonly string[] }
  | (May & { readonly outcome: 'mayNot' })

/**
 * Prints an answer for a window envelope. Whether the person may be reached by post is asked now, each time. We print it ourselves,
 * so nobody is given anything. The first print notes in the ledger of contacts that the letter went out.
 */
export async function printAnswer(ctx: LettersContext, { row, staff }: Act, answer: AnswerRow): Promise<PrintedAnswer> {
  const may = await ctx.contact.mayContact(row.person, 'post', 'correspondence')
  if (may.outcome === 'mayNot') return may
  const seen = await ctx.vault.reveal({ ...lookOf(row, staff), purpose: 'correspondence' })
  if (seen.outcome === 'refused') return { outcome: 'gone' }
  if (!seen.values.street || !seen.values.city) return { outcome: 'noAddress' }
  const to = addressLines(seen.values, homeOf(ctx.policy))
  const words = (await wordsOf(ctx, row, { staff, texts: [answer.text] })).get(answer.text) ?? ''
  const { pdf, left } = lettersPdf([letterOf(ctx, { row, answer, to, words })], runOf(ctx.policy, answer.madeAt))
  const [failed] = left
  if (failed) {
    pdf.destroy()
    return failed.because === 'unprintable' ? { outcome: 'unprintable', signs: failed.signs } : { outcome: 'tooLong' }
  }
  await noteSent(ctx, { row, staff }, answer)
  return { outcome: 'printed', pdf }
}

type Parts = { row: Act['row']; answer: AnswerRow; to: readonly string[]; words: string }

function letterOf(ctx: LettersContext, { row, answer, to, words }: Parts) {
  const day = ctx.web.dates.day
  return {
    to,
    date: day(answer.madeAt),
    reference: en.reference(row.id),
    subject: en.letterSubject(day(noonOf(row.receivedOn))),
    paragraphs: words.split(/\n{2,}/),
    small: toldLines(ctx, answer.notice),
  }
}

function runOf({ controller }: Policy, madeAt: Date) {
  const { name, address, country } = controller
  const sender = [name, ...address.split(/,\s*/), country]
  return { sender, paper: 'a4', language: 'en', madeAt } as const
}

/** The vendor's country in two letters; without it every address is printed with its country, which is never wrong. */
function homeOf({ controller }: Policy): string {
  return countries.find(({ name }) => name === controller.country)?.code ?? ''
}

async function noteSent(ctx: LettersContext, { row, staff }: Act, answer: AnswerRow): Promise<void> {
  const at = ctx.now()
  const about = { person: row.person, purpose: 'correspondence', for: letterRef(row.id) } as const
  const key = `letterAnswer:${answer.id}`
  await ctx.db.tx(async (tx) => {
    const first = await markSent(tx, answer.id, at)
    if (!first) return
    await ctx.contact.record(tx, [{ ...about, key, kind: 'letterAnswer', channel: 'post', outcome: 'handed-over' }])
    await addStep(tx, { letter: row, step: 'answered', because: 'post', at, by: staff.id })
  })
}
