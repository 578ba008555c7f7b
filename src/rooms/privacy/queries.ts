import { sql, type Query, type Tx } from '../../db/index.ts'
import type { Clause } from '../../policy/index.ts'
import type { PrivacyTables } from './tables.ts'

/** A published version of the policy. */
export type Version = {
  readonly version: number
  readonly hash: string
  readonly publishedAt: Date
  readonly clauses: readonly Clause[]
}

function newestFirst(db: Query<PrivacyTables>) {
  return db
    .selectFrom('policy_version')
    .select(['version', 'hash', 'published_at as publishedAt', sql<readonly Clause[]>`clauses`.as('clauses')])
    .orderBy('version', 'desc')
}

/** All versions, the newest first. */
export function versions(db: Query<PrivacyTables>): Promise<Version[]> {
  return newestFirst(db).execute()
}

/** The version that visitors read now; none before the first start. */
export function newestVersion(db: Query<PrivacyTables>): Promise<Version | undefined> {
  return newestFirst(db).limit(1).executeTakeFirst()
}

/** Writes a new version; two starts at once write it once. */
export async function addVersion(tx: Tx<PrivacyTables>, version: Version): Promise<void> {
  const row = {
    version: version.version,
    hash: version.hash,
    published_at: version.publishedAt,
    clauses: JSON.stringify(version.clauses),
  }
  await tx
    .insertInto('policy_version')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** What a certificate says, without naming anybody. */
export type Certificate = {
  readonly erasures: readonly string[]
  readonly laterOrders: number
  readonly taxKept: boolean
  readonly madeAt: Date
}

/** Writes a certificate under the hash of its secret. */
export async function addCertificate(
  db: Query<PrivacyTables>,
  hash: Buffer,
  made: Certificate & { readonly expiresAt: Date },
): Promise<void> {
  await db
    .insertInto('certificate')
    .values({
      token_hash: hash,
      erasure_ids: [...made.erasures],
      later_orders: made.laterOrders,
      tax_kept: made.taxKept,
      made_at: made.madeAt,
      expires_at: made.expiresAt,
    })
    .execute()
}

/** Removes certificates that ended before the instant. */
export async function dropCertificates(db: Query<PrivacyTables>, before: Date): Promise<void> {
  await db.deleteFrom('certificate').where('expires_at', '<', before).execute()
}

/** The certificate of a secret, while it lives. */
export async function certificateOf(
  db: Query<PrivacyTables>,
  hash: Buffer,
  at: Date,
): Promise<Certificate | undefined> {
  const row = await db
    .selectFrom('certificate')
    .selectAll()
    .where('token_hash', '=', hash)
    .where('expires_at', '>', at)
    .executeTakeFirst()
  return row && { erasures: row.erasure_ids, laterOrders: row.later_orders, taxKept: row.tax_kept, madeAt: row.made_at }
}
