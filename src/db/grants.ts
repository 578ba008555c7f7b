import { Broken } from '../lib/index.ts'
import type { OwnerQuery } from './engine.ts'

/** What the app's login may do with each table of a room; all else is refused by the database. */
export type Grants = { readonly [table: string]: readonly ('select' | 'insert' | 'update' | 'delete')[] }

/**
 * Gives the app's login exactly the listed rights, and proves it by reading them back.
 * Errors: throws when a table has no entry, an entry has no table, or there is nothing to look at.
 */
export async function applyGrants(ask: OwnerQuery, grants: Grants): Promise<void> {
  await refuseDrift(ask, grants)
  const live = await liveGrants(ask)
  for (const [table, rights] of Object.entries(grants)) {
    if (same(live.get(table) ?? [], rights)) continue
    await again(() => ask(`revoke all on public.${table} from avow_app`))
    if (rights.length > 0) await again(() => ask(`grant ${rights.join(', ')} on public.${table} to avow_app`))
  }
  await checkGrants(ask, grants)
}

/** Whether the live rights are the listed ones. Errors: throws with the name of the first table that differs. */
export async function checkGrants(ask: OwnerQuery, grants: Grants): Promise<void> {
  await refuseDrift(ask, grants)
  await refuseVaultRights(ask)
  const live = await liveGrants(ask)
  for (const [table, rights] of Object.entries(grants))
    if (!same(live.get(table) ?? [], rights)) throw new Broken(`rights-of-${table}-differ`)
}

async function refuseDrift(ask: OwnerQuery, grants: Grants): Promise<void> {
  const rows = await ask(
    `select tablename from pg_tables where schemaname = 'public' and tablename <> 'schema_migration'`,
  )
  if (rows.length === 0) throw new Broken('no-table-to-check')
  const tables = new Set(rows.map((row) => String(row['tablename'])))
  for (const table of tables) if (!(table in grants)) throw new Broken(`no-rights-listed-for-${table}`)
  for (const table of Object.keys(grants)) if (!tables.has(table)) throw new Broken(`no-table-${table}`)
}

/** What the app's login can really do: by its own rights, by everybody's, by a column, or through another role. */
async function liveGrants(ask: OwnerQuery): Promise<Map<string, string[]>> {
  const rows = await ask(
    `select c.relname as table_name, r.name as right
     from pg_class c, unnest(array['select', 'insert', 'update', 'delete', 'truncate', 'references', 'trigger']) as r(name)
     where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname <> 'schema_migration'
       and (has_table_privilege('avow_app', c.oid, r.name)
         or r.name in ('select', 'insert', 'update', 'references') and has_any_column_privilege('avow_app', c.oid, r.name))`,
  )
  const live = new Map<string, string[]>()
  for (const row of rows) {
    const table = String(row['table_name'])
    live.set(table, [...(live.get(table) ?? []), String(row['right'])])
  }
  return live
}

/** Of the vault's tables the app's login may not even read one, by whatever way it came to the right. */
async function refuseVaultRights(ask: OwnerQuery): Promise<void> {
  const rows = await ask(
    `select c.relname as table_name from pg_class c
     where c.relnamespace = 'vault'::regnamespace and c.relkind = 'r'
       and (has_table_privilege('avow_app', c.oid, 'select, insert, update, delete, truncate, references, trigger')
         or has_any_column_privilege('avow_app', c.oid, 'select, insert, update, references'))
     order by 1 limit 1`,
  )
  if (rows[0]) throw new Broken(`rights-of-vault.${String(rows[0]['table_name'])}-differ`)
}

function same(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((right) => b.includes(right))
}

/** Two starts at once may update the same catalogue row; PostgreSQL then asks to try again. */
async function again(change: () => Promise<unknown>, tries = 5): Promise<void> {
  try {
    await change()
  } catch (error) {
    const concurrent = error instanceof Error && /tuple concurrently updated/.test(error.message)
    if (!concurrent || tries <= 1) throw error
    await again(change, tries - 1)
  }
}
