import { keptText, untilText } from './clockText.ts'
import type { Field, Purpose } from './defaults.ts'
import { clauseFor } from './page/anchors.ts'
import { processors, type ProcessorFacts } from './processors/facts.ts'
import { retentionClasses, type Clock, type FieldUse, type Part, type RetentionClass } from './types.ts'
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

const ORDER: readonly Field[] = ['email', 'name', 'street', 'postcode', 'city', 'country', 'telephone', 'message']

/**
 * The form that the given purposes call for together: each field once, required when any of them requires it.
 * A field says the reason of the first purpose that asks for it, and the time of every purpose that keeps it, also of one that
 * asks nothing itself and takes what was asked here; alone on a form it asks what it needs by itself. Source: promises minimum, told-first, may-decline, kept-for-registration.
 */
export function formFor(policy: Policy, purposes: readonly Purpose[]): FormField[] {
  const live = purposes.map((id) => policy.purposes[id]).filter((purpose) => purpose !== undefined)
  const askers = live.flatMap((purpose) => askedOf(purpose, purposes))
  const takers = Object.values(policy.purposes).filter((purpose) => takesFromAny(purpose, askers))
  const names = [...new Set([...ORDER, ...(Object.keys(policy.fields) as Field[])])]
  return names.flatMap((name) => {
    const uses = askers.filter((purpose) => purpose.fields[name])
    const first = uses[0]
    const type = policy.fields[name].input
    if (!first || type === 'made') return []
    const keepers = [...uses, ...takers.filter((purpose) => purpose.fields[name] && takesFromAny(purpose, uses))]
    return [formField(policy, { name, type, first, uses, keepers })]
  })
}

/** A purpose as it asks on a form with others: one that takes from them asks nothing, and alone only what it must. */
function askedOf(purpose: LivePurpose, beside: readonly Purpose[]): LivePurpose[] {
  const { takesFrom } = purpose
  if (!takesFrom) return [purpose]
  if (takesFrom.some((id) => beside.includes(id as Purpose))) return []
  const { takesFrom: _taken, ...alone } = purpose
  const uses = Object.entries(purpose.fields).filter(([, use]) => use.alone)
  return [{ ...alone, fields: Object.fromEntries(uses) }]
}

function takesFromAny(purpose: LivePurpose, from: readonly LivePurpose[]): boolean {
  return from.some(({ id }) => purpose.takesFrom?.includes(id))
}

type Wanted = {
  name: Field
  type: FormField['type']
  first: LivePurpose
  uses: readonly LivePurpose[]
  keepers: readonly LivePurpose[]
}

function formField(policy: Policy, { name, type, first, uses, keepers }: Wanted): FormField {
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
    kept: keptByAll(keepers),
    declining: use.declining?.en,
    clause: clauseFor(policy, first.id),
  }
}

/** For instance `kept until 60 days after delivery, and to account for tax until 10 years after …`. */
function keptByAll(keepers: readonly LivePurpose[]): string {
  const keeping = keepers.filter((purpose) => !purpose.typedIsDropped)
  const [first, ...others] = keeping.filter((purpose, index) => index === firstWithTime(keeping, purpose))
  if (!first) return 'not kept'
  const more = others.map((purpose) => `and ${lowerFirst(purpose.title.en)} ${untilText(purpose.clock)}`)
  return [keptText(first.clock), ...more].join(', ')
}

function firstWithTime(keepers: readonly LivePurpose[], purpose: LivePurpose): number {
  return keepers.findIndex(({ clock }) => keptText(clock) === keptText(purpose.clock))
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1)
}

/** What one purpose may open: a group of fields in one retention class. */
export type MayReveal = {
  readonly purpose: Purpose
  readonly class: RetentionClass
  readonly part: Part
  readonly fields: readonly Field[]
}

/** What these see is never stored, so there is nothing to open. */
const IN_MEMORY_ONLY: readonly Purpose[] = ['abuse', 'statistics']

/** Every pair of purpose and group that may be opened; it becomes a table of the database. `rights` may open all, since it is the person's own view. */
export function mayReveal(policy: Policy): MayReveal[] {
  const live = Object.values(policy.purposes)
  const own = live.filter(({ id }) => !IN_MEMORY_ONLY.includes(id)).flatMap((purpose) => groups(policy, purpose))
  const others = own.filter((row) => row.purpose !== 'rights')
  const rights = others.map((row) => ({ ...row, purpose: 'rights' as const }))
  const mails = live.filter((purpose) => purpose.recipients.includes('mailHost')).flatMap(mailGroups)
  return merged([...others, ...rights, ...mails])
}

/** A mail that example mode keeps instead of sending lies with the address that it went to. */
function mailGroups(purpose: LivePurpose): MayReveal[] {
  const classes: readonly RetentionClass[] =
    purpose.id === 'rights'
      ? retentionClasses.filter((retention) => retention !== 'tax')
      : [purpose.class, ...(purpose.alsoOpens ? [purpose.alsoOpens.class] : [])]
  return classes.map((retention) => ({ purpose: purpose.id, class: retention, part: 'message', fields: [] }))
}

function groups(policy: Policy, purpose: LivePurpose): MayReveal[] {
  const own = Object.keys(purpose.fields) as Field[]
  const others = purpose.alsoOpens?.fields.filter((field) => own.includes(field)) ?? []
  const group = (field: Field, retention: RetentionClass): MayReveal => ({
    purpose: purpose.id,
    class: retention,
    part: policy.fields[field].part,
    fields: [field],
  })
  const elsewhere = purpose.alsoOpens?.class ?? purpose.class
  return [...own.map((field) => group(field, purpose.class)), ...others.map((field) => group(field, elsewhere))]
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

/** What people call whoever is given data: the name in the vendor's register, or the one of a processor that is in none. */
export function recipientName({ recipients }: Pick<Policy, 'recipients'>, id: string): string {
  const known: Readonly<Partial<Record<string, ProcessorFacts>>> = processors
  return recipients.find((row) => row.id === id)?.name ?? known[id]?.legalName ?? id
}
