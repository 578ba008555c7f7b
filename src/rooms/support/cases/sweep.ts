import { earlier } from '../../../lib/index.ts'
import type { SupportContext } from '../context.ts'
import { dropEmptyTickets, waitingSince } from './queries.ts'
import { closeWaiting } from './setState.ts'

const MONTH_MS = 30 * 86_400_000

/** Closes cases whose customer said no more for thirty days, so that their clock runs, and removes tickets of which nobody is left. */
export async function sweepTickets(ctx: Pick<SupportContext, 'db' | 'vault' | 'now'>): Promise<number> {
  const before = earlier(ctx.now(), MONTH_MS)
  for (const ticket of await waitingSince(ctx.db.query, before)) await closeWaiting(ctx, ticket, before)
  return ctx.db.tx((tx) => dropEmptyTickets(tx))
}
