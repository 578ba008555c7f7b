import { enqueue, type JobHandler, type JobTables, type Tx } from '../db/index.ts'
import { newId } from '../lib/index.ts'
import type { PersonId } from '../vault/index.ts'
import type { PartnersContext } from './disclose.ts'
import { addTold, recipientsOf, setTold, toldByHand, toldById, toldOf, type ToldRow } from './queries.ts'
import type { PartnerTables, ToldState } from './tables.ts'

/** Tells one recipient that a person was erased, and says how that went; `waiting` is tried again. */
export type Teller = (person: PersonId) => Promise<ToldState>

/**
 * Notes every recipient that was given something personal about an erased person, and asks for a job that tells each.
 * Call it after the vault's erasure: from then on nothing more about the person can leave, so nobody is missed.
 * Safe to repeat.
 */
export async function tellErasure<T>(ctx: Pick<PartnersContext, 'now'>, tx: Tx<T>, person: PersonId): Promise<void> {
  const own = tx as unknown as Tx<PartnerTables>
  const at = ctx.now()
  for (const recipient of await recipientsOf(own, person)) await addTold(own, { id: newId(at), person, recipient, at })
  const waiting = (await toldOf(own, person)).filter((row) => row.state === 'waiting')
  await enqueue(
    tx as unknown as Tx<JobTables>,
    at,
    waiting.map(({ id }) => ({ key: `told:${id}`, kind: 'partners.tellErasure', ids: { told: id } })),
  )
}

/** Who had to be told of a person's erasure, and how far that is. */
export function toldAbout(ctx: Pick<PartnersContext, 'db'>, person: PersonId): Promise<ToldRow[]> {
  return toldOf(ctx.db.query, person)
}

/** What only a member of staff can tell, the oldest first. */
export function waitingForStaff(ctx: Pick<PartnersContext, 'db'>): Promise<ToldRow[]> {
  return toldByHand(ctx.db.query)
}

/** A member of staff has told a recipient. */
export function markTold(ctx: Pick<PartnersContext, 'db' | 'now'>, id: string): Promise<void> {
  return setTold(ctx.db.query, { id, from: 'by-hand', state: 'told', at: ctx.now() })
}

/** The job that tells a recipient; one without a teller must be told by a member of staff, and its row says so. */
export function tellErasureJob(
  ctx: Pick<PartnersContext, 'db' | 'now'>,
  tellers: Readonly<Record<string, Teller>>,
): JobHandler {
  return async (ids) => {
    const row = await toldById(ctx.db.query, String(ids['told']))
    if (row?.state !== 'waiting') return { outcome: 'done' }
    const state = (await tellers[row.recipient]?.(row.person as PersonId)) ?? 'by-hand'
    if (state === 'waiting') return { outcome: 'later', because: 'not-told-yet' }
    await setTold(ctx.db.query, { id: row.id, from: 'waiting', state, at: ctx.now() })
    return { outcome: 'done' }
  }
}
