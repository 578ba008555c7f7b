import { formFor, isOn, type Field, type FormField, type Policy, type Purpose } from '../../policy/index.ts'
import type { Actor, PersonId } from '../../vault/index.ts'
import type { Staff } from '../../web/index.ts'
import type { QuestionContext } from './context.ts'
import { questionsTo } from './queries.ts'

/** The purposes for which somebody can be asked further. News and surveys are nobody's need; tax and rights ask by law. */
export const askingPurposes = [
  'purchase',
  'fulfilment',
  'registration',
  'enquiry',
  'support',
  'correspondence',
] as const satisfies readonly Purpose[]

type Asking = (typeof askingPurposes)[number]

/** What somebody can still be asked for, for one purpose. */
export type Askable = { readonly purpose: Asking; readonly fields: readonly FormField[] }

/** The fields that a purpose may ask a person for directly. What people write by themselves is asked by no question. */
export function fieldsOf(policy: Policy, purpose: Purpose): FormField[] {
  return formFor(policy, [purpose]).filter(({ name }) => name !== 'message')
}

/** Whom a question goes to, and what it is about. Shape: `about` as `order:<id>`. */
export type Asked = { readonly person: PersonId; readonly about: string }

/**
 * What a person can still be asked for: what a live purpose may have, what is not held, and what was neither declined for the same thing
 * nor waits for an answer. Finding out is a look, and is logged.
 */
export async function askable(ctx: QuestionContext, { person, about }: Asked, staff: Staff): Promise<Askable[]> {
  const settled = (await questionsTo(ctx.db.query, person)).filter(
    (one) => one.about === about && (one.outcome === null || one.outcome === 'declined'),
  )
  const closed = (purpose: Purpose, field: Field): boolean =>
    settled.some((one) => one.purpose === purpose && one.fields.includes(field))
  const live: Asking[] = []
  for (const purpose of askingPurposes)
    if (isOn(ctx.policy, purpose) && (await ctx.vault.may(person, purpose))) live.push(purpose)
  const all = await Promise.all(
    live.map(async (purpose) => {
      const known = await heldFields(ctx, { person, purpose, staff })
      const fields = fieldsOf(ctx.policy, purpose)
      return { purpose, fields: fields.filter(({ name }) => !known.has(name) && !closed(purpose, name)) }
    }),
  )
  return all.filter(({ fields }) => fields.length > 0)
}

type Look = { readonly person: PersonId; readonly purpose: Asking; readonly staff: Staff }

async function heldFields(ctx: QuestionContext, { person, purpose, staff }: Look): Promise<ReadonlySet<Field>> {
  const openers = ctx.policy.purposes[purpose]?.openers ?? []
  const own: Actor = { role: staff.role, id: staff.id }
  const actor: Actor = openers.includes(staff.role) ? own : { role: 'program', id: 'questions' }
  const seen = await ctx.vault.reveal({ person, purpose, actor, for: 'question:new' })
  return new Set(seen.outcome === 'shown' ? (Object.keys(seen.values) as Field[]) : [])
}

/** The purpose under which a mail about another one goes: the box is posted without a mail host, so its mails go with the purchase. */
export function mailPurpose(policy: Policy, purpose: Purpose): Purpose {
  return policy.purposes[purpose]?.recipients.includes('mailHost') ? purpose : 'purchase'
}
