import type { Query, Tx } from '../../../db/index.ts'
import type { Id } from '../../../lib/index.ts'
import type { PersonId } from '../../../vault/index.ts'
import type { OrderId } from '../../orders/index.ts'
import type { LicenceId } from '../queries.ts'
import type { LicenceTables, Source } from '../tables.ts'

type Handle = Query<LicenceTables>

/** The id of a registration that waits. */
export type RegistrationId = Id<'registration'>

/** One copy, wherever it was sold. Shape: a copy of this shop has an order, one from elsewhere a source. */
export type Copy = {
  readonly id: LicenceId
  readonly order: OrderId | null
  readonly unit: number | null
  readonly productId: string | null
  readonly productName: string
  readonly keyTail: string
  readonly issuedAt: Date
  readonly revokedAt: Date | null
  readonly source: Source | null
}

const columns = [
  'licence.licence_id as id',
  'licence.order_id as order',
  'licence.unit as unit',
  'licence.product_id as productId',
  'licence.product_name as productName',
  'licence.key_tail as keyTail',
  'licence.issued_at as issuedAt',
  'licence.revoked_at as revokedAt',
  'serial.source as source',
] as const

function copies(db: Handle) {
  return db.selectFrom('licence').leftJoin('serial', 'serial.licence_id', 'licence.licence_id').select(columns)
}

/** The copy of a key or serial number, by its hash. */
export function copyByHash(db: Handle, hash: Buffer): Promise<Copy | undefined> {
  return copies(db).where('licence.key_hash', '=', hash).executeTakeFirst() as Promise<Copy | undefined>
}

/** One copy. */
export function copyById(db: Handle, id: LicenceId): Promise<Copy | undefined> {
  return copies(db).where('licence.licence_id', '=', id).executeTakeFirst() as Promise<Copy | undefined>
}

/** A copy with who is recorded as its owner, and since when. */
export type OwnedCopy = Copy & { readonly owner: PersonId; readonly since: Date }

/** The copies of some persons, the oldest first. */
export async function copiesOf(db: Handle, persons: readonly PersonId[]): Promise<OwnedCopy[]> {
  if (persons.length === 0) return []
  const rows = await copies(db)
    .innerJoin('licence_owner as o', 'o.licence_id', 'licence.licence_id')
    .select(['o.person_id as owner', 'o.since as since'])
    .where('o.person_id', 'in', [...persons])
    .orderBy('licence.licence_id')
    .execute()
  return rows as OwnedCopy[]
}

/** Who is recorded for a copy. */
export function ownerOf(db: Handle, id: LicenceId): Promise<{ person: PersonId; since: Date } | undefined> {
  return db
    .selectFrom('licence_owner')
    .select(['person_id as person', 'since'])
    .where('licence_id', '=', id)
    .executeTakeFirst() as Promise<{ person: PersonId; since: Date } | undefined>
}

/** Records an owner if there is none; answers whether there was none. */
export async function takeOwnership(
  tx: Tx<LicenceTables>,
  of: { licence: LicenceId; person: PersonId; since: Date },
): Promise<boolean> {
  const taken = await tx
    .insertInto('licence_owner')
    .values({ licence_id: of.licence, person_id: of.person, since: of.since })
    .onConflict((known) => known.doNothing())
    .returning('licence_id')
    .executeTakeFirst()
  return taken !== undefined
}

/** Ends the ownership of a person, whatever they own. */
export async function dropOwner(tx: Tx<LicenceTables>, person: PersonId): Promise<void> {
  await tx.deleteFrom('licence_owner').where('person_id', '=', person).execute()
}

/** Takes the places of serial numbers that are not in the list yet; answers which were not. */
export async function takeSerials(
  tx: Tx<LicenceTables>,
  rows: readonly LicenceTables['serial'][],
): Promise<ReadonlySet<string>> {
  const taken = await tx
    .insertInto('serial')
    .values([...rows])
    .onConflict((known) => known.column('key_hash').doNothing())
    .returning('licence_id')
    .execute()
  return new Set(taken.map((row) => row.licence_id))
}

/** Gives a listed copy the order that it was sold with; answers it, unless it belongs to one already. */
export async function joinOrder(
  tx: Tx<LicenceTables>,
  { hash, orderId, unit }: { hash: Buffer; orderId: OrderId; unit: number },
): Promise<LicenceId | undefined> {
  const joined = await tx
    .updateTable('licence')
    .set({ order_id: orderId, unit })
    .where('key_hash', '=', hash)
    .where('order_id', 'is', null)
    .returning('licence_id')
    .executeTakeFirst()
  return joined?.licence_id as LicenceId | undefined
}

/** A registration that waits for its owner's word. */
export type Registration = {
  readonly id: RegistrationId
  readonly licence: LicenceId
  readonly person: PersonId
  readonly endsAt: Date
}

const registration = [
  'registration_id as id',
  'licence_id as licence',
  'person_id as person',
  'ends_at as endsAt',
] as const

/** Writes a registration that waits. */
export async function addRegistration(tx: Tx<LicenceTables>, asked: Registration & { askedAt: Date }): Promise<void> {
  await tx
    .insertInto('registration')
    .values({
      registration_id: asked.id,
      licence_id: asked.licence,
      person_id: asked.person,
      asked_at: asked.askedAt,
      ends_at: asked.endsAt,
    })
    .execute()
}

/** One registration that waits. */
export function registrationById(db: Handle, id: RegistrationId): Promise<Registration | undefined> {
  return db
    .selectFrom('registration')
    .select(registration)
    .where('registration_id', '=', id)
    .executeTakeFirst() as Promise<Registration | undefined>
}

/** The registrations of a copy that wait at an instant; one that is over and not swept away yet is none. */
export function registrationsOf(db: Handle, licence: LicenceId, at: Date): Promise<Registration[]> {
  return db
    .selectFrom('registration')
    .select(registration)
    .where('licence_id', '=', licence)
    .where('ends_at', '>', at)
    .orderBy('registration_id')
    .execute() as Promise<Registration[]>
}

/** Registrations that nobody confirmed before an instant. */
export function endedRegistrations(db: Handle, at: Date): Promise<Registration[]> {
  return db
    .selectFrom('registration')
    .select(registration)
    .where('ends_at', '<=', at)
    .orderBy('ends_at')
    .limit(1000)
    .execute() as Promise<Registration[]>
}

/** Gives a registration that waits a new end; answers whether it still waited. */
export async function renewRegistration(
  tx: Tx<LicenceTables>,
  { id, endsAt }: Pick<Registration, 'id' | 'endsAt'>,
): Promise<boolean> {
  const renewed = await tx
    .updateTable('registration')
    .set({ ends_at: endsAt })
    .where('registration_id', '=', id)
    .returning('registration_id')
    .executeTakeFirst()
  return renewed !== undefined
}

/** Whether a registration of a person waits. */
export async function hasRegistrations(db: Handle, person: PersonId): Promise<boolean> {
  const row = await db
    .selectFrom('registration')
    .select('registration_id')
    .where('person_id', '=', person)
    .executeTakeFirst()
  return row !== undefined
}

/** Ends the registrations of a person that wait. */
export async function dropRegistrations(tx: Tx<LicenceTables>, person: PersonId): Promise<void> {
  await tx.deleteFrom('registration').where('person_id', '=', person).execute()
}

/** Ends a registration that waited. */
export async function dropRegistration(tx: Query<LicenceTables>, id: RegistrationId): Promise<void> {
  await tx.deleteFrom('registration').where('registration_id', '=', id).execute()
}

/** The newest owners of copies from elsewhere, for evidence. */
export async function newestOwners(db: Handle, most: number): Promise<PersonId[]> {
  const rows = await db
    .selectFrom('licence_owner')
    .innerJoin('serial', 'serial.licence_id', 'licence_owner.licence_id')
    .select('person_id')
    .orderBy('since', 'desc')
    .limit(most)
    .execute()
  return rows.map((row) => row.person_id as PersonId)
}
