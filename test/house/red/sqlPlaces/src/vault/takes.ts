import { sql, type Query } from '../db/index.ts'
export const take = (db: Query<never>) => sql`select vault.take()`.execute(db)
export const peek = (db: Query<never>) => db.selectFrom('order_person').execute() // red
