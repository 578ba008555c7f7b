import { sql, type Tx } from '../../db/index.ts' // red
import { Kysely } from 'kysely' // red
import type { Transaction } from 'kysely'
export async function buy(tx: Tx<never>, db: Kysely<never>, engine: never): Promise<void> {
  await sql`select 1`.execute(tx) // red
  await sql<{ n: number }>`select 1`.execute(tx) // red
  await tx.insertInto('task').execute() // red
  await db.selectFrom('task').execute() // red
  await db.updateTable('task').execute() // red
  await (db as never).deleteFrom('task').execute() // red
  await db['selectFrom']('task').execute() // red
  await db.transaction().execute((inner) => inner) // red
  await engine.asOwner((ask) => ask('select 1')) // red
}
export type Uses = Transaction<never>
