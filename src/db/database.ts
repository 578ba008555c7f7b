import { AsyncLocalStorage } from 'node:async_hooks'
import { createHash } from 'node:crypto'
import { Kysely, PostgresDialect, type PostgresPool, type PostgresPoolClient, type Transaction } from 'kysely'
import type pg from 'pg'
import { Broken } from '../lib/index.ts'

/** The handle inside a transaction, typed by the tables of the room that uses it. */
export type Tx<T> = Transaction<T>

/** Anything a query can be built on: the open database or a transaction. */
export type Query<T> = Kysely<T>

/** What a room is given: a handle for single statements, and a way to run several as one. */
export type Database<T> = {
  readonly query: Kysely<T>
  /** Runs `work` in one transaction. Errors: throws when the COMMIT did not commit; whatever `work` throws undoes it all. */
  readonly tx: <R>(work: (tx: Tx<T>) => Promise<R>) => Promise<R>
}

const inside = new AsyncLocalStorage<true>()
const names = new Map<string, string>()

/** Prepared statements are named by their text, so that the server plans each once for a connection. */
function nameOf(text: string): string {
  const known = names.get(text)
  if (known) return known
  const name = createHash('sha256').update(text).digest('base64url').slice(0, 20)
  if (names.size < 2000) names.set(text, name)
  return name
}

const CONTROL = /^(begin|commit|rollback|start transaction|savepoint|release|set )/i

type RawQuery = (
  text: string,
  values: readonly unknown[],
) => Promise<{ command: string; rows: never[]; rowCount: number }>

function ask(client: pg.PoolClient): RawQuery {
  return async (text, values) => {
    if (CONTROL.test(text)) {
      const result = await client.query(text)
      // A swallowed error turns COMMIT into ROLLBACK without a word; only the tag tells.
      if (/^commit/i.test(text) && result.command !== 'COMMIT') throw new Broken('not-committed')
      return result as never
    }
    return (await client.query({ name: nameOf(text), text, values: [...values] })) as never
  }
}

/**
 * A client whose session stands outside of any transaction; one that was left inside is closed, which undoes what it did.
 * Errors: throws when fresh ones are not outside either.
 */
async function idle(connect: () => Promise<pg.PoolClient>, tries = 20): Promise<pg.PoolClient> {
  const client = await connect()
  if ((client.getTransactionStatus() ?? 'I') === 'I') return client
  client.release(true)
  if (tries === 0) throw new Broken('session-in-transaction')
  return idle(connect, tries - 1)
}

/** How a driver's pool hands out clients, with the one rule that nobody reaches outside of an open transaction. */
function guarded(connect: () => Promise<pg.PoolClient>): PostgresPool {
  return {
    connect: async () => {
      if (inside.getStore()) throw new Broken('outer-handle-in-tx')
      const client = await idle(connect)
      const guardedClient = { query: ask(client), release: () => client.release() }
      return guardedClient as unknown as PostgresPoolClient
    },
    end: async () => {},
  }
}

/** Builds the query layer over a way to get clients. */
export function databaseOver(connect: () => Promise<pg.PoolClient>): Database<never> {
  const query = new Kysely<never>({ dialect: new PostgresDialect({ pool: guarded(connect) }) })
  const tx: Database<never>['tx'] = (work) =>
    query.transaction().execute((handle) => inside.run(true, () => work(handle)))
  return { query, tx }
}
