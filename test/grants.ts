import { readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Grants } from '../src/db/index.ts'

/** The rights that every room lists, read from the rooms themselves. Errors: throws when it finds none. */
export async function allGrants(): Promise<Grants[]> {
  const files = readdirSync(resolve('src'), { recursive: true, encoding: 'utf8' }).filter((path) =>
    path.endsWith('tables.ts'),
  )
  const modules = (await Promise.all(files.map((path) => import(join(resolve('src'), path))))) as Record<
    string,
    unknown
  >[]
  const grants = modules.flatMap((module) =>
    Object.entries(module)
      .filter(([name]) => name.endsWith('Grants'))
      .map(([, value]) => value as Grants),
  )
  if (grants.length === 0) throw new Error('no room lists its rights')
  return grants
}

/** While rooms are being built, tables without an entry get no right at all instead of stopping everybody. */
export async function laxGrants(tables: readonly string[]): Promise<Grants[]> {
  const listed = await allGrants()
  const known = new Set(listed.flatMap((grants) => Object.keys(grants)))
  return [...listed, Object.fromEntries(tables.filter((table) => !known.has(table)).map((table) => [table, []]))]
}
