import type { Database, JobResult } from '../../db/index.ts'
import type { Now } from '../../lib/index.ts'
import type { Policy } from '../../policy/index.ts'
import type { Vault } from '../../vault/index.ts'
import type { OrderContext } from '../orders/index.ts'
import type { LicenceTables } from './tables.ts'

/** What the deeds of licences use. */
export type LicenceContext = {
  readonly db: Database<LicenceTables>
  readonly orders: Pick<OrderContext, 'db' | 'catalogue' | 'kick'>
  readonly vault: Vault
  readonly policy: Policy
  readonly now: Now
  /** Under which a key is looked up. Shape: 32 bytes. */
  readonly licenceKey: Uint8Array
}

/** The program itself, as the one who writes keys. */
export const program = { role: 'program', id: 'licences' } as const

/** How a job of this room ends. */
export type Done = JobResult
