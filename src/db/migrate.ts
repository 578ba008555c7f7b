import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Broken } from '../lib/index.ts'
import type { Engine, OwnerQuery } from './engine.ts'
import { applyGrants, type Grants } from './grants.ts'

/** What a database is brought to: the numbered files of a folder, then the rights of the app's login. */
export type Plan = { readonly folder: string; readonly grants: readonly Grants[] }

/**
 * Applies the migrations that are missing, forward only, each in a transaction of its own, then the rights.
 * Errors: throws when a file that was applied has changed, when the folder is empty, or when rights drifted.
 */
export async function migrate(engine: Engine, plan: Plan): Promise<{ applied: string[] }> {
  const files = (await readdir(plan.folder)).filter((name) => /^\d{3}_\w+\.sql$/.test(name)).sort()
  if (files.length === 0) throw new Broken('no-migrations-found')
  return engine.asOwner(async (ask) => {
    await ask('select pg_advisory_lock(20260101)')
    try {
      const applied = await applyMissing(ask, plan.folder, files)
      await applyGrants(ask, Object.assign({}, ...plan.grants) as Grants)
      return { applied }
    } finally {
      await ask('select pg_advisory_unlock(20260101)')
    }
  })
}

async function applyMissing(ask: OwnerQuery, folder: string, files: readonly string[]): Promise<string[]> {
  await ask(
    'create table if not exists public.schema_migration (name text primary key, checksum text not null, applied_at timestamptz not null default now())',
  )
  const rows = await ask('select name, checksum from public.schema_migration')
  const known = new Map(rows.map((row) => [row['name'], row['checksum']]))
  const applied: string[] = []
  for (const name of files) {
    const text = await readFile(join(folder, name), 'utf8')
    const checksum = createHash('sha256').update(text).digest('hex')
    if (known.has(name)) {
      if (known.get(name) !== checksum) throw new Broken(`migration-${name.slice(0, -4)}-changed`)
      continue
    }
    await applyOne(ask, text)
    await ask('insert into public.schema_migration (name, checksum) values ($1, $2)', [name, checksum])
    applied.push(name)
  }
  return applied
}

async function applyOne(ask: OwnerQuery, text: string): Promise<void> {
  await ask('begin')
  try {
    await ask(text)
    await ask('commit')
  } catch (error) {
    await ask('rollback')
    throw error
  }
}
