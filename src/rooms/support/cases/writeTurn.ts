import type { InboundFile } from '../../../contact/index.ts'
import type { Tx } from '../../../db/index.ts'
import { newId } from '../../../lib/index.ts'
import type { Sealer } from '../../../vault/index.ts'
import type { SupportContext } from '../context.ts'
import { addStep, addTurn, type TicketId } from '../queries.ts'
import type { Step, SupportTables, TurnChannel, TurnKind, WhyDestroyed } from '../tables.ts'
import { headOf, passagesOf, type Head } from './passages.ts'
import { addFile } from './queries.ts'

/** A turn as it is to be written. */
export type NewTurn = {
  readonly ticket: TicketId
  readonly kind: TurnKind
  readonly channel: TurnChannel
  readonly automatic?: boolean | undefined
  readonly proposed?: boolean
  readonly staff?: string | undefined
  readonly head: Head
  readonly text: string
  readonly files?: readonly InboundFile[] | undefined
}

/** Writes one turn: its text and its files sealed for whom it concerns, and rows of ids. Answers the turn's id. */
export async function writeTurn(
  ctx: Pick<SupportContext, 'vault' | 'now'>,
  tx: Tx<SupportTables>,
  { turn, sealer }: { turn: NewTurn; sealer: Sealer },
): Promise<string> {
  const at = ctx.now()
  const text = ctx.vault.newText()
  const passages = [headOf(turn.head), ...passagesOf(turn.text).map((passage) => Buffer.from(passage))]
  const sealed = passages.map((content) => ({ content, for: [sealer] }))
  await ctx.vault.writeTexts(tx, { id: text, class: 'case', passages: sealed })
  const { ticket, kind, channel, automatic = false, proposed = false, staff = null } = turn
  const id = newId<'turn'>(at)
  await addTurn(tx, { ticket, id, kind, channel, automatic, proposed, text, staff, at }, sealer.person)
  for (const file of turn.files ?? []) await writeFile(ctx, tx, { file, of: { ticket, turn: id }, sealer })
  return id
}

type OneFile = { file: InboundFile; of: { ticket: TicketId; turn: string }; sealer: Sealer }

async function writeFile(
  ctx: Pick<SupportContext, 'vault' | 'now'>,
  tx: Tx<SupportTables>,
  { file, of, sealer }: OneFile,
): Promise<void> {
  const [called, text] = [ctx.vault.newText(), ctx.vault.newText()]
  const one = (content: Uint8Array) => [{ content, for: [sealer] }]
  await ctx.vault.writeTexts(tx, { id: called, class: 'case', passages: one(Buffer.from(file.name)) })
  await ctx.vault.writeTexts(tx, { id: text, class: 'case', passages: one(file.bytes) })
  const id = newId<'file'>(ctx.now())
  await addFile(tx, { ...of, id, type: file.type, bytes: file.bytes.length, called, text })
}

/** What was done with a ticket, by whom, and a word for why. */
export type Done = {
  readonly ticket: TicketId
  readonly step: Step
  readonly staff?: string
  readonly because?: WhyDestroyed
}

/** Writes a dated row of what was done. */
export async function note(ctx: Pick<SupportContext, 'now'>, tx: Tx<SupportTables>, done: Done): Promise<void> {
  const at = ctx.now()
  const { ticket, step, staff = null, because = null } = done
  await addStep(tx, { ticket, id: newId<'step'>(at), step, because, staff, at })
}
