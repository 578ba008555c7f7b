import type { Composer } from '../../../contact/index.ts'
import type { LettersContext } from '../context.ts'
import { answerById } from '../queries.ts'
import { answerIn } from '../refs.ts'
import { en } from '../words.ts'
import { toldLines } from './told.ts'

const program = { role: 'program', id: 'letterAnswer' } as const

/** Makes the mail of an answer at hand-over, from what was written. Shape: the mail is for what `answerRef` says. */
export function answerMail(ctx: LettersContext): Composer {
  return async (mail) => {
    const answer = await answerById(ctx.db.query, answerIn(mail.for))
    if (!answer) return { outcome: 'drop', because: 'over' }
    const look = { person: mail.person, purpose: 'correspondence', texts: [answer.text], actor: program } as const
    const opened = await ctx.vault.openTexts({ ...look, for: mail.for })
    if (opened.outcome === 'refused') return { outcome: 'drop', because: 'no-ground' }
    const words = opened.passages[0]?.content.toString('utf8') ?? ''
    const text = [words, '', ...toldLines(ctx, answer.notice)].join('\n')
    return { subject: en.mailSubject, text }
  }
}
