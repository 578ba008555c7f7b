import type { Grants } from '../../db/index.ts'

/** Why a run was held. */
export type HeldBecause = 'too-many' | 'clock-jumped'

/** The table of retention runs: counts only. */
export type RetentionTables = {
  retention_run: {
    run_id: string
    at: Date
    outcome: 'done' | 'held'
    because: HeldBecause | null
    persons: number
    groups: number
    drafts: number
    looks: number
    failed: number
  }
}

/** The rights of the app: what a run did stays written. */
export const retentionGrants: Grants = { retention_run: ['select', 'insert'] }
