import { keyedHash } from '../../../lib/index.ts'
import type { Actor } from '../../../vault/index.ts'
import { namedOf } from '../answer/queries.ts'
import type { Ballot } from '../box/box.ts'
import { ballotsOf } from '../box/opened.ts'
import type { SurveysContext } from '../context.ts'
import type { Answers } from '../form/read.ts'
import type { Survey } from '../queries.ts'
import { mayName } from './flag.ts'
import { FEWEST } from './hide.ts'
import { openSheets } from './named.ts'
import { tally, type Tally } from './tally.ts'

/** A text that somebody wrote. Shape: `ref` names it in a form and says nothing about who wrote it. */
export type Written = { readonly ref: string; readonly text: string }

/** The texts of one question. Shape: `toCheck` are those that staff have to look at before any is shown. */
export type Texts =
  | { readonly outcome: 'tooFew' }
  | { readonly outcome: 'toCheck'; readonly toCheck: readonly Written[] }
  | { readonly outcome: 'shown'; readonly texts: readonly Written[] }

/** What a closed survey came to. Shape: `texts` by the place of a question, for questions that ask for a text. */
export type Results = { readonly tally: Tally; readonly texts: ReadonlyMap<number, Texts> }

const FEWEST_TEXTS = 2 * FEWEST

type Sheet = { readonly said: Answers; readonly by: string; readonly passed: readonly number[] }

/** The results of a closed survey. Answers under a name are opened for it, which is logged. */
export async function resultsOf(ctx: SurveysContext, survey: Survey, actor: Actor): Promise<Results> {
  const sheets = survey.mode === 'named' ? await named(ctx, survey, actor) : await anonymous(ctx, survey)
  const texts = new Map<number, Texts>()
  for (const [place, question] of survey.definition.questions.entries())
    if (question.kind === 'text') texts.set(place, textsOf(ctx, { survey, place, sheets }))
  return {
    texts,
    tally: tally(
      survey.definition,
      sheets.map(({ said }) => said),
    ),
  }
}

async function anonymous(ctx: SurveysContext, survey: Survey): Promise<Sheet[]> {
  const ballots = await ballotsOf(ctx, survey.id)
  return ballots
    .filter((ballot) => !ballot.held)
    .map(({ said, receipt, passed = [] }) => ({ said, by: receipt, passed }))
}

async function named(ctx: SurveysContext, survey: Survey, actor: Actor): Promise<Sheet[]> {
  const persons = await namedOf(ctx.db.query, survey.id)
  const everything = survey.definition.questions.map((_, place) => place)
  const sheets = await openSheets(ctx, survey, { persons, fields: ['answers'], actor })
  return sheets.map(({ said, person }) => ({ said, by: person, passed: everything }))
}

type One = { readonly survey: Survey; readonly place: number; readonly sheets: readonly Sheet[] }

/** Each question's texts in an order of their own, so that those of one person cannot be put together again. */
function textsOf(ctx: SurveysContext, { survey, place, sheets }: One): Texts {
  const written = sheets.flatMap(({ said, by, passed }) => {
    const text = said[place]
    return typeof text === 'string' ? [{ ref: refOf(ctx, survey, { by, place }), text, passed }] : []
  })
  if (written.length < FEWEST_TEXTS) return { outcome: 'tooFew' }
  const ordered = written.toSorted((a, b) => (a.ref < b.ref ? -1 : 1))
  const toCheck = ordered.filter(({ text, passed }) => mayName(text) && !passed.includes(place))
  return toCheck.length > 0 ? { outcome: 'toCheck', toCheck } : { outcome: 'shown', texts: ordered }
}

/** The name of one text in a form. */
export function refOf(
  ctx: Pick<SurveysContext, 'boxKey'>,
  survey: Survey,
  { by, place }: { by: Ballot['receipt']; place: number },
): string {
  return keyedHash(ctx.boxKey(survey.id), 'text', by, String(place)).subarray(0, 16).toString('base64url')
}
