import type { Grants } from '../../db/index.ts'

/**
 * The table of changes of the policy. Shape: `replaces` is the number of the published version that it changes; without `announced_at` nobody
 * is told; `told_at` is set at the end of the first full round of mails; `early_at` when it took effect before it might.
 */
export type ChangeTables = {
  policy_change: {
    change_id: string
    hash: string
    replaces: number
    from_on: string
    announced_at: Date | null
    clauses: unknown
    told_at: Date | null
    early_at: Date | null
  }
}

/** The rights of the app on these tables. */
export const changeGrants: Grants = { policy_change: ['select', 'insert', 'update'] }
