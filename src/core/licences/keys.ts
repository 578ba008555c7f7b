import type { Tx } from '../../db/index.ts'
import { isOn } from '../../policy/index.ts'
import type { Actor, PersonId, Ref } from '../../vault/index.ts'
import { personOf, rightOf, stateOf, underLock, type OrderId } from '../orders/index.ts'
import type { Done, LicenceContext } from './context.ts'
import { licencesOf, restore, revoke, type Licence } from './queries.ts'
import type { LicenceTables } from './tables.ts'

/** Whether every piece of an order has its key. No more are issued for what was sold elsewhere. */
export async function allIssued(ctx: Pick<LicenceContext, 'db' | 'orders'>, orderId: OrderId): Promise<boolean> {
  const state = await stateOf(ctx.orders, orderId)
  if (state.fulfilledElsewhere) return true
  return (await licencesOf(ctx.db.query, orderId)).length >= (state.placed?.units ?? 0)
}

/**
 * Withdraws each key of an order to which its buyer has no right any more, and restores each to which they have:
 * whatever the order says now, under its lock. Keys issued later are none: waits for all of them.
 */
export async function followRight(ctx: LicenceContext, orderId: OrderId): Promise<Done> {
  const person = await personOf(ctx.orders.db.query, orderId)
  if (person && !(await allIssued(ctx, orderId))) return { outcome: 'later', because: 'keys-first' }
  await underLock(ctx.orders, orderId, async (state, tx) => {
    const licenceTx = tx as unknown as Tx<LicenceTables>
    const licences = (await licencesOf(licenceTx, orderId)).map(({ id, unit }) => ({ id, right: rightOf(state, unit) }))
    const withdrawn = licences.filter(({ right }) => right === 'revoked').map(({ id }) => id)
    const kept = licences.filter(({ right }) => right === 'active' || right === 'suspended').map(({ id }) => id)
    await revoke(licenceTx, withdrawn, ctx.now())
    await restore(licenceTx, kept)
  })
  return { outcome: 'done' }
}

/** One piece with its key, if it can still be shown. */
export type ShownKey = Licence & { readonly key: string | undefined }

/** The keys of an order, opened for its buyer: a logged look. Shape: `key` is absent after an erasure; `person` when the caller knows it. */
export async function keysOf(
  ctx: LicenceContext,
  look: { orderId: OrderId; person?: PersonId; actor: Actor; for: Ref },
): Promise<ShownKey[]> {
  const licences = await licencesOf(ctx.db.query, look.orderId)
  if (licences.length === 0) return []
  const person = look.person ?? (await personOf(ctx.orders.db.query, look.orderId))
  const keys = person
    ? await opened(ctx, person, { ...look, items: licences.map((licence) => licence.id) })
    : new Map<string, string>()
  return licences.map((licence) => ({ ...licence, key: keys.get(licence.id) }))
}

async function opened(
  ctx: LicenceContext,
  person: PersonId,
  look: { actor: Actor; for: Ref; items: string[] },
): Promise<Map<string, string>> {
  const purposes = isOn(ctx.policy, 'registration') ? (['purchase', 'registration'] as const) : (['purchase'] as const)
  for (const purpose of purposes) {
    const answer = await ctx.vault.openBoxes({
      person,
      purpose,
      parts: ['licence'],
      items: look.items,
      actor: look.actor,
      for: look.for,
    })
    if (answer.outcome === 'shown' && answer.boxes.length > 0)
      return new Map(answer.boxes.map((box) => [box.item, box.values['licenceKey'] ?? '']))
  }
  return new Map()
}
