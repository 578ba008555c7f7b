import {
  formFor,
  isOn,
  type Field,
  type FieldOf,
  type FormField,
  type Part,
  type Policy,
  type Purpose,
} from '../../policy/index.ts'
import { isLive, type BlindField, type PersonId } from '../../vault/index.ts'
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

/** Whom a question goes to, and what it is about. Shape: `about` as `order:<id>`; with a `purpose`, only what is asked for that one. */
export type Asked = { readonly person: PersonId; readonly about: string; readonly purpose?: Purpose }

/**
 * What a person can still be asked for: what a live purpose may have, what is not held, and what was neither declined for the same thing
 * nor waits for an answer. Where only a look tells what is held, it is that of the staff, and is logged.
 */
export async function askable(ctx: QuestionContext, asked: Asked, staff: Staff): Promise<Askable[]> {
  const { person, about } = asked
  const settled = (await questionsTo(ctx.db.query, person)).filter(
    (one) => one.about === about && (one.outcome === null || one.outcome === 'declined'),
  )
  const grounds = (await ctx.vault.held(person)).filter((ground) => isLive(ground, ctx.now()))
  const all: Askable[] = []
  for (const purpose of asked.purpose ? askingPurposes.filter((one) => one === asked.purpose) : askingPurposes) {
    const ground = grounds.find((one) => one.purpose === purpose)
    if (!ground || !isOn(ctx.policy, purpose)) continue
    const closed = settled.filter((one) => one.purpose === purpose).flatMap((one) => one.fields)
    const open = fieldsOf(ctx.policy, purpose).filter(({ name }) => !closed.includes(name))
    const held = await heldOf(ctx, {
      person,
      purpose,
      staff,
      parts: ground.parts,
      fields: open.map(({ name }) => name),
    })
    all.push({ purpose, fields: open.filter(({ name }) => !held.has(name)) })
  }
  return all.filter(({ fields }) => fields.length > 0)
}

type Look = {
  readonly person: PersonId
  readonly purpose: Asking
  readonly staff: Staff
  /** The groups that are held for this purpose. */
  readonly parts: readonly Part[]
  readonly fields: readonly Field[]
}

/**
 * Which of some fields are held. The vault says without opening anything which groups there are, and by its marks whether there is an
 * address of mail or a number. Of a group of several fields, such as a postal address, only a look tells which are there; what this
 * member of staff may not look at counts as held, so that nobody asks for it.
 */
async function heldOf(
  ctx: QuestionContext,
  { person, purpose, staff, parts, fields }: Look,
): Promise<ReadonlySet<Field>> {
  const inGroups = fields.filter((field) => parts.includes(ctx.policy.fields[field].part))
  const held = new Set(inGroups.filter((field) => standsAlone(ctx.policy, purpose, field)))
  for (const field of MARKED)
    if (inGroups.includes(field) && (await ctx.vault.alike(field, person)).length > 0) held.add(field)
  const unclear = inGroups.filter((field) => !held.has(field) && !MARKED.some((marked) => marked === field))
  if (unclear.length === 0) return held
  const look = { person, purpose, fields: unclear as FieldOf<Asking>[], for: 'question:new' } as const
  const seen = await ctx.vault.reveal({ ...look, actor: { role: staff.role, id: staff.id } })
  return new Set([...held, ...(seen.outcome === 'shown' ? (Object.keys(seen.values) as Field[]) : unclear)])
}

/** What a person is found by. */
const MARKED = ['email', 'telephone'] as const satisfies readonly (Field & BlindField)[]

/** Whether a field is the only one of its group that anything in the class of this purpose holds. */
function standsAlone({ fields, purposes }: Policy, purpose: Purpose, field: Field): boolean {
  const beside = Object.values(purposes).filter((one) => one.class === purposes[purpose]?.class)
  const group = new Set(beside.flatMap((one) => Object.keys(one.fields) as Field[]))
  return [...group].every((other) => other === field || fields[other].part !== fields[field].part)
}

/** The purpose under which a mail about another one goes: the box is posted without a mail host, so its mails go with the purchase. */
export function mailPurpose(policy: Policy, purpose: Purpose): Purpose {
  return policy.purposes[purpose]?.recipients.includes('mailHost') ? purpose : 'purchase'
}
