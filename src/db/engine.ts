import pg from 'pg'
import { Broken } from '../lib/index.ts'
import { databaseOver, type Database } from './database.ts'
import { outliveLostClients } from './lostClients.ts'
import { openPglite } from './pglite/connect.ts'

/** Where the data lies: a directory for PGlite, or two logins of a PostgreSQL server. */
export type Source =
  | { readonly kind: 'pglite'; readonly dir: string }
  | { readonly kind: 'postgres'; readonly url: string; readonly ownerUrl?: string; readonly clients?: number }

/** One plain question with the owner's rights: migrations, grants and drills only. */
export type OwnerQuery = (text: string, values?: readonly unknown[]) => Promise<readonly Record<string, unknown>[]>

/** An open database. */
export type Engine = {
  readonly name: Source['kind']
  /** The same connections, typed by the tables of one room. */
  readonly for: <T>() => Database<T>
  /** Runs work with the rights of the owner, for migrations and drills. Errors: throws when no owner login is set. */
  readonly asOwner: <R>(work: (ask: OwnerQuery) => Promise<R>) => Promise<R>
  readonly close: () => Promise<void>
}

/** Opens the database; the app's own login owns nothing. Source: architecture, two engines behind one driver. */
export function openEngine(source: Source): Promise<Engine> {
  return source.kind === 'pglite' ? onPglite(source.dir) : Promise.resolve(onPostgres(source))
}

async function onPglite(dir: string): Promise<Engine> {
  const { pool, close } = await openPglite(dir)
  const asApp = new WeakSet<pg.PoolClient>()
  const connect = async (): Promise<pg.PoolClient> => {
    const client = await pool.connect()
    if (asApp.has(client)) return client
    await client.query('set role avow_app')
    asApp.add(client)
    return client
  }
  const asOwner: Engine['asOwner'] = async (work) => {
    const client = await pool.connect()
    try {
      asApp.delete(client)
      await client.query('reset role')
      return await work(asking(client))
    } finally {
      client.release()
    }
  }
  const database = databaseOver(connect)
  return { name: 'pglite', for: () => database as never, asOwner, close }
}

function onPostgres(source: Extract<Source, { kind: 'postgres' }>): Engine {
  const pool = outliveLostClients(new pg.Pool({ connectionString: source.url, max: source.clients ?? 8 }))
  const asOwner: Engine['asOwner'] = async (work) => {
    if (!source.ownerUrl) throw new Broken('no-owner-url')
    const client = new pg.Client({ connectionString: source.ownerUrl })
    client.on('error', () => {}) // the next question fails, which says it
    await client.connect()
    try {
      return await work(asking(client))
    } finally {
      await client.end()
    }
  }
  const database = databaseOver(() => pool.connect())
  return { name: 'postgres', for: () => database as never, asOwner, close: () => pool.end() }
}

function asking(client: pg.ClientBase): OwnerQuery {
  return async (text, values) => {
    const result = await client.query(text, values ? [...values] : undefined)
    return (Array.isArray(result) ? [] : result.rows) as Record<string, unknown>[]
  }
}
