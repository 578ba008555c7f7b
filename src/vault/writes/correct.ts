import { sql, type Tx } from '../../db/index.ts'
import type { Field, MayReveal, Part, RetentionClass } from '../../policy/index.ts'
import { postalText } from '../blind.ts'
import type { Actor, Ref, VaultContext } from '../context.ts'
import type { BlindEntry, PersonId } from '../keys/store.ts'
import { openBoxes, type OpenedBox } from '../looks/reveal.ts'
import { blindEntries, isMarked, openSealer, stopEntries, type Sealer } from './sealer.ts'

/**
 * What a person, or staff for them, puts right. Shape: `values` by field, an empty one takes the value away; a field that is not held
 * yet is added to `class` only (an answer to a question that was asked further).
 */
export type Correction = {
  readonly person: PersonId
  readonly values: Readonly<Partial<Record<Field, string>>>
  readonly class?: RetentionClass
  readonly actor: Actor
  readonly for: Ref
  /** What must be written with it. */
  readonly also?: (tx: Tx<never>) => Promise<void>
}

/** What came of it. `changed-meanwhile`: somebody else corrected the same at the same time, so look again. */
export type Corrected =
  | { readonly outcome: 'corrected'; readonly fields: readonly Field[] }
  | { readonly outcome: 'refused'; readonly because: 'no-ground' | 'not-of-purpose' | 'erased' | 'changed-meanwhile' }

/** Corrects what is held in every class that holds it; the old value is overwritten and found no more. Never inside a transaction. */
export async function correct(ctx: VaultContext, correction: Correction): Promise<Corrected> {
  const { person, actor } = correction
  const look = { person, purpose: 'rights' as const, actor, for: correction.for }
  const groups = ctx.reveals.filter((row) => row.purpose === 'rights' && row.part !== 'message')
  const parts = [...new Set(groups.map((row) => row.part))]
  const opened = await openBoxes(ctx, { ...look, parts, items: [''] })
  if (opened.outcome === 'refused') return opened
  const changes = changed(groups, opened.boxes, correction)
  if (changes.length === 0) return { outcome: 'corrected', fields: [] }
  const classes = [...new Set(changes.map((change) => change.class))]
  const part = changes[0]?.part as Part
  const sealing = await openSealer(ctx, { ...look, classes, part })
  if (sealing.outcome === 'refused') return sealing
  const done = await write(ctx, changes, { sealer: sealing.sealer, also: correction.also })
  sealing.sealer.wipe()
  if (!done) return { outcome: 'refused', because: 'changed-meanwhile' }
  await ctx.keys.reindex(person, entriesOf(ctx, correction, changes))
  return { outcome: 'corrected', fields: Object.keys(correction.values) as Field[] }
}

type Change = {
  readonly class: RetentionClass
  readonly part: Part
  readonly version: number
  readonly values: Readonly<Record<string, string>>
}

function changed(
  groups: readonly MayReveal[],
  boxes: readonly OpenedBox[],
  { values, class: adding }: Correction,
): Change[] {
  return groups.flatMap((group) => {
    const box = boxes.find((one) => one.class === group.class && one.part === group.part)
    const mine = Object.entries(values).filter(([field]) => group.fields.includes(field as Field))
    const known = mine.filter(([field]) => group.class === adding || box?.values[field] !== undefined)
    if (known.length === 0) return []
    const merged = { ...box?.values, ...Object.fromEntries(known) }
    const filled = Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== ''))
    return [{ class: group.class, part: group.part, version: (box?.version ?? 0) + 1, values: filled }]
  })
}

async function write(
  ctx: VaultContext,
  changes: readonly Change[],
  by: { sealer: Sealer; also: Correction['also'] },
): Promise<boolean> {
  const boxes = changes.map(({ values, ...name }) => ({
    ...name,
    sealed: by.sealer.seal({ ...name, item: '' }, values).toString('base64'),
  }))
  return ctx.db
    .tx(async (tx) => {
      const { rows } = await sql<{ done: boolean }>`
        select vault.correct(${by.sealer.person}, ${JSON.stringify(boxes)}::jsonb) as done`.execute(tx)
      if (!rows[0]?.done) throw new ChangedMeanwhile()
      await by.also?.(tx)
      return true
    })
    .catch((error: unknown) => {
      if (error instanceof ChangedMeanwhile) return false
      throw error
    })
}

/** Rolls the transaction back; it never leaves this file. */
class ChangedMeanwhile extends Error {}

/** The person is found by the new address and number from now on, by the old ones no more. */
function entriesOf(ctx: VaultContext, { values }: Correction, changes: readonly Change[]): BlindEntry[] {
  const address = changes.find((change) => change.part === 'address')
  const entries = {
    ...(values.email && { email: values.email }),
    ...(values.telephone && { telephone: values.telephone }),
    ...(address && { post: postalText(address.values) }),
  }
  const marked = changes.some((change) => isMarked(change.class))
  return [...blindEntries(ctx, entries), ...(marked ? stopEntries(ctx, entries) : [])]
}
