import { addDailyTask } from '../../core/orders/index.ts'
import { promisesOf } from '../../policy/index.ts'
import type { PromisesContext } from './context.ts'
import { look } from './probes.ts'

/** Looks at every promise and asks staff, once a day for each, to look at those that do not hold. Answers how many there are. */
export async function watchPromises(ctx: PromisesContext): Promise<number> {
  let broken = 0
  for (const { id, evidence } of promisesOf(ctx.policy)) {
    if (!evidence || (await look(ctx, evidence)).holds) continue
    broken += 1
    await addDailyTask(ctx.orders.db.query, ctx.now(), { about: `promise:${id}`, kind: 'promise-broken' })
  }
  return broken
}
