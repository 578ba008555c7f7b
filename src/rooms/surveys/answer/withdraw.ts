import { shuffled, type Ballot, type Draw } from '../box/box.ts'
import { lockedBox, setMixed } from '../box/opened.ts'
import type { PersonId } from '../../../vault/index.ts'
import type { SurveysContext } from '../context.ts'
import { surveyById, surveyModes, type SurveyId } from '../queries.ts'
import { FEWEST } from '../results/hide.ts'
import { freeInvitations, namedAmong, namedBy } from './queries.ts'
import { markOf, readCode, receiptOf } from './receipt.ts'

/** What a code did. */
export type Withdrawn = { readonly outcome: 'gone' } | { readonly outcome: 'unknown' }

/** Takes an answer back by the code of its giver: it is in no result from then on. */
export async function withdraw(ctx: SurveysContext, typed: string): Promise<Withdrawn> {
  const read = readCode(typed)
  if (!read) return { outcome: 'unknown' }
  const receipt = receiptOf(read.code)
  const all = await surveyModes(ctx.db.query)
  for (const { id, mode } of all.filter((one) => one.mode !== null && markOf(one.id) === read.mark)) {
    const gone = mode === 'named' ? await eraseNamed(ctx, id, receipt) : await takeOut(ctx, id, receipt)
    if (gone) return { outcome: 'gone' }
  }
  return { outcome: 'unknown' }
}

async function eraseNamed(ctx: SurveysContext, survey: SurveyId, receipt: Buffer): Promise<boolean> {
  const person = await namedBy(ctx.db.query, { survey, receipt })
  if (!person) return false
  const same = await ctx.vault.alike('email', person)
  await ctx.vault.erase({ person, actor: { role: 'person', id: 'receipt' } })
  await letAnswerAnew(ctx, survey, same)
  return true
}

/** The invitation takes an answer again, unless another one of the same address is there. */
async function letAnswerAnew(ctx: SurveysContext, survey: SurveyId, persons: readonly PersonId[]): Promise<void> {
  if (persons.length === 0 || (await namedAmong(ctx.db.query, { survey, persons }))) return
  await ctx.db.tx((tx) => freeInvitations(tx, { survey, persons }))
}

function takeOut(ctx: SurveysContext, survey: SurveyId, receipt: Buffer): Promise<boolean> {
  return ctx.db.tx(async (tx) => {
    const box = await lockedBox(ctx, tx, survey)
    // Read again under the lock: it may have closed meanwhile, and its results may have been shown.
    const now = await surveyById(tx, survey)
    const all = [...(box?.fresh ?? []), ...(box?.rest ?? [])]
    const left = without(all, receipt.toString('base64url'), { shown: now?.standing === 'closed', draw: ctx.draw })
    if (!left) return false
    await setMixed(ctx, tx, { survey, ballots: left })
    return true
  })
}

/**
 * The ballots without one. Once results were shown, others drawn by lot are left out of them with it, so that whoever compares
 * what was shown before and after sees the difference of a group and never of one.
 */
export function without(
  all: readonly Ballot[],
  receipt: string,
  { shown, draw }: { shown: boolean; draw: Draw },
): readonly Ballot[] | undefined {
  const one = all.find((ballot) => ballot.receipt === receipt)
  if (!one) return undefined
  const left = all.filter((ballot) => ballot !== one)
  if (!shown || one.held) return left
  const companions = new Set(
    shuffled(
      left.filter((ballot) => !ballot.held),
      draw,
    ).slice(0, FEWEST - 1),
  )
  return left.map((ballot) => (companions.has(ballot) ? { ...ballot, held: true as const } : ballot))
}
