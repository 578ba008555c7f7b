import type { Query, Tx } from '../../db/index.ts'
import type { Id } from '../../lib/index.ts'
import type { PersonId } from '../../vault/index.ts'
import type { LicenceTables } from './tables.ts'

/** The id of a licence. */
export type LicenceId = Id<'licence'>

/** One right of use, without its key. */
export type Licence = {
  readonly id: LicenceId
  readonly unit: number
  readonly productName: string
  readonly keyTail: string
  readonly revokedAt: Date | null
}

/** The licences of an order, by unit. */
export async function licencesOf(db: Query<LicenceTables>, orderId: string): Promise<Licence[]> {
  const rows = await db
    .selectFrom('licence')
    .select(['licence_id', 'unit', 'product_name', 'key_tail', 'revoked_at'])
    .where('order_id', '=', orderId)
    .orderBy('unit')
    .execute()
  return rows.map((row) => ({
    id: row.licence_id as LicenceId,
    unit: row.unit ?? 0,
    productName: row.product_name,
    keyTail: row.key_tail,
    revokedAt: row.revoked_at,
  }))
}

/** Takes the places of units that have no licence yet. Answers which were free; of two who try at once, one gets each. */
export async function takeUnits(
  tx: Tx<LicenceTables>,
  units: readonly LicenceTables['licence_unit'][],
): Promise<ReadonlySet<number>> {
  if (units.length === 0) return new Set()
  const rows = await tx
    .insertInto('licence_unit')
    .values([...units])
    .onConflict((conflict) => conflict.doNothing())
    .returning('unit')
    .execute()
  return new Set(rows.map((row) => row.unit))
}

/** Writes licences. */
export async function addLicences(
  tx: Tx<LicenceTables>,
  rows: readonly Omit<LicenceTables['licence'], 'revoked_at'>[],
): Promise<void> {
  await tx
    .insertInto('licence')
    .values(rows.map((row) => ({ ...row, revoked_at: null })))
    .execute()
}

/** Records a person as the owner of licences that have none yet. */
export async function setOwner(
  db: Query<LicenceTables>,
  owners: readonly { licence: LicenceId; person: PersonId; since: Date }[],
): Promise<void> {
  const rows = owners.map(({ licence, person, since }) => ({ licence_id: licence, person_id: person, since }))
  await db
    .insertInto('licence_owner')
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** Withdraws licences; one that is withdrawn keeps its date. */
export async function revoke(db: Query<LicenceTables>, ids: readonly LicenceId[], at: Date): Promise<void> {
  if (ids.length === 0) return
  await db
    .updateTable('licence')
    .set({ revoked_at: at })
    .where('licence_id', 'in', [...ids])
    .where('revoked_at', 'is', null)
    .execute()
}

/** Gives licences back. */
export async function restore(db: Query<LicenceTables>, ids: readonly LicenceId[]): Promise<void> {
  if (ids.length === 0) return
  await db
    .updateTable('licence')
    .set({ revoked_at: null })
    .where('licence_id', 'in', [...ids])
    .where('revoked_at', 'is not', null)
    .execute()
}

/** How many keys each of some orders has; an order without one is absent. */
export async function keysPerOrder(
  db: Query<LicenceTables>,
  orderIds: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  if (orderIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('licence')
    .select((row) => ['order_id', row.fn.countAll<string>().as('keys')])
    .where('order_id', 'in', [...orderIds])
    .groupBy('order_id')
    .execute()
  return new Map(rows.flatMap((row) => (row.order_id === null ? [] : [[row.order_id, Number(row.keys)] as const])))
}

/** How many keys stand for no piece of an order: there must be none. */
export async function keysWithoutPiece(db: Query<LicenceTables>): Promise<number> {
  const row = await db
    .selectFrom('licence')
    .leftJoin('licence_unit', 'licence_unit.licence_id', 'licence.licence_id')
    .select((count) => count.fn.countAll<string>().as('all'))
    .where('licence_unit.licence_id', 'is', null)
    .where('licence.order_id', 'is not', null)
    .executeTakeFirst()
  return Number(row?.all ?? 0)
}

/** How many recorded owners there are, and how many of them own nothing that exists. */
export async function ownerCounts(db: Query<LicenceTables>): Promise<{ owners: number; ofNothing: number }> {
  const row = await db
    .selectFrom('licence_owner')
    .leftJoin('licence', 'licence.licence_id', 'licence_owner.licence_id')
    .select((count) => [
      count.fn.countAll<string>().as('owners'),
      count.fn.count<string>('licence.licence_id').as('real'),
    ])
    .executeTakeFirst()
  const owners = Number(row?.owners ?? 0)
  return { owners, ofNothing: owners - Number(row?.real ?? 0) }
}

/** Everybody who is recorded as the owner of a copy of a product that is not withdrawn. Shape: one person for each purchase. */
export async function ownersOf(
  db: Query<LicenceTables>,
  product: { readonly id: string; readonly name: string },
): Promise<PersonId[]> {
  const rows = await db
    .selectFrom('licence_owner')
    .innerJoin('licence', 'licence.licence_id', 'licence_owner.licence_id')
    .select('licence_owner.person_id')
    .distinct()
    .where('licence.revoked_at', 'is', null)
    .where((either) =>
      either.or([either('licence.product_id', '=', product.id), either('licence.product_name', '=', product.name)]),
    )
    .orderBy('licence_owner.person_id')
    .execute()
  return rows.map((row) => row.person_id as PersonId)
}
