import type { PersonId, Ref } from '../vault/index.ts'
import type { PartnersContext } from './disclose.ts'
import { passedOnRows, type PassedOnRow } from './queries.ts'

/** What was passed on, with the partner's name as people know it. */
export type PassedOn = PassedOnRow & { readonly name: string }

/** What was passed on about a person, or for one order, mail or licence; the oldest first. */
export async function passedOn(
  ctx: Pick<PartnersContext, 'db' | 'policy'>,
  of: { readonly person: PersonId } | { readonly ref: Ref },
): Promise<PassedOn[]> {
  const rows = await passedOnRows(ctx.db.query, of)
  const nameOf = (id: string): string => ctx.policy.recipients.find((row) => row.id === id)?.name ?? id
  return rows.map((row) => ({ ...row, name: nameOf(row.recipient) }))
}
