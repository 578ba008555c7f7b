import { sql } from '../../db/index.ts'
import type { Field, FieldOf, FieldsOf, Part, Purpose, RetentionClass } from '../../policy/index.ts'
import type { Actor, Ref, VaultContext } from '../context.ts'
import type { PersonId } from '../keys/store.ts'
import { logged, type Refusal } from './logged.ts'
import { unseal, type BoxValues } from '../writes/seal.ts'

/** A look at one person's values: for a purpose, by somebody, for something. */
export type Look<P extends Purpose> = {
  readonly person: PersonId
  readonly purpose: P
  readonly fields?: readonly FieldOf<P>[]
  readonly actor: Actor
  readonly for: Ref
}

/** What a look gives. */
export type Shown<V> =
  | { readonly outcome: 'shown'; readonly values: V; readonly class: RetentionClass | undefined }
  | { readonly outcome: 'refused'; readonly because: Refusal | 'erased' }

/** One opened box. */
export type OpenedBox = {
  readonly class: RetentionClass
  readonly part: Part
  readonly item: string
  readonly version: number
  readonly values: BoxValues
}

/**
 * Shows the fields that a purpose needs, after the log row is committed. Never call it inside a transaction.
 * Shape: only fields that the purpose names; those that were never given are absent.
 */
export async function reveal<P extends Purpose>(
  ctx: VaultContext,
  look: Look<P>,
): Promise<Shown<Partial<FieldsOf<P>>>> {
  const rows = ctx.reveals.filter((row) => row.purpose === look.purpose)
  const wanted: readonly Field[] = look.fields ?? rows.flatMap((row) => row.fields)
  const parts = [
    ...new Set(rows.filter((row) => row.fields.some((field) => wanted.includes(field))).map((row) => row.part)),
  ]
  const opened = await openBoxes(ctx, { ...look, parts, items: [''] })
  if (opened.outcome === 'refused') return opened
  const values: Record<string, string> = {}
  for (const box of opened.boxes)
    for (const [field, value] of Object.entries(box.values))
      if (wanted.includes(field as Field)) values[field] ??= value
  return { outcome: 'shown', values: values as Partial<FieldsOf<P>>, class: opened.boxes[0]?.class }
}

/** A look at boxes that the program made, by item. Shape: `items: ['*']` means all of that part. */
export type ItemLook = {
  readonly person: PersonId
  readonly purpose: Purpose
  readonly parts: readonly Part[]
  readonly items: readonly string[]
  readonly actor: Actor
  readonly for: Ref
}

/** Opens boxes of some parts for one committed log row. */
export async function openBoxes(
  ctx: VaultContext,
  look: ItemLook,
): Promise<{ outcome: 'shown'; boxes: OpenedBox[] } | { outcome: 'refused'; because: Refusal | 'erased' }> {
  const written = await logged(ctx, { ...look, kind: 'reveal' })
  if (written.outcome === 'refused') return written
  const { rows } = await sql<{ class: RetentionClass; part: Part; item: string; version: number; sealed: Buffer }>`
    select * from vault.reveal(${look.person}, ${written.log.logId}, ${[...look.items]}::text[])`.execute(ctx.db.query)
  if (rows.length === 0) return { outcome: 'shown', boxes: [] }
  const classes = [...new Set(rows.map((row) => row.class))].sort()
  const keys = await ctx.keys.get(written.log, look.person, classes)
  if (keys.size === 0) return { outcome: 'refused', because: 'erased' }
  try {
    const boxes = rows.flatMap(({ sealed, ...name }) => {
      const key = keys.get(name.class)
      return key ? [{ ...name, values: unseal(key, { person: look.person, ...name }, sealed) }] : []
    })
    return { outcome: 'shown', boxes: boxes.sort((a, b) => classes.indexOf(a.class) - classes.indexOf(b.class)) }
  } finally {
    for (const key of keys.values()) key.fill(0)
  }
}
