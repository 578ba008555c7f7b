import { after } from '../../lib/index.ts'
import { clockOf, isOn, type Finding } from '../../policy/index.ts'
import type { Holding } from '../../vault/index.ts'
import { newestPersons } from './cases/queries.ts'
import type { SupportContext } from './context.ts'
import { en } from './words.ts'

const MOST = 100
/** What belongs to an answer, and nothing that would be an offer. */
const FOR_AN_ANSWER = new Set(['enquiry', 'support', 'rights'])
/** What a case may hold. An address is of letters, which lie in the same class. */
const IN_A_CASE = new Set(['contact', 'identity', 'message', 'address'])

type ProbeContext = Pick<SupportContext, 'db' | 'vault' | 'policy'>

/** Looks whether questions and cases are held as the promises say. */
export function supportProbes(ctx: ProbeContext): {
  readonly enquiries: () => Promise<Finding>
  readonly cases: () => Promise<Finding>
} {
  return { enquiries: () => enquiries(ctx), cases: () => cases(ctx) }
}

async function enquiries(ctx: ProbeContext): Promise<Finding> {
  if (!isOn(ctx.policy, 'enquiry')) return { holds: true, text: en.probe.questionsNone }
  const { period } = clockOf(ctx.policy, 'enquiry')
  const persons = await newestPersons(ctx.db.query, { purpose: 'enquiry', state: undefined, most: MOST })
  const held = await Promise.all(persons.map((person) => ctx.vault.held(person)))
  const isRight = (one: Holding): boolean =>
    FOR_AN_ANSWER.has(one.purpose) && (one.purpose !== 'enquiry' || endsIn(one, period))
  if (!held.flat().every(isRight)) return { holds: false, text: en.probe.questionsBroken }
  return { holds: true, text: persons.length > 0 ? en.probe.questions(persons.length) : en.probe.questionsNone }
}

/** The ground is written a moment before its clock starts, hence the day. */
function endsIn({ since, until, withdrawnAt }: Holding, period: string): boolean {
  return withdrawnAt !== null || (until !== null && until <= after(after(since, period), 'P1D'))
}

async function cases(ctx: ProbeContext): Promise<Finding> {
  const persons = await newestPersons(ctx.db.query, { purpose: 'support', state: 'closed', most: MOST })
  const held = (await Promise.all(persons.map((person) => ctx.vault.held(person)))).flat()
  const endless = held.some((one) => one.purpose === 'support' && one.until === null && one.withdrawnAt === null)
  const parts = await ctx.vault.evidence.boxParts()
  const more = parts.some((one) => one.class === 'case' && !IN_A_CASE.has(one.part))
  if (endless || more) return { holds: false, text: en.probe.casesBroken }
  return { holds: true, text: persons.length > 0 ? en.probe.cases(persons.length) : en.probe.casesNone }
}
