import type { Tx } from '../../../db/index.ts'
import { boxOf, lockBox, setBox, type SealedBox } from '../answer/queries.ts'
import type { BoxContext } from '../context.ts'
import type { SurveyId } from '../queries.ts'
import type { SurveyTables } from '../tables.ts'
import { mix, openBox, sealBox, type Ballot, type Ballots } from './box.ts'

function opened(ctx: Pick<BoxContext, 'boxKey'>, survey: SurveyId, sealed: SealedBox): Ballots {
  const key = ctx.boxKey(survey)
  return {
    fresh: openBox(key, { survey, half: 'fresh' }, sealed.fresh),
    rest: openBox(key, { survey, half: 'rest' }, sealed.rest),
  }
}

/** Both halves sealed. */
export function sealed(ctx: Pick<BoxContext, 'boxKey'>, survey: SurveyId, { fresh, rest }: Ballots): SealedBox {
  const key = ctx.boxKey(survey)
  return { fresh: sealBox(key, { survey, half: 'fresh' }, fresh), rest: sealBox(key, { survey, half: 'rest' }, rest) }
}

/** A survey's box, opened and locked until the transaction ends. */
export async function lockedBox(
  ctx: Pick<BoxContext, 'boxKey'>,
  tx: Tx<SurveyTables>,
  survey: SurveyId,
): Promise<Ballots | undefined> {
  const box = await lockBox(tx, survey)
  return box && opened(ctx, survey, box)
}

/** Writes the whole box in a new order. */
export async function setMixed(
  ctx: Pick<BoxContext, 'boxKey' | 'draw'>,
  tx: Tx<SurveyTables>,
  of: { survey: SurveyId; ballots: readonly Ballot[] },
): Promise<void> {
  await setBox(tx, of.survey, sealed(ctx, of.survey, mix(of.ballots, ctx.draw)))
}

/** Every ballot of a survey; none when it has no box. */
export async function ballotsOf(ctx: BoxContext, survey: SurveyId): Promise<readonly Ballot[]> {
  const box = await boxOf(ctx.db.query, survey)
  if (!box) return []
  const { fresh, rest } = opened(ctx, survey, box)
  return [...fresh, ...rest]
}
