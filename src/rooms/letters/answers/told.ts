import { clockOf, untilText } from '../../../policy/index.ts'
import type { LettersContext } from '../context.ts'
import { en } from '../words.ts'

/** What whoever wrote a letter is told with the answer: why we hold it, how long, and what they can ask. Source: promise told-first. */
export function toldLines(ctx: Pick<LettersContext, 'policy' | 'web'>, notice: number): string[] {
  const { policy, web } = ctx
  const purpose = policy.purposes.correspondence?.sentence.en ?? ''
  const until = untilText(clockOf(policy, 'correspondence'))
  return [
    en.told.why(purpose, until),
    en.told.rights(`${web.baseUrl}/your-data`, policy.authority.name),
    en.told.version(notice, `${web.baseUrl}/privacy`),
  ]
}
