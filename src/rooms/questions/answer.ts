import type { Tx } from '../../db/index.ts'
import { after } from '../../lib/index.ts'
import type { Field, FormField } from '../../policy/index.ts'
import { isLive } from '../../vault/index.ts'
import { openLink } from '../../web/index.ts'
import { fieldsOf, mailPurpose } from './askable.ts'
import type { QuestionContext } from './context.ts'
import { endQuestion, lateQuestions, questionById, type Question, type QuestionId } from './queries.ts'
import type { QuestionTables } from './tables.ts'

const self = { role: 'person', id: 'asked-link' } as const

/** The question that a mailed link opens. */
export async function questionOf(ctx: QuestionContext, token: string): Promise<Question | undefined> {
  const link = await openLink(ctx.links.query, { kind: 'asked', token, now: ctx.now() })
  return link?.subject ? questionById(ctx.db.query, link.subject as QuestionId) : undefined
}

/** The fields of a question; none of them has to be filled in. */
export function formOfQuestion(ctx: Pick<QuestionContext, 'policy'>, question: Question): FormField[] {
  const asked = fieldsOf(ctx.policy, question.purpose).filter(({ name }) => question.fields.includes(name))
  return asked.map((field) => ({ ...field, required: false }))
}

/** What staff wrote beside a question, opened for the person it was written to: a logged look. */
export async function sentenceOf(ctx: QuestionContext, question: Question): Promise<string | undefined> {
  if (!question.text) return undefined
  const purpose = mailPurpose(ctx.policy, question.purpose)
  const look = { person: question.person, purpose, texts: [question.text], actor: self } as const
  const seen = await ctx.vault.openTexts({ ...look, for: `question:${question.id}` })
  return seen.outcome === 'shown' ? seen.passages[0]?.content.toString('utf8') : undefined
}

/** What came of an answer. `over`: the question ended meanwhile, and nothing was kept. */
export type Answered = 'answered' | 'empty' | 'gone' | 'over'

/** Keeps what a person answered, with the notice that stood beside it, and ends the question in the same transaction. */
export async function answer(
  ctx: QuestionContext,
  question: Question,
  values: Readonly<Partial<Record<Field, string>>>,
): Promise<Answered> {
  if (Object.keys(values).length === 0) return 'empty'
  const live = ctx.policy.purposes[question.purpose]
  const held = await ctx.vault.held(question.person)
  const ground = held.find((one) => one.purpose === question.purpose && isLive(one, ctx.now()))
  if (!live || !ground || !(await ctx.vault.may(question.person, question.purpose))) return 'gone'
  const shown = { person: question.person, notice: ctx.web.policyVersion(), channel: 'asked further' }
  await ctx.db.tx((tx) => ctx.vault.grant(tx, { ...shown, purpose: 'rights', until: after(ctx.now(), 'PT10M') }))
  const correction = { person: question.person, values, class: live.class, actor: self } as const
  const also = async (tx: Tx<never>): Promise<void> => {
    await ctx.vault.grant(tx, { ...shown, purpose: question.purpose, ...(ground.until && { until: ground.until }) })
    // What was typed is rolled back with it, so that outcome and value always agree.
    if (!(await end(ctx, tx, { question, outcome: 'answered' }))) throw new EndedMeanwhile()
  }
  try {
    const done = await ctx.vault.correct({ ...correction, for: `question:${question.id}`, also })
    if (done.outcome === 'corrected') return 'answered'
  } catch (error) {
    if (!(error instanceof EndedMeanwhile)) throw error
  }
  return (await questionById(ctx.db.query, question.id))?.outcome ? 'over' : 'gone'
}

/** Rolls the transaction back; it never leaves this file. */
class EndedMeanwhile extends Error {}

/** Ends a question because the person would rather not; nothing else changes. */
export async function decline(ctx: QuestionContext, question: Question): Promise<void> {
  await ctx.db.tx((tx) => end(ctx, tx, { question, outcome: 'declined' }))
}

/** Ends the questions whose time ran out. Answers how many. */
export async function endLate(ctx: QuestionContext): Promise<number> {
  const late = await lateQuestions(ctx.db.query, ctx.now())
  for (const question of late) await ctx.db.tx((tx) => end(ctx, tx, { question, outcome: 'ended' }))
  return late.length
}

type End = { readonly question: Question; readonly outcome: 'answered' | 'declined' | 'ended' }

/** Answers whether it still waited. The vault's rows go first, as an erasure takes them. */
async function end<T>(ctx: QuestionContext, tx: Tx<T>, { question, outcome }: End): Promise<boolean> {
  const own = tx as unknown as Tx<QuestionTables>
  if (question.text) await ctx.vault.dropPassages(own, { text: question.text, passages: [0] })
  return endQuestion(own, question.id, { outcome, at: ctx.now() })
}
