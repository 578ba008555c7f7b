import { sql } from '../../db/index.ts'
import { Broken, newId } from '../../lib/index.ts'
import type { Part, Purpose } from '../../policy/index.ts'
import type { Actor, Ref, VaultContext } from '../context.ts'
import type { CommittedLog, PersonId } from '../keys/store.ts'

/** A look or a write that is about to happen. */
export type Intent = {
  readonly kind: 'reveal' | 'write'
  readonly person: PersonId
  readonly purpose: Purpose
  readonly parts: readonly Part[]
  readonly actor: Actor
  readonly for: Ref
}

/** Why a look or a write is refused. */
export type Refusal = 'no-ground' | 'not-of-purpose'

/**
 * Writes the log row of a look in a statement that commits by itself, so that no rollback can take it back.
 * What it answers is the only thing that the key store opens for. Errors: throws when called inside a transaction.
 */
export async function logged(
  ctx: VaultContext,
  intent: Intent,
): Promise<{ outcome: 'logged'; log: CommittedLog } | { outcome: 'refused'; because: Refusal }> {
  if (ctx.db.query.isTransaction) throw new Broken('log-inside-transaction')
  const logId = newId<'log'>(ctx.now())
  const { person, kind, purpose, parts, actor } = intent
  const { rows } = await sql<{ answer: string }>`
    select vault.log(${person}, ${logId}, ${kind}, ${purpose}, ${actor.role}, ${actor.id}, ${[...parts]}::text[], ${intent.for}) as answer
  `.execute(ctx.db.query)
  const answer = rows[0]?.answer
  if (answer === 'logged') return { outcome: 'logged', log: { logId } as unknown as CommittedLog }
  if (answer === 'no-ground' || answer === 'not-of-purpose') return { outcome: 'refused', because: answer }
  throw new Broken('log-unclear')
}
