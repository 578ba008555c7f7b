import type { Grants } from '../../db/index.ts'

/** The table of changes of the policy. Shape: without `announced_at` the change was made and nobody was told; `told_at` is set when the last mail was asked for. */
export type ChangeTables = {
  policy_change: {
    change_id: string
    hash: string
    from_on: string
    announced_at: Date | null
    clauses: unknown
    told_at: Date | null
  }
}

/** The rights of the app on these tables. */
export const changeGrants: Grants = { policy_change: ['select', 'insert', 'update'] }
