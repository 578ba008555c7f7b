import { randomBytes } from 'node:crypto'
import { sql, type Tx } from '../../db/index.ts'
import { Broken, newId, type Id } from '../../lib/index.ts'
import type { Purpose, RetentionClass } from '../../policy/index.ts'
import type { Actor, Ref, VaultContext } from '../context.ts'
import type { PersonId } from '../keys/store.ts'
import { logged, type Refusal } from '../looks/logged.ts'
import { unwrapKey, sealPassage } from './seal.ts'
import { openSealer, type Sealer } from './sealer.ts'

/** The id of a text: a letter, a turn of a conversation, a scan. */
export type TextId = Id<'text'>

/** One passage. Shape: `content` is any bytes, a text as UTF-8; `for` are the sealers of those whom it concerns. */
export type NewPassage = { readonly content: Uint8Array; readonly for: readonly Sealer[] }

type TextRow = { text_id: string; passage: number; sealed: string }
type KeyRow = { person_id: string; class: RetentionClass; text_id: string; passage: number; wrapped: string }

/**
 * Writes a text in passages, numbered from 0. Each passage has a key of its own, wrapped for each person whom it concerns in the
 * class given. The sealers are not wiped: the caller does it. Errors: throws `person-gone` when one of them was erased meanwhile.
 */
export async function writeTexts(
  tx: Tx<never>,
  text: { id: TextId; class: RetentionClass; passages: readonly NewPassage[]; first?: number },
): Promise<void> {
  const texts: TextRow[] = []
  const keys: KeyRow[] = []
  for (const [order, { content, for: sealers }] of text.passages.entries()) {
    if (sealers.length === 0) throw new Broken('text-without-person')
    const name = { text: text.id, passage: (text.first ?? 0) + order }
    const key = randomBytes(32)
    texts.push({
      text_id: text.id,
      passage: name.passage,
      sealed: sealPassage(key, name, content).toString('base64'),
    })
    for (const sealer of sealers)
      keys.push(keyRow(sealer.person, { ...name, class: text.class }, sealer.wrap({ ...name, class: text.class }, key)))
    key.fill(0)
  }
  await write(tx, texts, keys)
}

/** A fresh id for a text. */
export function newTextId(ctx: Pick<VaultContext, 'now'>): TextId {
  return newId<'text'>(ctx.now())
}

function keyRow(
  person: PersonId,
  of: { text: string; passage: number; class: RetentionClass },
  wrapped: Buffer,
): KeyRow {
  return {
    person_id: person,
    class: of.class,
    text_id: of.text,
    passage: of.passage,
    wrapped: wrapped.toString('base64'),
  }
}

async function write(tx: Tx<never>, texts: readonly TextRow[], keys: readonly KeyRow[]): Promise<void> {
  await sql`select vault.write_text(${JSON.stringify(texts)}::jsonb, ${JSON.stringify(keys)}::jsonb)`.execute(tx)
}

/** A passage of one person that is to be readable for another, who must have a ground of their own for the same purpose. */
export type Sharing = {
  readonly text: TextId
  readonly passages: readonly number[]
  readonly from: PersonId
  readonly to: PersonId
  readonly purpose: Purpose
  /** Whether it stays readable for whom it came from. */
  readonly keep: boolean
  readonly actor: Actor
  readonly for: Ref
}

/**
 * Makes passages readable for another person, and for the first no more unless `keep`. Both looks are logged. Never inside a transaction.
 * Errors: `moved` when the first does not have them all any more, also when somebody else hands them on in this moment.
 */
export async function shareText(
  ctx: VaultContext,
  sharing: Sharing,
): Promise<{ outcome: 'shared' } | { outcome: 'refused'; because: Refusal | 'erased' | 'moved' }> {
  const { text, from, to, purpose, actor, passages } = sharing
  const look = { purpose, actor, for: sharing.for }
  const seen = await logged(ctx, { ...look, kind: 'reveal', person: from, parts: ['message'] })
  if (seen.outcome === 'refused') return seen
  const { rows } = await sql<{ class: RetentionClass; passage: number; wrapped: Buffer }>`
    select class, passage, wrapped from vault.reveal_text(${from}, ${seen.log.logId}, ${[text]}::uuid[])
    where passage = any (${[...passages]}::int[])`.execute(ctx.db.query)
  if (rows.length < passages.length) return { outcome: 'refused', because: 'moved' }
  const classes = [...new Set(rows.map((row) => row.class))]
  const opened = await openSealer(ctx, { ...look, person: to, classes, part: 'message' })
  if (opened.outcome === 'refused') return opened
  const keys = await ctx.keys.get(seen.log, from, classes)
  try {
    const wrapped = rows.flatMap((row) => rewrapped(sharing, row, { key: keys.get(row.class), sealer: opened.sealer }))
    const isTheirs = await ctx.db.tx(async (tx) => {
      if ((await hold(tx, { text, passages, person: from })) < passages.length) return false
      await write(tx, [], wrapped)
      if (!sharing.keep) await dropPassages(tx, { text, passages, person: from })
      return true
    })
    return isTheirs ? { outcome: 'shared' } : { outcome: 'refused', because: 'moved' }
  } finally {
    opened.sealer.wipe()
    for (const key of keys.values()) key.fill(0)
  }
}

/** How many of some passages a person has; nobody else can hand these on before the transaction ends. */
async function hold(
  tx: Tx<never>,
  { text, passages, person }: { text: TextId; passages: readonly number[]; person: PersonId },
): Promise<number> {
  const { rows } = await sql<{ held: number }>`
    select vault.hold_passages(${person}, ${text}, ${[...passages]}::int[]) as held`.execute(tx)
  return rows[0]?.held ?? 0
}

function rewrapped(
  { text, from, to }: Sharing,
  row: { class: RetentionClass; passage: number; wrapped: Buffer },
  by: { key: Buffer | undefined; sealer: Sealer },
): KeyRow[] {
  if (!by.key) return []
  const name = { text, passage: row.passage, class: row.class }
  const content = unwrapKey(by.key, { person: from, ...name }, row.wrapped)
  const wrapped = by.sealer.wrap(name, content)
  content.fill(0)
  return [keyRow(to, name, wrapped)]
}

/** Destroys passages alone, for one person or, without one, for everybody. Answers how many nobody can read any more. */
export async function dropPassages(
  tx: Tx<never>,
  gone: { text: TextId; passages: readonly number[]; person?: PersonId },
): Promise<number> {
  const { rows } = await sql<{ gone: number }>`
    select vault.drop_passage(${gone.person ?? null}::uuid, ${gone.text}, ${[...gone.passages]}::int[]) as gone`.execute(
    tx,
  )
  return rows[0]?.gone ?? 0
}
