import { cpSync } from 'node:fs'
import { inject } from 'vitest'
import type { Source } from '../../src/db/index.ts'
import { asAdmin } from '../postgres.ts'
import { freshFolders } from '../program.ts'

/** Where one program of a test lives. Shape: `database` is empty on PGlite. */
export type Home = ReturnType<typeof freshFolders> & { readonly source: Source; readonly database: string }

let made = 0

/** Folders with an empty PGlite, whose tables the first start has to make. Making PGlite itself takes most of a first start, so it is copied here. */
export function foldersWithPglite(): ReturnType<typeof freshFolders> {
  const folders = freshFolders()
  putPglite(folders.data)
  return folders
}

/** Puts an empty PGlite into a data folder. */
export function putPglite(data: string): void {
  cpSync(inject('pgliteEmpty'), `${data}/pglite`, { recursive: true })
}

/** Folders of its own and an empty database, whose tables the first start has to make. Shape: with `nothing`, not even PGlite is there. */
export async function freshHome(kind: Source['kind'], nothing = false): Promise<Home> {
  const folders = nothing || kind === 'postgres' ? freshFolders() : foldersWithPglite()
  if (kind === 'pglite') return { ...folders, source: { kind, dir: `${folders.data}/pglite` }, database: '' }
  const port = inject('postgresPort')
  const database = `avow_start_${process.pid}_${(made += 1)}`
  await asAdmin(port, `create database ${database} owner avow_owner`)
  const at = (login: string): string => `postgres://${login}@127.0.0.1:${port}/${database}`
  return { ...folders, source: { kind, url: at('avow_app'), ownerUrl: at('avow_owner') }, database }
}
