import { earlier } from '../../../lib/index.ts'
import type { PaymentContext } from '../context.ts'
import type { Rejection } from '../adapter.ts'
import { noteRefusal, noteState } from '../queries.ts'

type HealthContext = Pick<PaymentContext, 'db' | 'now'>

/** Notes that a processor told us something that proved itself. */
export function noteHeard(ctx: HealthContext, processor: string): Promise<void> {
  return noteState(ctx.db.query, processor, { heard_at: ctx.now() })
}

/** Notes that a message did not prove itself, and why; once a minute, since anybody can send one. */
export function noteRefused(ctx: HealthContext, processor: string, because: Rejection): Promise<void> {
  const at = ctx.now()
  const seen = { refused_at: at, refused_because: because }
  return noteRefusal(ctx.db.query, processor, { seen, unlessSince: earlier(at, 60_000) })
}

/** Asks a processor something and notes whether it answered. Errors: throws what the question threw. */
export async function noteAnswer<T>(ctx: HealthContext, processor: string, question: () => Promise<T>): Promise<T> {
  try {
    const answer = await question()
    await noteState(ctx.db.query, processor, { answered_at: ctx.now() })
    return answer
  } catch (error) {
    await noteState(ctx.db.query, processor, { failed_at: ctx.now() })
    throw error
  }
}
