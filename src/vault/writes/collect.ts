import { sql, type Tx } from '../../db/index.ts'
import { Broken, newId } from '../../lib/index.ts'
import type { ClockEvent, Field, FieldOf, MayReveal, Part, Purpose, RetentionClass } from '../../policy/index.ts'
import type { VaultContext } from '../context.ts'
import type { PersonId } from '../keys/store.ts'
import type { BoxValues } from './seal.ts'
import { groupsOf, type Sealer } from './sealer.ts'

/** The fields that one of several purposes names. */
export type ValuesFor<P extends Purpose> = Partial<Record<P extends Purpose ? FieldOf<P> : never, string | undefined>>

/** What arrives, for which purposes, under which version of the notice. */
export type Arrival<P extends Purpose> = {
  readonly purposes: readonly P[]
  readonly values: ValuesFor<P>
  readonly notice: number
  readonly channel: string
}

type BoxRow = { class: RetentionClass; part: Part; item: string; version: number; sealed: string }
type BasisRow = {
  basis_id: string
  purpose: Purpose
  legal_basis: string
  notice: number
  channel: string
  event_at?: string
  until?: string
}

/**
 * Writes a person's boxes and grounds: one box for each class and part, one ground for each purpose. The sealer is used up by it, unless `keep`: then the caller wipes it.
 * Errors: throws `field-not-of-purpose` for a value none of the purposes names, `purpose-off` for one that is off.
 */
export async function collect<P extends Purpose>(
  ctx: VaultContext,
  tx: Tx<never>,
  of: { sealer: Sealer; arrival: Arrival<P>; keep?: boolean },
): Promise<PersonId> {
  const { sealer, arrival } = of
  try {
    // What a purpose may also open elsewhere is not written by it: that class has a ground and a clock of its own.
    const groups = groupsOf(ctx.reveals, arrival.purposes).filter(
      (row) => row.class === ctx.policy.purposes[row.purpose]?.class,
    )
    const values = filled(arrival.values)
    for (const field of Object.keys(values))
      if (!groups.some((row) => row.fields.includes(field as Field))) throw new Broken('field-not-of-purpose')
    const bases = arrival.purposes.map((purpose) => basisRow(ctx, purpose, arrival))
    await write(tx, sealer.person, { boxes: boxRows(sealer, groups, values), bases })
  } finally {
    if (!of.keep) sealer.wipe()
  }
  return sealer.person
}

function filled(values: Readonly<Record<string, string | undefined>>): BoxValues {
  return Object.fromEntries(
    Object.entries(values).filter((pair): pair is [string, string] => pair[1] !== undefined && pair[1] !== ''),
  )
}

function boxRows(sealer: Sealer, groups: readonly MayReveal[], values: BoxValues): BoxRow[] {
  const byBox = new Map<string, { class: RetentionClass; part: Part; fields: Set<Field> }>()
  for (const row of groups) {
    const known = byBox.get(`${row.class} ${row.part}`) ?? {
      class: row.class,
      part: row.part,
      fields: new Set<Field>(),
    }
    for (const field of row.fields) known.fields.add(field)
    byBox.set(`${row.class} ${row.part}`, known)
  }
  return [...byBox.values()].flatMap((box) => {
    const inside = Object.fromEntries(Object.entries(values).filter(([field]) => box.fields.has(field as Field)))
    if (Object.keys(inside).length === 0) return []
    const name = { class: box.class, part: box.part, item: '' }
    return [{ ...name, version: 1, sealed: sealer.seal(name, inside).toString('base64') }]
  })
}

function basisRow(ctx: VaultContext, purpose: Purpose, arrival: { notice: number; channel: string }): BasisRow {
  const live = ctx.policy.purposes[purpose]
  if (!live) throw new Broken('purpose-off')
  return {
    basis_id: newId<'basis'>(ctx.now()),
    purpose,
    legal_basis: live.basis,
    notice: arrival.notice,
    channel: arrival.channel,
  }
}

async function write(
  tx: Tx<never>,
  person: PersonId,
  rows: { boxes: readonly BoxRow[]; bases: readonly BasisRow[] },
): Promise<void> {
  await sql`select vault.collect(${person}, ${JSON.stringify(rows.boxes)}::jsonb, ${JSON.stringify(rows.bases)}::jsonb)`.execute(
    tx,
  )
}

/** A value that the program made for a person: a licence key, a finished mail of example mode. */
export type Made = {
  readonly class: RetentionClass
  readonly part: Part
  readonly item: string
  readonly values: BoxValues
}

/** Adds boxes of their own to a known person. Errors: the database refuses an item that is there already. */
export async function add(tx: Tx<never>, sealer: Sealer, made: readonly Made[]): Promise<void> {
  const boxes = made.map(({ values, ...name }) => ({
    ...name,
    version: 1,
    sealed: sealer.seal(name, values).toString('base64'),
  }))
  await write(tx, sealer.person, { boxes, bases: [] })
}

/** Records one more ground, for instance that the person asked to see their data. */
export async function grant(
  ctx: VaultContext,
  tx: Tx<never>,
  given: { person: PersonId; purpose: Purpose; notice: number; channel: string; until?: Date },
): Promise<void> {
  const row = basisRow(ctx, given.purpose, given)
  await write(tx, given.person, {
    boxes: [],
    bases: [given.until ? { ...row, until: given.until.toISOString() } : row],
  })
}

/** Starts the clocks of some purposes: their grounds end one period after the event. Shape: `at` in UTC. */
export async function mark(
  tx: Tx<never>,
  started: { person: PersonId; purposes: readonly Purpose[]; event: ClockEvent; at: Date },
): Promise<void> {
  await sql`select vault.mark(${started.person}, ${[...started.purposes]}::text[], ${started.at})`.execute(tx)
}

/** Takes the clocks of some purposes back: a case that is opened again has no end for now. */
export async function unmark(
  tx: Tx<never>,
  reopened: { person: PersonId; purposes: readonly Purpose[] },
): Promise<void> {
  await sql`select vault.unmark(${reopened.person}, ${[...reopened.purposes]}::text[])`.execute(tx)
}

/** Takes grounds back: from now on nothing may be opened for these purposes. Answers how many there were. */
export async function withdraw(
  tx: Tx<never>,
  taken: { person: PersonId; purposes: readonly Purpose[] },
): Promise<number> {
  const { rows } = await sql<{ done: number }>`
    select vault.withdraw(${taken.person}, ${[...taken.purposes]}::text[]) as done`.execute(tx)
  return rows[0]?.done ?? 0
}
