import type { Tx } from '../../../db/index.ts'
import { keyedHash, newId } from '../../../lib/index.ts'
import { isOn } from '../../../policy/index.ts'
import type { Sealer } from '../../../vault/index.ts'
import type { OrderId } from '../../orders/index.ts'
import type { LicenceContext } from '../context.ts'
import { spelt, tailOf } from '../key.ts'
import { addLicences, takeUnits, type LicenceId } from '../queries.ts'
import type { LicenceTables, Source } from '../tables.ts'
import { copyByHash, joinOrder, takeOwnership, takeSerials } from './queries.ts'
import { faultOfKey } from './serials.ts'

/** A key that was sold elsewhere with one piece of an order. */
export type SoldKey = {
  readonly unit: number
  readonly key: string
  readonly productId: string | null
  readonly productName: string
}

/** The order that was taken in with them. Shape: no sealer when nobody is recorded as the owner. */
export type SoldElsewhereOrder = {
  readonly orderId: OrderId
  readonly soldAt: Date
  readonly source: Source
  readonly sealer: Sealer | undefined
}

/** Why a key of a past sale cannot be taken: its form, or that it belongs to another sale. */
export async function faultOfSoldKey(
  ctx: LicenceContext,
  key: string,
  orderId: OrderId | undefined,
): Promise<'length' | 'likeOurs' | 'taken' | undefined> {
  const fault = faultOfKey(key)
  if (fault) return fault
  const copy = await copyByHash(ctx.db.query, keyedHash(ctx.licenceKey, spelt(key).text))
  return copy?.order && copy.order !== orderId ? 'taken' : undefined
}

/**
 * Records keys that were sold elsewhere, with their owner, in the transaction of their order. A serial number that was listed before
 * joins the order, and an owner who said so by a mailed link stays. A key that another sale took meanwhile is left to it.
 */
export async function recordKeys(
  ctx: LicenceContext,
  tx: Tx<LicenceTables>,
  of: { order: SoldElsewhereOrder; keys: readonly SoldKey[] },
): Promise<void> {
  for (const sold of of.keys) await recordKey(ctx, tx, { ...of.order, ...sold })
}

async function recordKey(
  ctx: LicenceContext,
  tx: Tx<LicenceTables>,
  sold: SoldElsewhereOrder & SoldKey,
): Promise<void> {
  const { orderId, unit, sealer } = sold
  const text = spelt(sold.key).text
  const id = await licenceFor(ctx, tx, { ...sold, hash: keyedHash(ctx.licenceKey, text), text })
  if (!id) return
  await takeUnits(tx, [{ order_id: orderId, unit, licence_id: id }])
  if (!sealer || !isOn(ctx.policy, 'registration')) return
  const since = ctx.now()
  if (!(await takeOwnership(tx, { licence: id, person: sealer.person, since }))) return
  const box = { class: 'relation', part: 'licence', item: id, values: { licenceKey: text } } as const
  await ctx.vault.add(tx, sealer, [box])
}

async function licenceFor(
  ctx: LicenceContext,
  tx: Tx<LicenceTables>,
  sold: SoldElsewhereOrder & SoldKey & { hash: Buffer; text: string },
): Promise<LicenceId | undefined> {
  const { orderId, unit, hash, text, source, soldAt } = sold
  const id = newId<'licence'>(ctx.now())
  const serial = { key_hash: hash, licence_id: id, source, loaded_at: ctx.now() }
  if (!(await takeSerials(tx, [serial])).has(id)) return joinOrder(tx, { hash, orderId, unit })
  const named = { product_id: sold.productId, product_name: sold.productName }
  const found = { key_hash: hash, key_tail: tailOf(text), issued_at: soldAt }
  await addLicences(tx, [{ licence_id: id, order_id: orderId, unit, ...named, ...found }])
  return id
}
