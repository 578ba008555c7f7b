import type { Database, Tx } from '../db/index.ts'
import type { Id, Log, Now } from '../lib/index.ts'
import type { MayReveal, Policy } from '../policy/index.ts'
import type { KeyStore, PersonId } from './keys/store.ts'

/** Who acts. Shape: `id` is opaque; a role, never a name, is shown to people. */
export type Actor = { readonly role: 'owner' | 'desk' | 'person' | 'program'; readonly id: string }

/** What a look is for: an opaque reference, never free text. */
export type Ref =
  `${'order' | 'mail' | 'licence' | 'request' | 'ticket' | 'letter' | 'campaign' | 'survey' | 'question' | 'retention' | 'policy'}:${string}`

/** The number of one erasure in the ledger. */
export type ErasureId = Id<'erasure'>

/** A table with a path to a person, and what an erasure does to its rows. `whileTax`: stays while a tax box is held. */
export type PersonTable = {
  readonly table: string
  readonly column: string
  readonly onErase: 'delete' | 'whileTax' | 'keep'
  readonly list?: true
}

/**
 * What the vault is built from. `alsoErase` writes what must follow an erasure in the same transaction as the erased rows, so that no
 * crash can lose it; it may run twice. `step` lets a drill stop an erasure at a named point.
 */
export type VaultContext = {
  readonly db: Database<never>
  readonly keys: KeyStore
  readonly policy: Policy
  readonly reveals: readonly MayReveal[]
  readonly now: Now
  readonly log: Log
  readonly personTables: readonly PersonTable[]
  readonly alsoErase?: (tx: Tx<never>, person: PersonId) => Promise<void>
  readonly step?: (name: 'ledger' | 'keys' | 'rows' | 'checked') => void
}
