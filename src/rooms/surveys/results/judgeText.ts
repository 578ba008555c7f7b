import type { Ballot } from '../box/box.ts'
import { lockedBox, setMixed } from '../box/opened.ts'
import type { SurveysContext } from '../context.ts'
import type { Survey } from '../queries.ts'
import { refOf } from './look.ts'

/** What staff decide about a text of an anonymous survey: it may be shown, or it is destroyed. */
export type Judgement = { readonly ref: string; readonly verdict: 'pass' | 'remove' }

/** Lets a text stand or destroys it; the rest of its sheet stays. Answers whether there was such a text. */
export function judgeText(ctx: SurveysContext, survey: Survey, { ref, verdict }: Judgement): Promise<boolean> {
  return ctx.db.tx(async (tx) => {
    const box = await lockedBox(ctx, tx, survey.id)
    const all = [...(box?.fresh ?? []), ...(box?.rest ?? [])]
    const found = all
      .flatMap((ballot) => ballot.said.map((said, place) => ({ ballot, said, place })))
      .find(
        ({ ballot, said, place }) =>
          typeof said === 'string' && refOf(ctx, survey, { by: ballot.receipt, place }) === ref,
      )
    if (!found) return false
    const { ballot, place } = found
    const changed = verdict === 'remove' ? removed(ballot, place) : passed(ballot, place)
    await setMixed(ctx, tx, { survey: survey.id, ballots: all.map((one) => (one === ballot ? changed : one)) })
    return true
  })
}

function removed(ballot: Ballot, place: number): Ballot {
  return { ...ballot, said: ballot.said.map((said, at) => (at === place ? null : said)) }
}

function passed(ballot: Ballot, place: number): Ballot {
  return { ...ballot, passed: [...new Set([...(ballot.passed ?? []), place])] }
}
