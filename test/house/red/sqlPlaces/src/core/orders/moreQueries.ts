import type { Query } from '../../db/index.ts'
export const ask = (db: Query<never>) => db.selectFrom('task').execute() // red
