import { after, earlier } from '../../../lib/index.ts'
import { retentionClasses } from '../../../policy/index.ts'
import { cancel, stateOf } from '../commands.ts'
import type { OrderContext } from '../context.ts'
import type { OrderId } from '../facts.ts'
import { UNDER_WAY, type OrderState } from '../fold/state.ts'
import { unpaidBefore, type Draft } from './queries.ts'

const PATIENCE = 'P1D'
const DAY_MS = 86_400_000

type OpenUntil = (orderId: OrderId) => Promise<Date | undefined>

/**
 * The orders that were never paid and cannot be any more: a day has passed since the processor's last page for them ended.
 * Nothing was sold, so not even the tax office wants to know of them.
 */
export async function oldDrafts(ctx: OrderContext, openUntil: OpenUntil): Promise<Draft[]> {
  const old: Draft[] = []
  for (const draft of await unpaidBefore(ctx.db.query, earlier(ctx.now(), DAY_MS)))
    if (await isOld(ctx, draft, openUntil)) old.push(draft)
  return old
}

async function isOld(ctx: OrderContext, { orderId }: Draft, openUntil: OpenUntil): Promise<boolean> {
  const state = await stateOf(ctx, orderId)
  if (!isUnpaid(state)) return false
  const pageEnds = await openUntil(orderId)
  return pageEnds === undefined || after(pageEnds, PATIENCE) <= ctx.now()
}

function isUnpaid({ capturedMinor, payment }: OrderState): boolean {
  return capturedMinor === 0 && !UNDER_WAY.has(payment)
}

/** Cancels a draft, so that money which comes in after all is a task for staff, and erases whose it was. */
export async function dropDraft(ctx: OrderContext, { orderId, person }: Draft): Promise<void> {
  const { outcome } = await cancel(ctx, orderId)
  if (outcome === 'alreadyPaid') return
  const actor = { role: 'program', id: 'retention' } as const
  await ctx.vault.erase({ person, actor, classes: retentionClasses, because: 'clock' })
}
