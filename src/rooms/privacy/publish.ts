import type { Database } from '../../db/index.ts'
import { clauses, policyHash, type Policy } from '../../policy/index.ts'
import { addVersion, newestVersion } from './queries.ts'
import type { PrivacyTables } from './tables.ts'

/** Publishes the policy in force when visitors would read something else than before. Answers the version in force. */
export async function publishPolicy(db: Database<PrivacyTables>, policy: Policy, at: Date): Promise<number> {
  const newest = await newestVersion(db.query)
  const hash = policyHash(policy)
  if (newest && newest.hash === hash) return newest.version
  const version = (newest?.version ?? 0) + 1
  await db.tx((tx) => addVersion(tx, { version, hash, publishedAt: at, clauses: clauses(policy) }))
  return version
}
