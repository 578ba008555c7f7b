import type { Query } from '../../../db/index.ts'
import type { PersonId } from '../../../vault/index.ts'
import type {
  ExtendedBecause,
  PrivacyTables,
  RequestChannel,
  RequestId,
  RequestKind,
  RequestOutcome,
} from '../tables.ts'

type Handle = Query<PrivacyTables>

/** A request with its clock. */
export type PrivacyRequest = {
  readonly id: RequestId
  readonly kind: RequestKind
  readonly channel: RequestChannel
  readonly receivedAt: Date
  readonly dueAt: Date
  readonly extendedAt: Date | null
  readonly extendedBecause: ExtendedBecause | null
  readonly outcome: RequestOutcome | null
  readonly closedAt: Date | null
}

const columns = [
  'request_id as id',
  'kind',
  'channel',
  'received_at as receivedAt',
  'due_at as dueAt',
  'extended_at as extendedAt',
  'extended_because as extendedBecause',
  'outcome',
  'closed_at as closedAt',
] as const

/** Writes a request and whose it is. */
export async function addRequest(
  tx: Handle,
  made: Pick<PrivacyRequest, 'id' | 'kind' | 'channel' | 'receivedAt' | 'dueAt'> & {
    readonly staff: string | null
    readonly persons: readonly PersonId[]
  },
): Promise<void> {
  const { id, kind, channel, persons } = made
  const none = { extended_at: null, extended_because: null, outcome: null, closed_at: null, closed_by: null }
  const times = { received_at: made.receivedAt, due_at: made.dueAt }
  await tx
    .insertInto('privacy_request')
    .values({ request_id: id, kind, channel, staff_id: made.staff, ...times, ...none })
    .execute()
  if (persons.length === 0) return
  await tx
    .insertInto('privacy_request_person')
    .values(persons.map((person) => ({ request_id: id, person_id: person })))
    .execute()
}

/** Open requests by the day they are due, then the newest closed ones. */
export function listRequests(db: Handle, most: number): Promise<PrivacyRequest[]> {
  return db
    .selectFrom('privacy_request')
    .select(columns)
    .orderBy('closed_at', (order) => order.desc().nullsFirst())
    .orderBy('due_at')
    .limit(most)
    .execute()
}

/** Requests that wait and are due before an instant. */
export function dueRequests(db: Handle, before: Date): Promise<PrivacyRequest[]> {
  return db
    .selectFrom('privacy_request')
    .select(columns)
    .where('outcome', 'is', null)
    .where('due_at', '<=', before)
    .orderBy('due_at')
    .limit(1000)
    .execute()
}

/** How many requests wait. */
export async function openRequests(db: Handle): Promise<number> {
  const row = await db
    .selectFrom('privacy_request')
    .select((count) => count.fn.countAll<string>().as('all'))
    .where('outcome', 'is', null)
    .executeTakeFirst()
  return Number(row?.all ?? 0)
}

/** One request. */
export function requestById(db: Handle, id: RequestId): Promise<PrivacyRequest | undefined> {
  return db.selectFrom('privacy_request').select(columns).where('request_id', '=', id).executeTakeFirst()
}

/** Whose a request is; nobody after an erasure. */
export async function personsOfRequest(db: Handle, id: RequestId): Promise<PersonId[]> {
  const rows = await db
    .selectFrom('privacy_request_person')
    .select('person_id')
    .where('request_id', '=', id)
    .orderBy('person_id')
    .execute()
  return rows.map((row) => row.person_id)
}

/** The requests of a person, the oldest first. */
export function requestsOf(db: Handle, person: PersonId): Promise<PrivacyRequest[]> {
  return db
    .selectFrom('privacy_request')
    .innerJoin('privacy_request_person as p', 'p.request_id', 'privacy_request.request_id')
    .select(columns.map((column) => (column === 'request_id as id' ? 'privacy_request.request_id as id' : column)))
    .where('p.person_id', '=', person)
    .orderBy('received_at')
    .execute()
}

/** Gives a request that waits more time, once; answers whether it did. */
export async function extendOnce(
  db: Handle,
  id: RequestId,
  by: { readonly because: ExtendedBecause; readonly at: Date; readonly dueAt: Date },
): Promise<boolean> {
  const set = { extended_at: by.at, extended_because: by.because, due_at: by.dueAt }
  return (await waiting(db, id).set(set).where('extended_at', 'is', null).executeTakeFirst()) !== undefined
}

/** Closes a request that waits; answers whether it did. */
export async function closeOnce(
  db: Handle,
  id: RequestId,
  by: { readonly outcome: RequestOutcome; readonly at: Date; readonly staff: string },
): Promise<boolean> {
  const set = { outcome: by.outcome, closed_at: by.at, closed_by: by.staff }
  return (await waiting(db, id).set(set).executeTakeFirst()) !== undefined
}

/** A change of a request, for as long as it waits; its row comes back when there was one to change. */
function waiting(db: Handle, id: RequestId) {
  return db
    .updateTable('privacy_request')
    .where('request_id', '=', id)
    .where('outcome', 'is', null)
    .returning('request_id')
}
