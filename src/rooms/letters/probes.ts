import { after, noonOf } from '../../lib/index.ts'
import { isOn, type Finding } from '../../policy/index.ts'
import type { LettersContext } from './context.ts'
import { heldLetters, type LetterRow } from './queries.ts'
import { en } from './words.ts'

const MOST = 200
/** What ends is destroyed by the hour; a day is for a program that was not running. */
const GRACE = 'P1D'

/** Looks whether letters are held no longer than was said, each on a ground of its own. Source: promise by-correspondence. */
export async function lettersKept(ctx: LettersContext): Promise<Finding> {
  const held = await heldLetters(ctx.db.query, MOST)
  const clock = isOn(ctx.policy, 'correspondence') ? ctx.policy.purposes.correspondence?.clock : undefined
  if (!clock) return { holds: held.length === 0, text: held.length > 0 ? en.probe.broken : en.probe.off }
  const wrong = await Promise.all(held.map((row) => isWrong(ctx, row, clock.period)))
  if (wrong.includes(true)) return { holds: false, text: en.probe.broken }
  return { holds: true, text: held.length > 0 ? en.probe.holds(held.length) : en.probe.nothing }
}

/** Held longer than was said, or on no ground. */
async function isWrong(ctx: LettersContext, { person, receivedOn }: LetterRow, period: string): Promise<boolean> {
  const ends = after(noonOf(receivedOn), period)
  if (after(ends, GRACE) < ctx.now()) return true
  return ends > ctx.now() && !(await ctx.vault.may(person, 'correspondence'))
}
