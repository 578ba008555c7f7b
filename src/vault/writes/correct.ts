import { sql, type Tx } from '../../db/index.ts'
import type { Field, MayReveal, Part, Purpose, RetentionClass } from '../../policy/index.ts'
import { postalText } from '../blind.ts'
import type { Actor, Ref, VaultContext } from '../context.ts'
import type { BlindEntry, KeyStore, PersonId } from '../keys/store.ts'
import { turns } from '../keys/turns.ts'
import { openBoxes, type OpenedBox } from '../looks/reveal.ts'
import { blindEntries, groupsOf, isMarked, openSealer, stopEntries, type Sealer } from './sealer.ts'

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

/** Corrections of one person run one after the other, so that what they are found by follows the last of them. */
const inTurn = new WeakMap<KeyStore, ReturnType<typeof turns<PersonId>>>()

/** Corrects what is held in every class that holds it; the old value is overwritten and found no more. Never inside a transaction. */
export function correct(ctx: VaultContext, correction: Correction): Promise<Corrected> {
  const turn = inTurn.get(ctx.keys) ?? turns<PersonId>()
  inTurn.set(ctx.keys, turn)
  return turn(correction.person, () => correctOne(ctx, correction))
}

async function correctOne(ctx: VaultContext, correction: Correction): Promise<Corrected> {
  const { person, actor } = correction
  const look = { person, purpose: 'rights' as const, actor, for: correction.for }
  const groups = await groupsHeld(ctx, person)
  const parts = [...new Set(groups.map((row) => row.part))]
  if (parts.length === 0) return { outcome: 'refused', because: 'no-ground' }
  const opened = await openBoxes(ctx, { ...look, parts, items: [''] })
  if (opened.outcome === 'refused') return opened
  const changes = changed(groups, opened.boxes, correction)
  if (changes.length === 0) return { outcome: 'corrected', fields: [] }
  const classes = [...new Set(changes.map((change) => change.class))]
  const part = changes[0]?.part as Part
  const sealing = await openSealer(ctx, { ...look, classes, part })
  if (sealing.outcome === 'refused') return sealing
  const done = await written(ctx, changes, { sealer: sealing.sealer, correction })
  if (!done) return { outcome: 'refused', because: 'changed-meanwhile' }
  const held = new Set(changes.flatMap((change) => change.fields))
  return { outcome: 'corrected', fields: [...held] }
}

/** What this person's live purposes may hold, by class and part: nothing is written beyond that. */
async function groupsHeld(ctx: VaultContext, person: PersonId): Promise<MayReveal[]> {
  const { rows } = await sql<{ purpose: Purpose }>`
    select purpose from vault.held(${person}) where withdrawn_at is null`.execute(ctx.db.query)
  const own = groupsOf(
    ctx.reveals,
    rows.map((row) => row.purpose).filter((purpose) => purpose !== 'rights'),
  ).filter((row) => row.part !== 'message')
  const byBox = new Map<string, MayReveal>()
  for (const row of own) {
    const known = byBox.get(`${row.class} ${row.part}`)
    byBox.set(`${row.class} ${row.part}`, { ...row, fields: [...new Set([...(known?.fields ?? []), ...row.fields])] })
  }
  return [...byBox.values()]
}

/**
 * The person is found by the new values before they are written, and by the old ones until they are: a crash in between leaves one
 * entry too many and never one too few.
 */
async function written(
  ctx: VaultContext,
  changes: readonly Change[],
  { sealer, correction }: { sealer: Sealer; correction: Correction },
): Promise<boolean> {
  const { person } = correction
  const { entries, kinds } = entriesOf(ctx, correction, changes)
  const before = kinds.flatMap((kind) => ctx.keys.entries(person, kind))
  try {
    await ctx.keys.reindex(person, [...before, ...entries], kinds)
    const done = await write(ctx, changes, { sealer, also: correction.also })
    await ctx.keys.reindex(person, done ? entries : before, kinds)
    return done
  } catch (error) {
    await ctx.keys.reindex(person, before, kinds)
    throw error
  } finally {
    sealer.wipe()
  }
}

type Change = {
  readonly class: RetentionClass
  readonly part: Part
  readonly version: number
  readonly values: Readonly<Record<string, string>>
  /** Those that were corrected. */
  readonly fields: readonly Field[]
}

function changed(
  groups: readonly MayReveal[],
  boxes: readonly OpenedBox[],
  { values, class: adding }: Correction,
): Change[] {
  return groups.flatMap((group) => {
    const box = boxes.find((one) => one.class === group.class && one.part === group.part)
    // A group is corrected as a whole: an address that gets a postcode for the first time is still one address.
    if (!box && group.class !== adding) return []
    const mine = Object.entries(values).filter(([field]) => group.fields.includes(field as Field))
    if (mine.length === 0) return []
    const merged = { ...box?.values, ...Object.fromEntries(mine) }
    const filled = Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== ''))
    const fields = mine.map(([field]) => field as Field)
    return [{ class: group.class, part: group.part, version: (box?.version ?? 0) + 1, values: filled, fields }]
  })
}

async function write(
  ctx: VaultContext,
  changes: readonly Change[],
  by: { sealer: Sealer; also: Correction['also'] },
): Promise<boolean> {
  const boxes = changes.map(({ values, fields: _fields, ...name }) => ({
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

/** By what the person is found from now on, and which kinds of entry that replaces: a value that was taken away is found no more. */
function entriesOf(
  ctx: VaultContext,
  { values }: Correction,
  changes: readonly Change[],
): { entries: BlindEntry[]; kinds: BlindEntry['field'][] } {
  const fields = new Set(changes.flatMap((change) => change.fields))
  const address = changes.find((change) => change.part === 'address')
  const entries = {
    ...(fields.has('email') && values.email ? { email: values.email } : {}),
    ...(fields.has('telephone') && values.telephone ? { telephone: values.telephone } : {}),
    ...(address && { post: postalText(address.values) }),
  }
  const kinds: BlindEntry['field'][] = [
    ...(fields.has('email') ? (['email', 'stopMail'] as const) : []),
    ...(fields.has('telephone') ? (['telephone', 'stopTelephone'] as const) : []),
    ...(address ? (['stopPost'] as const) : []),
  ]
  const marked = changes.some((change) => isMarked(change.class))
  return { entries: [...blindEntries(ctx, entries), ...(marked ? stopEntries(ctx, entries) : [])], kinds }
}
