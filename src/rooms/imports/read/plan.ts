import { isOn, type Field, type Policy } from '../../../policy/index.ts'
import { isOfSale, neededMeanings, type Mapping, type Meaning, type SaleMeaning } from '../mappings/mapping.ts'

/** The personal fields that a past sale may hold: what a registration and the tax office's country hold in the policy in force. */
export type Covered = ReadonlySet<Field>

/** Which personal fields a purpose covers, where a sale was made elsewhere. */
export function coveredBy(policy: Policy): Covered {
  const purposes = (['registration', 'tax'] as const).filter((purpose) => isOn(policy, purpose))
  return new Set(purposes.flatMap((purpose) => Object.keys(policy.purposes[purpose]?.fields ?? {}) as Field[]))
}

/** Where each meaning stands in a file. Shape: places by meaning, in the order of the mapping. */
export type Plan = {
  readonly mapping: Mapping
  readonly head: readonly string[]
  readonly places: ReadonlyMap<Meaning, readonly number[]>
  readonly columns: ColumnReport
}

/**
 * What becomes of the columns of a file, by name. Shape: `dropped` are personal and no purpose covers them; `unneeded` are of the sale
 * and nothing keeps them; `unknown` the mapping does not name; `missing` it names and the file has not.
 */
export type ColumnReport = {
  readonly taken: readonly string[]
  readonly dropped: readonly string[]
  readonly unneeded: readonly string[]
  readonly unknown: readonly string[]
  readonly missing: readonly string[]
}

/** Why a file does not fit a mapping. Shape: `columns` are names of the mapping, never of the file. */
export type NoPlan = { readonly ok: false; readonly because: 'missing' | 'twice'; readonly columns: readonly string[] }

/** Kept nowhere: fees belong to payouts, which no report of sales tells. */
const UNNEEDED: readonly Meaning[] = ['fee']

/** Lays a mapping over the head of a file. Errors: `missing` without what every sale needs, `twice` for a name that stands there twice. */
export function planFor(
  mapping: Mapping,
  head: readonly string[],
  covered: Covered,
): { ok: true; plan: Plan } | NoPlan {
  const named = Object.entries(mapping.columns)
  const twice = named.filter(([name]) => head.filter((one) => one === name).length > 1).map(([name]) => name)
  if (twice.length > 0) return { ok: false, because: 'twice', columns: twice }
  const here = named.filter(([name]) => head.includes(name))
  const gone = lacking(mapping, here)
  if (gone.length > 0) return { ok: false, because: 'missing', columns: gone }
  const used = here.filter(
    ([, meaning]) => !UNNEEDED.includes(meaning) && (isOfSale(meaning) || isCovered(covered, meaning)),
  )
  const places = new Map<Meaning, number[]>()
  for (const [name, meaning] of used) places.set(meaning, [...(places.get(meaning) ?? []), head.indexOf(name)])
  const names = (of: readonly (readonly [string, Meaning])[]): string[] => of.map(([name]) => name)
  const columns = {
    taken: names(used),
    dropped: names(here.filter(([, meaning]) => !isOfSale(meaning) && !isCovered(covered, meaning))),
    unneeded: names(here.filter(([, meaning]) => UNNEEDED.includes(meaning))),
    unknown: head.filter((name) => name !== '' && !Object.hasOwn(mapping.columns, name)),
    missing: names(named.filter(([name]) => !head.includes(name))),
  }
  return { ok: true, plan: { mapping, head, places, columns } }
}

/** A key is looked for by its hash whoever it belongs to, so it is read also where no registration is. */
function isCovered(covered: Covered, meaning: Meaning): boolean {
  return meaning === 'licenceKey' || covered.has(meaning as Field)
}

/** What must be there: a sale's own values, and every column that can say that a row is not paid. */
function lacking({ columns, statuses = {} }: Mapping, here: readonly (readonly [string, Meaning])[]): string[] {
  const meant = here.map(([, meaning]) => meaning)
  const sales = neededMeanings.filter((meaning: SaleMeaning) => !meant.includes(meaning))
  const named = Object.entries(columns).filter(([, meaning]) => sales.includes(meaning as SaleMeaning))
  const words = Object.entries(statuses).filter(
    ([name, by]) => !Object.hasOwn(by, '') && !here.some(([one]) => one === name),
  )
  return [...named, ...words].map(([name]) => name)
}
