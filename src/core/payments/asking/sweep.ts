import { after, earlier, errorCode, word } from '../../../lib/index.ts'
import { addDailyTask, oldestCapture } from '../../orders/index.ts'
import type { Adapter } from '../adapter.ts'
import type { PaymentContext } from '../context.ts'
import { tellAll } from './ask.ts'
import { noteAnswer } from './health.ts'
import { takeEvent } from '../inbound/receive.ts'
import { lastPaidOut, noteState, processorStates } from '../queries.ts'

const DAY_MS = 86_400_000
const OVERLAP_MS = 600_000
/** A vendor whose processor is silent about money for so long should ask. */
const PAYOUT_EVERY = 'P35D'

/** Reads what every processor has to tell since it was last asked, for messages that never came, and looks whether money is overdue. */
export async function sweepProcessors(ctx: PaymentContext): Promise<void> {
  for (const adapter of ctx.processors.all) {
    await readEvents(ctx, adapter).catch((error: unknown) =>
      ctx.log('payments.silent', { because: word(errorCode(error)) }),
    )
    await lookForPayout(ctx, adapter)
  }
}

async function readEvents(ctx: PaymentContext, adapter: Adapter): Promise<void> {
  const processor = adapter.facts.id
  if (!adapter.eventsSince) return
  const begun = ctx.now()
  const known = (await processorStates(ctx.db.query)).find((row) => row.processor === processor)
  const since = earlier(known?.read_until ?? earlier(begun, 3 * DAY_MS), OVERLAP_MS)
  const events = adapter.eventsSince(since)
  const asked = new Set<string>()
  await noteAnswer(ctx, processor, async () => {
    for await (const event of events) {
      if ('askAbout' in event && asked.has(event.askAbout)) continue
      if ('askAbout' in event) asked.add(event.askAbout)
      for (const told of await tellAll(ctx, adapter, [event])) await takeEvent(ctx, processor, told)
    }
  })
  await noteState(ctx.db.query, processor, { read_until: begun })
}

/**
 * Money that came in after the last payout and is older than any processor’s round. The protocols of those that are closed have no message
 * about payouts. Source: payments reference, section 0.
 */
async function lookForPayout(ctx: PaymentContext, { facts }: Adapter): Promise<void> {
  if (facts.role === 'none' || facts.status === 'closed') return
  const last = await lastPaidOut(ctx.db.query, facts.id)
  const oldest = await oldestCapture(ctx.orders.db.query, facts.id, last)
  if (oldest && after(oldest, PAYOUT_EVERY) <= ctx.now())
    await addDailyTask(ctx.orders.db.query, ctx.now(), { about: `processor:${facts.id}`, kind: 'payoutOverdue' })
}
