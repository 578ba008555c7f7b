import type { Grants } from '../../db/index.ts'

/** What the searches saw. Shape: `tables` is how many tables were read; lists are lines. */
export type CardTables = {
  leak_search: {
    search_id: string
    at: Date
    files: number
    bytes: number
    tables: number
    found: number
    missed: number
    findings: string
    unseen: string
  }
}

/** The rights of the app: what a search saw stays written. */
export const cardGrants: Grants = { leak_search: ['select', 'insert'] }
