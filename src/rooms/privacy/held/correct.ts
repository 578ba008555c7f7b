import {
  clauseFor,
  clockOf,
  keptText,
  type Field,
  type FormField,
  type Policy,
  type Purpose,
} from '../../../policy/index.ts'
import { isLive, type Holding, type OpenedBox, type PersonId } from '../../../vault/index.ts'
import type { PrivacyContext } from '../context.ts'
import { ownLook } from './held.ts'

type FieldUse = NonNullable<NonNullable<Policy['purposes'][Purpose]>['fields'][Field]>

/** What can be corrected of one person: a form with what is held now. */
export type Correctable = {
  readonly form: readonly FormField[]
  readonly values: Readonly<Partial<Record<Field, string>>>
}

// The country of a sale is what the tax office is told of it: it was true when the sale was made.
const FIXED: readonly Field[] = ['country']

/** The fields that a person typed and that are still held, each with why and how long. */
export async function correctable(ctx: PrivacyContext, person: PersonId): Promise<Correctable> {
  const { holdings, boxes } = await ctx.vault.everything(person, ownLook)
  const values = typedIn(ctx.policy, boxes)
  const uses = holdings.filter((ground) => ground.purpose !== 'rights' && isLive(ground, ctx.now()))
  const form = (Object.keys(values) as Field[]).flatMap((field) => fieldOf(ctx.policy, field, uses))
  return { form, values }
}

function typedIn(policy: Policy, boxes: readonly OpenedBox[]): Partial<Record<Field, string>> {
  const typed = boxes
    .filter((box) => box.item === '' && box.part !== 'message')
    .flatMap((box) => Object.entries(box.values))
  const known = typed.filter(([field]) => field in policy.fields && policy.fields[field as Field].input !== 'made')
  return Object.fromEntries(known.filter(([field]) => !FIXED.includes(field as Field)))
}

function fieldOf(policy: Policy, name: Field, grounds: readonly Holding[]): FormField[] {
  const { input: type, label, autocomplete, maxLength } = policy.fields[name]
  const uses = grounds.flatMap(({ purpose }) => useOf(policy, purpose, name))
  const first = uses[0]
  if (!first || type === 'made') return []
  const required = uses.some(({ use }) => use.need === 'required')
  return [
    {
      name,
      type,
      autocomplete,
      maxLength,
      required,
      label: label.en,
      why: first.use.why.en,
      kept: keptText(clockOf(policy, first.purpose)),
      declining: first.use.declining?.en,
      clause: clauseFor(policy, first.purpose),
    },
  ]
}

function useOf(policy: Policy, purpose: Purpose, field: Field): { purpose: Purpose; use: FieldUse }[] {
  const use = policy.purposes[purpose]?.fields[field]
  return use ? [{ purpose, use }] : []
}

/** Puts right what the person changed, in every place that holds it; the old value is overwritten. */
export async function correct(
  ctx: PrivacyContext,
  person: PersonId,
  { was, is }: { was: Correctable['values']; is: Correctable['values'] },
): Promise<'corrected' | 'again'> {
  const fields = (Object.keys(was) as Field[]).filter((field) => (is[field] ?? '') !== was[field])
  if (fields.length === 0) return 'corrected'
  const values = Object.fromEntries(fields.map((field) => [field, is[field] ?? '']))
  const done = await ctx.vault.correct({ person, values, ...ownLook })
  return done.outcome === 'corrected' ? 'corrected' : 'again'
}
