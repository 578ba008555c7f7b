import type { Contact } from '../../contact/index.ts'
import type { Database } from '../../db/index.ts'
import type { Now } from '../../lib/index.ts'
import type { Clause, Policy } from '../../policy/index.ts'
import type { Vault } from '../../vault/index.ts'
import type { Web } from '../../web/index.ts'
import type { ChangeTables } from './tables.ts'

/** What a policy that was announced says. Shape: `hash` as of `policyHash`. */
export type Coming = { readonly hash: string; readonly clauses: readonly Clause[] }

/** What telling people about a change uses. Shape: `next` is the policy that was announced and is not in force yet. */
export type ChangeContext = {
  readonly db: Database<ChangeTables>
  readonly web: Web
  readonly now: Now
  readonly policy: Policy
  /** What visitors read now. Its version is that of the web. */
  readonly inForce: readonly Clause[]
  readonly next: Coming | undefined
  readonly vault: Pick<Vault, 'personsOf' | 'alike'>
  readonly contact: Pick<Contact, 'many'>
  readonly timeZone: string
}
