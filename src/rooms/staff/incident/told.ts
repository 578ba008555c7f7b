import { toldTask, type Task } from '../../../core/orders/index.ts'
import { dayIn, isDay } from '../../../lib/index.ts'
import { ownersAtWork, staffLabel, type Staff } from '../../../web/index.ts'
import type { StaffContext } from '../context.ts'

/** What an owner is told: who began to pay back what a processor took since a day. Shape: `day` as `YYYY-MM-DD`, in the vendor's calendar. */
export type Begun = { readonly processor: string; readonly day: string; readonly by: string }

/**
 * A task for every owner, also for the one who begins: somebody else may be using that one's session. Nobody has a mail address
 * here, so the desk is where they are told; each ends their own task, once a day for the same incident.
 */
export async function tasksForOwners(
  ctx: Pick<StaffContext, 'db' | 'now' | 'orders'>,
  { processor, day, by }: Omit<Begun, 'by'> & { readonly by: Staff },
): Promise<Omit<Task, 'made_at'>[]> {
  const about = `incident:${processor}:${day}:${by.id}`
  const today = dayIn(ctx.orders.timeZone, ctx.now())
  return (await ownersAtWork(ctx.db.query)).map((owner) => ({ about, kind: toldTask, ref: `${owner}:${today}` }))
}

/** What a task tells an owner; undefined for any other. */
export async function begunIn(ctx: Pick<StaffContext, 'db'>, { about, kind }: Task): Promise<Begun | undefined> {
  const [, processor = '', day = '', by = ''] = about.split(':')
  if (kind !== toldTask || !isDay(day)) return undefined
  return { processor, day, by: (await staffLabel(ctx.db.query, by)) ?? '' }
}
