import { sql } from 'kysely'
import type { Query } from './database.ts'

/** Every column of every table, read from the live database. Shape: the schemas `public` and `vault`. */
export async function liveColumns(db: Query<never>): Promise<{ table: string; column: string }[]> {
  const { rows } = await sql<{ table: string; column: string }>`
    select c.relname as table, a.attname as column from pg_attribute a
    join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
    where n.nspname in ('public', 'vault') and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped`.execute(db)
  return rows
}
