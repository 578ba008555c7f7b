import { sql, type Query } from '../../../db/index.ts'
import { dayIn } from '../../../lib/index.ts'
import type { OrderTables } from '../tables.ts'

/** A thing that staff are asked to look at. */
export type Task = { readonly about: string; readonly kind: string; readonly ref: string; readonly made_at: Date }

/** Asks staff to look at something, once. */
export async function addTask(
  db: Query<OrderTables>,
  at: Date,
  task: { about: string; kind: string; ref: string },
): Promise<void> {
  await db
    .insertInto('task')
    .values({ ...task, made_at: at, done_at: null, done_by: null })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** Asks staff to look at something, once a day while it stays so. */
export function addDailyTask(db: Query<OrderTables>, at: Date, task: { about: string; kind: string }): Promise<void> {
  return addTask(db, at, { ...task, ref: dayIn('UTC', at) })
}

/** The kind of the tasks of which each is for one member of staff alone. Shape: their `ref` begins with that one's id and a colon. */
export const toldTask = 'incidentStarted'

/** So many of one kind are shown: however many there are, they hide none of another kind. */
const MOST_OF_A_KIND = 20

/** What still waits for a member of staff, oldest first. Shape: of each kind the first twenty. */
export async function openTasks(db: Query<OrderTables>, staff: string): Promise<Task[]> {
  const places = undone(db, staff).select(['about', 'kind', 'ref', 'made_at'])
  return db
    .selectFrom(
      places.select(sql<string>`row_number() over (partition by kind order by made_at)`.as('place')).as('one'),
    )
    .select(['about', 'kind', 'ref', 'made_at'])
    .where('place', '<=', String(MOST_OF_A_KIND))
    .orderBy('made_at')
    .execute()
}

/** How much waits for a member of staff in all. */
export async function countTasks(db: Query<OrderTables>, staff: string): Promise<number> {
  const row = await undone(db, staff)
    .select((of) => of.fn.countAll().as('all'))
    .executeTakeFirst()
  return Number(row?.all ?? 0)
}

function undone(db: Query<OrderTables>, staff: string) {
  return db
    .selectFrom('task')
    .where('done_at', 'is', null)
    .where((of) => of.or([of('kind', '<>', toldTask), of('ref', 'like', `${staff}:%`)]))
}

/** Marks a task done by a member of staff. */
export async function finishTask(
  db: Query<OrderTables>,
  at: Date,
  task: { about: string; kind: string; ref: string; by: string },
): Promise<void> {
  await db
    .updateTable('task')
    .set({ done_at: at, done_by: task.by })
    .where('about', '=', task.about)
    .where('kind', '=', task.kind)
    .where('ref', '=', task.ref)
    .where('done_at', 'is', null)
    .execute()
}
