import type { Grants } from '../../db/index.ts'

/** The table of runs: counts only. */
export type ImportTables = {
  import_run: {
    run_id: string
    file_mark: Buffer
    mapping: string
    lines: number
    done: number
    taken: number
    known: number
    unpaid: number
    refused: number
    begun_at: Date
    ended_at: Date | null
    by: string
  }
}

/** A run is written while it goes on, and never taken back. */
export const importGrants: Grants = { import_run: ['select', 'insert', 'update'] }
