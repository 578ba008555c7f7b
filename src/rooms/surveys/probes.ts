import type { Finding } from '../../policy/index.ts'
import { boxed, invitationsLeft, namedCount, namedOfCalledOff } from './answer/queries.ts'
import { ballotsOf } from './box/opened.ts'
import type { SurveysContext } from './context.ts'
import { surveyModes } from './queries.ts'
import { en } from './words.ts'

/** What a look at all surveys showed: whether what was promised about them is so. Source: promise by-survey. */
export async function surveysKept(ctx: SurveysContext, columns: readonly Column[]): Promise<Finding> {
  const all = await surveyModes(ctx.db.query)
  if (all.length === 0) return { holds: true, text: en.probe.nothing }
  const wrong =
    (await invitationsLeft(ctx.db.query)) +
    (await namedOfCalledOff(ctx.db.query)).length +
    (await wrongBoxes(ctx, new Map(all.map((one) => [one.id, one.mode])))) +
    waysToPersons(columns) +
    (await named(ctx))
  return { holds: wrong === 0, text: wrong === 0 ? en.probe.holds : en.probe.broken }
}

/** A column of the live database. */
export type Column = { readonly table: string; readonly column: string }

/** The box has these columns and no other, so there is no room for a person, an order or a time. */
function waysToPersons(columns: readonly Column[]): number {
  const found = columns.filter(({ table }) => table.replace(/^public\./, '') === 'survey_box')
  const names = found.map(({ column }) => column).sort()
  return names.join() === 'fresh,rest,survey_id' ? 0 : 1
}

/** Boxes of surveys that are not anonymous, boxes that do not open, and ballots that hold more than they should. */
async function wrongBoxes(ctx: SurveysContext, modes: ReadonlyMap<string, string | null>): Promise<number> {
  let wrong = 0
  for (const id of await boxed(ctx.db.query)) {
    const ballots = await ballotsOf(ctx, id).catch(() => undefined)
    const fits = ballots?.every((one) => Object.keys(one).every((name) => PARTS.has(name))) ?? false
    if (!fits || modes.get(id) !== 'anonymous') wrong += 1
  }
  return wrong
}

const PARTS: ReadonlySet<string> = new Set(['said', 'receipt', 'passed', 'held'])

/** Answers under a name whose words lie with no person. */
async function named(ctx: SurveysContext): Promise<number> {
  const parts = await ctx.vault.evidence.boxParts()
  const words = parts.find((row) => row.class === 'answer' && row.part === 'message')?.boxes ?? 0
  return Math.max(0, (await namedCount(ctx.db.query)) - Number(words))
}
