import type { Database, Tx } from '../../../db/index.ts'
import { codeVersion, earlier, errorCode, word, type Log, type Now } from '../../../lib/index.ts'
import { UNDER_WAY, type AlsoSettled, type Fact, type OrderState } from '../../orders/index.ts'
import type { Envelope } from '../adapter.ts'
import type { PaymentTables } from '../tables.ts'
import { noteDestroyed, noteEnvelope, type Ended, type EnvelopeEnd } from './queries.ts'

/**
 * The card parts of orders that are not over, in memory and nowhere else. Nobody opens them: they are there to be destroyed.
 * Source: promise card-deleted; payments reference, section 6.4.
 */
export type CardEnvelopes = {
  /** Takes a copy of a card part, in the transaction that records its notice; one that came before is not taken again. */
  readonly take: (tx: Tx<PaymentTables>, order: string, envelope: Envelope) => Promise<void>
  /** Destroys what an order's card lay in, in the step that ends the order, and writes the receipts. */
  readonly settled: AlsoSettled
  /** How many are held now. */
  readonly held: () => number
  readonly stop: () => void
}

type Held = { readonly order: string; readonly at: Date; readonly bytes: Buffer; open: boolean }
type Context = { readonly db: Database<PaymentTables>; readonly now: Now; readonly log: Log }

/** No card part is held for longer, whatever becomes of its order. */
export const LONGEST_MS = 15 * 60_000
const LOOK_MS = 1000

/** Begins with nothing held: whatever the last run held is gone with its memory, and gets its receipts now. */
export async function openEnvelopes(ctx: Context): Promise<CardEnvelopes> {
  const held = new Map<string, Held>()
  const end = (tx: Pick<Context['db'], 'query'>['query'], which: Ended, how: EnvelopeEnd): Promise<number> =>
    noteDestroyed(tx, which, { at: ctx.now(), how, version: codeVersion })
  await end(ctx.db.query, 'all', 'restart')
  const timer = setInterval(() => void sweep(), LOOK_MS)
  timer.unref()
  const sweep = async (): Promise<void> => {
    const before = earlier(ctx.now(), LONGEST_MS)
    const old = [...held].filter(([, one]) => one.at <= before)
    if (old.length === 0) return
    for (const [, one] of old) destroy(one)
    await end(ctx.db.query, { before }, 'timed-out').then(
      () => old.forEach(([name]) => held.delete(name)),
      (error: unknown) => ctx.log('envelopes.failed', { because: word(errorCode(error)) }), // the next look tries again
    )
  }
  return {
    take: async (tx, order, { bytes, digest, kid }) => {
      const at = ctx.now()
      if (!(await noteEnvelope(tx, { digest, order_ref: order, kid, received_at: at }))) return
      const own = Buffer.alloc(bytes.length)
      bytes.copy(own)
      const name = digest.toString('hex')
      const before = held.get(name) // of a transaction that was run again
      if (before) destroy(before)
      held.set(name, { order, at, bytes: own, open: true })
    },
    settled: async (tx, { id, state, facts }) => {
      const how = endOf(state, facts)
      const its = [...held.values()].filter(({ order }) => order === id)
      if (how === undefined || its.length === 0) return
      // First the bytes: if the transaction fails, what is destroyed stays so, and the next look writes the receipt.
      for (const one of its) destroy(one)
      await end(tx as unknown as Tx<PaymentTables>, { order: id }, how)
    },
    held: () => [...held.values()].filter(({ open }) => open).length,
    stop: () => {
      clearInterval(timer)
      for (const one of held.values()) destroy(one)
      held.clear()
    },
  }
}

function destroy(one: Held): void {
  one.bytes.fill(0)
  one.open = false
}

/** How an order is over for its card; undefined while the card may still be needed. */
export function endOf(state: OrderState, facts: readonly Fact[] = []): EnvelopeEnd | undefined {
  if (state.paidAt) return 'completed'
  if (state.cancelled) return 'cancelled'
  if (UNDER_WAY.has(state.payment)) return undefined
  if (facts.some(({ ext }) => ext.includes('order.cancelled:'))) return 'cancelled'
  if (state.expired) return 'timed-out'
  return state.payment === 'failed' ? 'failed' : undefined
}
