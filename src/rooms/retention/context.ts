import type { Database } from '../../db/index.ts'
import type { Log, Now } from '../../lib/index.ts'
import type { Policy } from '../../policy/index.ts'
import type { Vault } from '../../vault/index.ts'
import type { DeskFrame, Web } from '../../web/index.ts'
import type { RetentionTables } from './tables.ts'

/** What retention runs use. */
export type RetentionContext = {
  readonly db: Database<RetentionTables>
  readonly vault: Pick<Vault, 'due' | 'expire' | 'dropOldLooks'>
  readonly policy: Policy
  readonly web: Web
  readonly desk: DeskFrame
  readonly now: Now
  readonly log: Log
  /** Orders that nobody paid and nobody can pay any more. Shape: `drop` cancels one and erases whose it was. */
  readonly drafts: () => Promise<readonly { readonly drop: () => Promise<void> }[]>
  /** Tells staff that a run was held, or that something could not be destroyed yet. */
  readonly tellStaff: (kind: 'retention-held' | 'retention-failed') => Promise<void>
}
