import { sql } from '../../db/index.ts'
import { Broken, newId } from '../../lib/index.ts'
import type { Field, FieldOf, FieldsOf, Part, Purpose, RetentionClass } from '../../policy/index.ts'
import type { Actor, Ref, VaultContext } from '../context.ts'
import type { CommittedLog, PersonId } from '../keys/store.ts'
import { unseal } from '../writes/seal.ts'

/** A look at many persons for one purpose. Shape: `persons` in pages of at most a few thousand. */
export type ManyLook<P extends Purpose> = {
  readonly persons: AsyncIterable<readonly PersonId[]> | Iterable<readonly PersonId[]>
  readonly purpose: P
  readonly fields: readonly FieldOf<P>[]
  readonly actor: Actor
  readonly for: Ref
}

/** One person of a page. Shape: only fields that the purpose names; those that were never given are absent. */
export type ShownPerson<P extends Purpose> = { readonly person: PersonId; readonly values: Partial<FieldsOf<P>> }

/**
 * Shows the fields of many persons, page by page; the log has one row a page, committed before anything of it is opened, that names
 * each person. Whoever has no live ground, or was erased, is left out. Errors: throws `look-refused` for a purpose that may not look.
 */
export async function* revealMany<P extends Purpose>(
  ctx: VaultContext,
  look: ManyLook<P>,
): AsyncGenerator<ShownPerson<P>[]> {
  if (ctx.db.query.isTransaction) throw new Broken('log-inside-transaction')
  const wanted: readonly Field[] = look.fields
  const groups = ctx.reveals.filter((row) => row.purpose === look.purpose)
  const parts = groups.filter((row) => row.fields.some((field) => wanted.includes(field))).map((row) => row.part)
  for await (const page of look.persons)
    if (page.length > 0) yield await openPage(ctx, { ...look, page, parts: [...new Set(parts)], wanted })
}

type Page = {
  readonly page: readonly PersonId[]
  readonly parts: readonly Part[]
  readonly wanted: readonly Field[]
  readonly purpose: Purpose
  readonly actor: Actor
  readonly for: Ref
}

type Row = { person_id: PersonId; class: RetentionClass; part: Part; item: string; version: number; sealed: Buffer }

async function openPage<P extends Purpose>(ctx: VaultContext, page: Page): Promise<ShownPerson<P>[]> {
  const written = await logPage(ctx, page)
  if (!written) return []
  const { rows } = await sql<Row>`select * from vault.reveal_many(${written.first}, ${written.log.logId})`.execute(
    ctx.db.query,
  )
  const byPerson = new Map<PersonId, Row[]>()
  for (const row of rows) byPerson.set(row.person_id, [...(byPerson.get(row.person_id) ?? []), row])
  const shown: ShownPerson<P>[] = []
  for (const [person, boxes] of byPerson) {
    const values = await openOne(ctx, { log: written.log, person, boxes, wanted: page.wanted })
    if (values) shown.push({ person, values: values as Partial<FieldsOf<P>> })
  }
  return shown
}

async function openOne(
  ctx: VaultContext,
  of: { log: CommittedLog; person: PersonId; boxes: readonly Row[]; wanted: readonly Field[] },
): Promise<Record<string, string> | undefined> {
  const keys = await ctx.keys.get(of.log, of.person, [...new Set(of.boxes.map((row) => row.class))])
  if (keys.size === 0) return undefined
  const values: Record<string, string> = {}
  for (const { person_id: person, sealed, ...name } of of.boxes) {
    const key = keys.get(name.class)
    if (!key) continue
    for (const [field, value] of Object.entries(unseal(key, { person, ...name }, sealed)))
      if (of.wanted.includes(field as Field)) values[field] ??= value
  }
  for (const key of keys.values()) key.fill(0)
  return values
}

async function logPage(ctx: VaultContext, page: Page): Promise<{ log: CommittedLog; first: string } | undefined> {
  const logId = newId<'log'>(ctx.now())
  const { actor, purpose, parts } = page
  const { rows } = await sql<{ answer: string }>`
    select vault.log_many(${[...page.page]}::uuid[], ${logId}, ${purpose}, ${actor.role}, ${actor.id}, ${[...parts]}::text[], ${page.for}) as answer
  `.execute(ctx.db.query)
  const answer = rows[0]?.answer ?? 'not-of-purpose'
  if (answer === 'not-of-purpose') throw new Broken('look-refused')
  return answer === 'no-ground' ? undefined : { log: { logId } as unknown as CommittedLog, first: answer }
}
