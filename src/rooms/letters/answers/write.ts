import { cutCards } from '../../../lib/index.ts'
import type { Sealer } from '../../../vault/index.ts'
import type { Act } from '../acts/deeds.ts'
import type { LettersContext } from '../context.ts'
import { lookOf } from '../look.ts'
import { addAnswer, addStep, answerById, markSent } from '../queries.ts'
import { answerRef } from '../refs.ts'
import type { Way } from '../tables.ts'

/** What came of writing an answer. */
export type Written = 'written' | 'gone' | 'noMail'

/**
 * Keeps an answer as it was written; one by post is printed later, one by e-mail is asked for at once. Whether the person may be reached
 * is asked when it goes out. Sending the same form twice writes one answer. The version of the policy whose words go along is kept with it.
 */
export async function writeAnswer(
  ctx: LettersContext,
  { row, staff }: Act,
  answer: { id: string; text: string; way: Way },
): Promise<Written> {
  if (await answerById(ctx.db.query, answer.id)) return 'written'
  const look = lookOf(row, staff)
  if (answer.way === 'mail') {
    const seen = await ctx.vault.reveal({ ...look, purpose: 'correspondence', fields: ['email'] })
    if (seen.outcome === 'refused') return 'gone'
    if (!seen.values.email) return 'noMail'
  }
  const opened = await ctx.vault.openSealer({ ...look, classes: ['case'], purpose: 'correspondence', part: 'message' })
  if (opened.outcome === 'refused') return 'gone'
  try {
    await write(ctx, { row, staff }, { ...answer, sealer: opened.sealer })
  } finally {
    opened.sealer.wipe()
  }
  ctx.kick()
  return 'written'
}

async function write(
  ctx: LettersContext,
  { row, staff }: Act,
  { id, text: words, way, sealer }: { id: string; text: string; way: Way; sealer: Sealer },
): Promise<void> {
  const at = ctx.now()
  const text = ctx.vault.newText()
  const { person } = row
  const content = Buffer.from(cutCards(words).text)
  await ctx.db.tx(async (tx) => {
    const notice = ctx.web.policyVersion()
    const isNew = await addAnswer(tx, { id, letter: row.id, person, text, way, notice, madeAt: at, by: staff.id })
    if (!isNew) return
    await ctx.vault.writeTexts(tx, { id: text, class: 'case', passages: [{ content, for: [sealer] }] })
    if (way === 'post') return
    const mail = { key: `letterAnswer:${id}`, kind: 'letterAnswer', purpose: 'correspondence' } as const
    await ctx.contact.send(tx, { ...mail, person, for: answerRef({ letter: row.id, id }) })
    await markSent(tx, id, at)
    await addStep(tx, { letter: row, step: 'answered', because: 'mail', at, by: staff.id })
  })
}
