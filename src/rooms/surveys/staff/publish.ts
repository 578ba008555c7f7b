import { after } from '../../../lib/index.ts'
import type { Tx } from '../../../db/index.ts'
import { addBox, dropBox, dropInvitations, namedOfCalledOff } from '../answer/queries.ts'
import { lockedBox, sealed, setMixed } from '../box/opened.ts'
import type { BoxContext, SurveysContext } from '../context.ts'
import { fileJson } from '../form/definition.ts'
import { markEnded, markPublished, pastEnd, type Survey, type SurveyId } from '../queries.ts'
import type { Mode, SurveyTables } from '../tables.ts'

/** How long a survey may stay open. Shape: ISO 8601 periods. */
export const terms = ['P7D', 'P14D', 'P28D'] as const

/** Publishes a draft as it was seen: from here on its questions and its mode are fixed. Answers whether it was a draft still. */
export function publish(
  ctx: BoxContext,
  { survey, mode, term }: { survey: Survey; mode: Mode; term: (typeof terms)[number] },
): Promise<boolean> {
  const { id, definition } = survey
  const at = ctx.now()
  return ctx.db.tx(async (tx) => {
    const published = { id, definition: fileJson(definition), mode, at, endsAt: after(at, term) }
    if (!(await markPublished(tx, published))) return false
    if (mode === 'anonymous') await addBox(tx, id, sealed(ctx, id, { fresh: [], rest: [] }))
    return true
  })
}

/** Closes an open survey. The list of who was invited goes with it, and so whose invitation was used. Answers whether it was open. */
export function close(ctx: BoxContext, id: SurveyId): Promise<boolean> {
  return ctx.db.tx(async (tx) => {
    if (!(await markEnded(tx, { id, how: 'closed', at: ctx.now() }))) return false
    await dropInvitations(tx, id)
    await mixOnce(ctx, tx, id)
    return true
  })
}

async function mixOnce(ctx: BoxContext, tx: Tx<SurveyTables>, survey: SurveyId): Promise<void> {
  const box = await lockedBox(ctx, tx, survey)
  if (box) await setMixed(ctx, tx, { survey, ballots: [...box.fresh, ...box.rest] })
}

/** Closes every survey whose end is past. */
export async function closePast(ctx: BoxContext): Promise<void> {
  for (const id of await pastEnd(ctx.db.query, ctx.now())) await close(ctx, id)
}

/** Calls a survey off, open or closed: every answer is destroyed. Answers whether it was published. */
export async function callOff(ctx: SurveysContext, id: SurveyId): Promise<boolean> {
  const off = await ctx.db.tx(async (tx) => {
    if (!(await markEnded(tx, { id, how: 'calledOff', at: ctx.now() }))) return false
    await dropInvitations(tx, id)
    await dropBox(tx, id)
    return true
  })
  await eraseCalledOff(ctx)
  return off
}

/** Erases whoever answered a survey under their name that was called off: also those whom a call-off that died left. */
export async function eraseCalledOff(ctx: SurveysContext): Promise<void> {
  for (const person of await namedOfCalledOff(ctx.db.query))
    await ctx.vault.erase({ person, actor: { role: 'program', id: 'survey' } })
}
