import type { Grants } from '../../db/index.ts'

/** Why a request is no visit. */
export type Reason = 'robot' | 'prefetch' | 'method' | 'background' | 'noPage'

/** Sums of visits by the day, and today's marks of eight bytes. Nothing is kept of a single visit. */
export type VisitTables = {
  visit_day: {
    day: string
    views: number
    visitors: number
    known: number
    returned: number
    gpc_views: number
    dnt_views: number
    seen_gone_at: Date | null
  }
  visit_page: { day: string; route: string; views: number; visitors: number }
  visit_source: { day: string; host: string; visitors: number }
  visit_filtered: { day: string; reason: Reason; requests: number }
  visit_seen: { day: string; seen: Buffer }
  visit_flush: { process_id: string; sequence: number; flushed_at: Date }
}

/** The rights of the app on these tables. */
export const visitGrants: Grants = {
  visit_day: ['select', 'insert', 'update', 'delete'],
  visit_page: ['select', 'insert', 'update', 'delete'],
  visit_source: ['select', 'insert', 'update', 'delete'],
  visit_filtered: ['select', 'insert', 'update', 'delete'],
  visit_seen: ['select', 'insert', 'delete'],
  visit_flush: ['select', 'insert', 'update', 'delete'],
}
