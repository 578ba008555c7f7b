import { sql } from '../../db/index.ts'
import type { Purpose, RetentionClass } from '../../policy/index.ts'
import type { Actor, Ref, VaultContext } from '../context.ts'
import type { PersonId } from '../keys/store.ts'
import { openPassage, unwrapKey } from '../writes/seal.ts'
import type { TextId } from '../writes/texts.ts'
import { logged, type Refusal } from './logged.ts'

/** A look at the texts of one person. Shape: without `texts`, all that concern the person. */
export type TextLook = {
  readonly person: PersonId
  readonly purpose: Purpose
  readonly texts?: readonly TextId[]
  readonly actor: Actor
  readonly for: Ref
}

/** One opened passage. Shape: `content` is bytes; a written text is UTF-8. */
export type OpenedPassage = { readonly text: TextId; readonly passage: number; readonly content: Buffer }

/** Opens the passages that concern a person, for one committed log row. Never inside a transaction. */
export async function openTexts(
  ctx: VaultContext,
  look: TextLook,
): Promise<{ outcome: 'shown'; passages: OpenedPassage[] } | { outcome: 'refused'; because: Refusal | 'erased' }> {
  const written = await logged(ctx, { ...look, kind: 'reveal', parts: ['message'] })
  if (written.outcome === 'refused') return written
  const { rows } = await sql<{
    class: RetentionClass
    text_id: TextId
    passage: number
    wrapped: Buffer
    sealed: Buffer
  }>`
    select * from vault.reveal_text(${look.person}, ${written.log.logId}, ${look.texts ? [...look.texts] : null}::uuid[])`.execute(
    ctx.db.query,
  )
  if (rows.length === 0) return { outcome: 'shown', passages: [] }
  const keys = await ctx.keys.get(written.log, look.person, [...new Set(rows.map((row) => row.class))])
  if (keys.size === 0) return { outcome: 'refused', because: 'erased' }
  try {
    const passages = rows.flatMap((row) => {
      const key = keys.get(row.class)
      return key ? [{ text: row.text_id, passage: row.passage, content: openedWith(key, look.person, row) }] : []
    })
    return { outcome: 'shown', passages }
  } finally {
    for (const key of keys.values()) key.fill(0)
  }
}

function openedWith(
  key: Buffer,
  person: PersonId,
  row: { class: RetentionClass; text_id: TextId; passage: number; wrapped: Buffer; sealed: Buffer },
): Buffer {
  const name = { text: row.text_id, passage: row.passage }
  const content = unwrapKey(key, { person, class: row.class, ...name }, row.wrapped)
  try {
    return openPassage(content, name, row.sealed)
  } finally {
    content.fill(0)
  }
}

/** Whom each passage of some texts concerns: ids only, nothing is opened. */
export async function textPersons(
  ctx: VaultContext,
  texts: readonly TextId[],
): Promise<{ text: TextId; passage: number; person: PersonId; class: RetentionClass }[]> {
  const { rows } = await sql<{ text: TextId; passage: number; person: PersonId; class: RetentionClass }>`
    select text_id as text, passage, person_id as person, class from vault.text_persons(${[...texts]}::uuid[])`.execute(
    ctx.db.query,
  )
  return rows
}
