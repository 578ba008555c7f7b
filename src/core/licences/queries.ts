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
    unit: row.unit,
    productName: row.product_name,
    keyTail: row.key_tail,
    revokedAt: row.revoked_at,
  }))
}

/** Takes the place of one unit; false when it has a licence already. */
export async function takeUnit(tx: Tx<LicenceTables>, unit: LicenceTables['licence_unit']): Promise<boolean> {
  const result = await tx
    .insertInto('licence_unit')
    .values(unit)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return (result.numInsertedOrUpdatedRows ?? 0n) > 0n
}

/** Writes a licence. */
export async function addLicence(
  tx: Tx<LicenceTables>,
  row: Omit<LicenceTables['licence'], 'revoked_at'>,
): Promise<void> {
  await tx
    .insertInto('licence')
    .values({ ...row, revoked_at: null })
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

/** Withdraws every licence of an order. */
export async function revokeAll(db: Query<LicenceTables>, orderId: string, at: Date): Promise<void> {
  await db
    .updateTable('licence')
    .set({ revoked_at: at })
    .where('order_id', '=', orderId)
    .where('revoked_at', 'is', null)
    .execute()
}

/** Which orders of these have a recorded owner. */
export async function ownedBy(
  db: Query<LicenceTables>,
  person: PersonId,
): Promise<{ productName: string; since: Date }[]> {
  const rows = await db
    .selectFrom('licence_owner')
    .innerJoin('licence', 'licence.licence_id', 'licence_owner.licence_id')
    .select(['licence.product_name', 'licence_owner.since'])
    .where('licence_owner.person_id', '=', person)
    .execute()
  return rows.map((row) => ({ productName: row.product_name, since: row.since }))
}

/** Counts for the promises page: licences, and how many have an owner. */
export async function ownerCounts(db: Query<LicenceTables>): Promise<{ licences: number; owners: number }> {
  const licences = await db
    .selectFrom('licence')
    .select((count) => count.fn.countAll<string>().as('all'))
    .executeTakeFirst()
  const owners = await db
    .selectFrom('licence_owner')
    .select((count) => count.fn.countAll<string>().as('all'))
    .executeTakeFirst()
  return { licences: Number(licences?.all ?? 0), owners: Number(owners?.all ?? 0) }
}
