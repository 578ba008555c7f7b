import { sql, type Query } from '../../db/index.ts'
import { newId } from '../../lib/index.ts'
import type { CardTables } from './tables.ts'

/** What a search saw, as it is written down. */
export type CardScan = Omit<CardTables['leak_search'], 'search_id'>

/** Writes down what a search saw. */
export async function addScan(db: Query<CardTables>, scan: CardScan): Promise<void> {
  await db
    .insertInto('leak_search')
    .values({ search_id: newId<'cardScan'>(scan.at), ...scan })
    .execute()
}

/** The newest search. */
export function lastScan(db: Query<CardTables>): Promise<CardScan | undefined> {
  return db
    .selectFrom('leak_search')
    .select(['at', 'files', 'bytes', 'tables', 'found', 'missed', 'findings', 'unseen'])
    .orderBy(sql`sequence`, 'desc')
    .limit(1)
    .executeTakeFirst()
}

/** A table with texts that the app may read. Shape: `blocks` is how many blocks of the disk it takes. */
export type TextTable = { readonly name: string; readonly columns: readonly string[]; readonly blocks: number }

/** Every table that the app may read, with its columns of texts. What is sealed is not among them: nobody reads it there. */
export async function textTables(db: Query<CardTables>): Promise<TextTable[]> {
  const { rows } = await sql<{ name: string; columns: string; blocks: number }>`
    select c.relname as name, string_agg(a.attname, ',' order by a.attnum) as columns,
      (pg_relation_size(c.oid) / current_setting('block_size')::integer)::integer as blocks
    from pg_class c join pg_attribute a on a.attrelid = c.oid join pg_type t on t.oid = a.atttypid
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped
      and (t.typcategory = 'S' or t.typname in ('json', 'jsonb', '_text', '_varchar')) and has_table_privilege(c.oid, 'select')
    group by c.oid, c.relname order by c.relname`.execute(db)
  return rows.map((row) => ({ ...row, columns: row.columns.split(',') }))
}

/** The texts of some blocks of a table, with the places of their rows. */
export async function textsIn(
  db: Query<CardTables>,
  { name, columns }: TextTable,
  [from, to]: readonly [number, number],
): Promise<{ at: string; text: string }[]> {
  const texts = sql.join(columns.map((column) => sql`${sql.ref(column)}::text`))
  const { rows } = await sql<{ at: string; text: string }>`
    select ctid::text as at, concat_ws(E'\n', ${texts}) as text from ${sql.table(`public.${name}`)}
    where ctid >= ${`(${from},0)`}::tid and ctid < ${`(${to},0)`}::tid`.execute(db)
  return rows
}
