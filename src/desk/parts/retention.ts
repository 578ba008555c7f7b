import { addDailyTask, dropDraft, oldDrafts } from '../../core/orders/index.ts'
import { openUntil, type PaymentContext } from '../../core/payments/index.ts'
import { retentionRail, retentionRoutes, runRetention, type RetentionContext } from '../../rooms/retention/index.ts'
import type { Joined, Part } from '../part.ts'

/** What goes by itself when its clock ends. */
export function retentionPart(joined: Joined, payments: Pick<PaymentContext, 'db'>): Part {
  const { engine, vault, policy, web, desk, now, log, orders } = joined
  const ctx: RetentionContext = {
    db: engine.for(),
    vault,
    policy,
    web,
    desk,
    now,
    log,
    drafts: async () => {
      const old = await oldDrafts(orders, (id) => openUntil(payments, id))
      return old.map((draft) => ({ drop: () => dropDraft(orders, draft) }))
    },
    tellStaff: (kind) => addDailyTask(orders.db.query, now(), { about: 'retention', kind }),
  }
  return {
    routes: retentionRoutes(ctx),
    rail: () => Promise.resolve(retentionRail()),
    hourly: async () => void (await runRetention(ctx)),
  }
}
