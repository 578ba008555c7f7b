import { keyedHash, newId } from '../../lib/index.ts'
import { isOn, type RetentionClass } from '../../policy/index.ts'
import type { PersonId, Sealer } from '../../vault/index.ts'
import { addTask, linesOf, personOf, type OrderId } from '../orders/index.ts'
import { lineOfUnit, program, type Done, type LicenceContext } from './context.ts'
import { newKey } from './key.ts'
import { addLicence, takeUnit, type LicenceId } from './queries.ts'

/**
 * Issues the key of one piece. Row and sealed key are written in one transaction under the unit's own row, so that
 * however often and wherever this runs, a piece has one key.
 */
export async function issue(ctx: LicenceContext, unit: { orderId: OrderId; unit: number }): Promise<Done> {
  const person = await personOf(ctx.orders.db.query, unit.orderId)
  const sealer = person ? await keySealer(ctx, person, unit.orderId) : undefined
  if (!sealer) {
    // The buyer was erased before the payment came in: nobody is left to give the key to.
    await addTask(ctx.orders.db.query, ctx.now(), { about: `order:${unit.orderId}`, kind: 'paidAfterErasure', ref: '' })
    return { outcome: 'done' }
  }
  await write(ctx, unit, sealer)
  sealer.wipe()
  return { outcome: 'done' }
}

async function keySealer(ctx: LicenceContext, person: PersonId, orderId: OrderId): Promise<Sealer | undefined> {
  const classes: RetentionClass[] = isOn(ctx.policy, 'registration') ? ['contract', 'relation'] : ['contract']
  const opened = await ctx.vault.openSealer({
    person,
    classes,
    purpose: 'purchase',
    part: 'licence',
    actor: program,
    for: `order:${orderId}`,
  })
  return opened.outcome === 'open' ? opened.sealer : undefined
}

async function write(
  ctx: LicenceContext,
  { orderId, unit }: { orderId: OrderId; unit: number },
  sealer: Sealer,
): Promise<void> {
  const line = lineOfUnit(await linesOf(ctx.orders.db.query, orderId), unit)
  const key = newKey()
  const licenceId: LicenceId = newId<'licence'>(ctx.now())
  await ctx.db.tx(async (tx) => {
    if (!(await takeUnit(tx, { order_id: orderId, unit, licence_id: licenceId }))) return
    await addLicence(tx, {
      licence_id: licenceId,
      order_id: orderId,
      unit,
      product_name: line?.productName ?? '',
      key_hash: keyedHash(ctx.licenceKey, key),
      key_tail: key.slice(-5),
      issued_at: ctx.now(),
    })
    const made = sealer.classes.map((retention) => ({
      class: retention,
      part: 'licence' as const,
      item: licenceId,
      values: { licenceKey: key },
    }))
    await ctx.vault.add(tx, sealer, made)
  })
}
