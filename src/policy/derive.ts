import { clauseFor } from './clauses.ts'
import { keptText } from './clockText.ts'
import type { Field, Purpose } from './defaults.ts'
import type { Clock, FieldUse, Part, RetentionClass } from './types.ts'
import type { LivePurpose, Policy } from './vendor.ts'

/** One field of a form, with everything that is said beside it. */
export type FormField = {
  readonly name: Field
  readonly label: string
  readonly type: 'text' | 'email' | 'tel' | 'select' | 'textarea'
  readonly autocomplete: string
  readonly required: boolean
  readonly maxLength: number
  readonly why: string
  readonly kept: string
  readonly declining: string | undefined
  readonly clause: { readonly number: number; readonly anchor: string }
}

const ORDER: readonly Field[] = ['email', 'name', 'street', 'postcode', 'city', 'country', 'telephone']

/**
 * The form that the given purposes call for together: each field once, required when any of them requires it.
 * A field says the reason of the first purpose that asks for it. Source: promises minimum, told-first, may-decline.
 */
export function formFor(policy: Policy, purposes: readonly Purpose[]): FormField[] {
  const live = purposes.map((id) => policy.purposes[id]).filter((purpose) => purpose !== undefined)
  return ORDER.flatMap((name) => {
    const uses = live.filter((purpose) => purpose.fields[name])
    const first = uses[0]
    const type = policy.fields[name].input
    if (!first || type === 'made') return []
    return [formField(policy, { name, type, first, uses })]
  })
}

type Wanted = { name: Field; type: FormField['type']; first: LivePurpose; uses: readonly LivePurpose[] }

function formField(policy: Policy, { name, type, first, uses }: Wanted): FormField {
  const field = policy.fields[name]
  const use = first.fields[name] as FieldUse
  return {
    name,
    type,
    label: field.label.en,
    autocomplete: field.autocomplete,
    maxLength: field.maxLength,
    required: uses.some((purpose) => purpose.fields[name]?.need === 'required'),
    why: use.why.en,
    kept: uses.map((purpose) => keptText(purpose.clock)).filter((text, index, all) => all.indexOf(text) === index).join('; '),
    declining: use.declining?.en,
    clause: clauseFor(policy, first.id),
  }
}

/** What one purpose may open: a group of fields in one retention class. */
export type MayReveal = { readonly purpose: Purpose; readonly class: RetentionClass; readonly part: Part; readonly fields: readonly Field[] }

/** Every pair of purpose and group that may be opened; it becomes a table of the database. `rights` may open all, since it is the person's own view. */
export function mayReveal(policy: Policy): MayReveal[] {
  const own = Object.values(policy.purposes).filter((purpose) => purpose.id !== 'abuse').flatMap((purpose) => groups(policy, purpose))
  const rights = own.filter((row) => row.purpose !== 'rights').map((row) => ({ ...row, purpose: 'rights' as const }))
  const mails = Object.values(policy.purposes).filter((purpose) => purpose.recipients.includes('mailHost')).flatMap(mailGroups)
  return merged([...own.filter((row) => row.purpose !== 'rights'), ...rights, ...mails])
}

/** A mail that example mode keeps instead of sending lies with the address that it went to. */
function mailGroups(purpose: LivePurpose): MayReveal[] {
  const classes: readonly RetentionClass[] = purpose.id === 'rights' ? ['contract', 'relation'] : [purpose.class]
  return classes.map((retention) => ({ purpose: purpose.id, class: retention, part: 'message', fields: [] }))
}

function groups(policy: Policy, purpose: LivePurpose): MayReveal[] {
  const fields = Object.keys(purpose.fields) as Field[]
  return fields.map((field) => ({ purpose: purpose.id, class: purpose.class, part: policy.fields[field].part, fields: [field] }))
}

function merged(rows: readonly MayReveal[]): MayReveal[] {
  const byKey = new Map<string, MayReveal>()
  for (const row of rows) {
    const key = `${row.purpose} ${row.class} ${row.part}`
    const known = byKey.get(key)
    byKey.set(key, { ...row, fields: [...new Set([...(known?.fields ?? []), ...row.fields])] })
  }
  return [...byKey.values()]
}

/** The clock of a live purpose. Errors: throws for a purpose that is off. */
export function clockOf(policy: Policy, purpose: Purpose): Clock {
  const live = policy.purposes[purpose]
  if (!live) throw new RangeError('this purpose is off')
  return live.clock
}

/** The record of processing, one row for each live purpose. Source: GDPR article 30. */
export function recordOfProcessing(policy: Policy): { purpose: Purpose; basis: string; fields: Field[]; kept: string; recipients: readonly string[] }[] {
  return Object.values(policy.purposes).map((purpose) => ({
    purpose: purpose.id,
    basis: purpose.basis,
    fields: Object.keys(purpose.fields) as Field[],
    kept: keptText(purpose.clock),
    recipients: purpose.recipients,
  }))
}
