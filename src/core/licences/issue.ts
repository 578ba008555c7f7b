import type { Tx } from '../../db/index.ts'
import { keyedHash, newId } from '../../lib/index.ts'
import { isOn, type RetentionClass } from '../../policy/index.ts'
import type { PersonId, Sealer } from '../../vault/index.ts'
import { addTask, linesOf, offerOf, personOf, type OrderId, type OrderLine } from '../orders/index.ts'
import { program, type Done, type LicenceContext } from './context.ts'
import { newKey } from './key.ts'
import { addLicences, setOwner, takeUnits, type LicenceId } from './queries.ts'
import type { LicenceTables } from './tables.ts'

/** An order whose keys are being issued, and whose it is. */
export type IssuedOrder = { readonly orderId: OrderId; readonly person: PersonId; readonly lines: readonly OrderLine[] }

/** What issuing needs. `alsoIssued` writes what follows from it in the same transaction (the receipt, the clocks); it may run twice. */
export type IssueContext = LicenceContext & {
  readonly alsoIssued: (tx: Tx<LicenceTables>, order: IssuedOrder) => Promise<void>
}

type Piece = LicenceTables['licence_unit'] & {
  readonly productId: string | null
  readonly productName: string
  readonly key: string
}

/**
 * Issues the keys of an order, records the buyer as their owner if registration is on, and asks for what follows, all in
 * one transaction under each piece's own row: however often and wherever this runs, a piece has one key.
 */
export async function issue(ctx: IssueContext, orderId: OrderId): Promise<Done> {
  const person = await personOf(ctx.orders.db.query, orderId)
  const sealer = person ? await keySealer(ctx, person, orderId) : undefined
  if (!person || !sealer) {
    // The buyer was erased before the payment came in: nobody is left to give the key to.
    await addTask(ctx.orders.db.query, ctx.now(), { about: `order:${orderId}`, kind: 'paidAfterErasure', ref: '' })
    return { outcome: 'done' }
  }
  try {
    const lines = await linesOf(ctx.orders.db.query, orderId)
    await write(ctx, { orderId, person, lines }, sealer)
  } finally {
    sealer.wipe()
  }
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

async function write(ctx: IssueContext, order: IssuedOrder, sealer: Sealer): Promise<void> {
  const { orderId, person } = order
  const pieces = piecesOf(ctx, order)
  const since = ctx.now()
  await ctx.db.tx(async (tx) => {
    const free = await takeUnits(tx, pieces.map(unitOf))
    const fresh = pieces.filter((piece) => free.has(piece.unit))
    if (fresh.length > 0) {
      await addLicences(
        tx,
        fresh.map((piece) => ({
          licence_id: piece.licence_id,
          order_id: orderId,
          unit: piece.unit,
          product_id: piece.productId,
          product_name: piece.productName,
          key_hash: keyedHash(ctx.licenceKey, piece.key),
          key_tail: piece.key.slice(-5),
          issued_at: since,
        })),
      )
      await ctx.vault.add(
        tx,
        sealer,
        fresh.flatMap((piece) => boxesOf(sealer, piece)),
      )
      if (isOn(ctx.policy, 'registration'))
        await setOwner(
          tx,
          fresh.map((piece) => ({ licence: piece.licence_id as LicenceId, person, since })),
        )
    }
    await ctx.alsoIssued(tx, order)
  })
}

function piecesOf(ctx: LicenceContext, { orderId, lines }: IssuedOrder): Piece[] {
  const sold = lines.flatMap((line) => Array.from({ length: line.quantity }, () => line))
  return sold.map(({ offerId, productName }, unit) => ({
    order_id: orderId,
    unit,
    licence_id: newId<'licence'>(ctx.now()),
    productId: offerOf(ctx.orders.catalogue, offerId)?.product.id ?? null,
    productName,
    key: newKey(),
  }))
}

function unitOf({ order_id, unit, licence_id }: Piece): LicenceTables['licence_unit'] {
  return { order_id, unit, licence_id }
}

function boxesOf(sealer: Sealer, piece: Piece) {
  return sealer.classes.map((retention) => ({
    class: retention,
    part: 'licence' as const,
    item: piece.licence_id,
    values: { licenceKey: piece.key },
  }))
}
