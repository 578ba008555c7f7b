import type { Contact } from '../../contact/index.ts'
import type { Database } from '../../db/index.ts'
import type { Now } from '../../lib/index.ts'
import type { Clause, Policy } from '../../policy/index.ts'
import type { Vault } from '../../vault/index.ts'
import type { Web } from '../../web/index.ts'
import type { ChangeTables } from './tables.ts'

/** What telling people about a change uses. Shape: `next` is the policy that was announced and is not in force yet. */
export type ChangeContext = {
  readonly db: Database<ChangeTables>
  readonly web: Web
  readonly now: Now
  readonly policy: Policy
  readonly next: Policy | undefined
  readonly vault: Pick<Vault, 'personsOf' | 'alike'>
  readonly contact: Pick<Contact, 'send'>
  readonly timeZone: string
  /** What visitors read now. */
  readonly published: () => Promise<{ readonly version: number; readonly clauses: readonly Clause[] }>
}
