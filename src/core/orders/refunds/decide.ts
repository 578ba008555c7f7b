import { later, newId, type Now } from '../../../lib/index.ts'
import type { OrderContext } from '../context.ts'
import type { Fact, OrderId } from '../facts.ts'
import type { Decision, OrderState } from '../fold/state.ts'
import { command, type Answer, type Ruling } from '../record.ts'

/** What staff decide about the key of one unit. */
export type AskedRight = { readonly unit: number; readonly give: boolean }

type NoRight = 'noUnit' | 'notPaid'

/**
 * Withdraws the key of one unit or gives it back, because staff say so. It outranks whatever happens to the money, before
 * and after; the last decision about a unit counts, also when the clock was put back since the one before.
 */
export function decideRight(ctx: OrderContext, orderId: OrderId, asked: AskedRight): Answer<NoRight> {
  return command(ctx, orderId, (state): Ruling<NoRight> => {
    if (!hasUnit(state, asked.unit)) return { refused: 'noUnit' }
    if (state.rest === 'none' || state.cancelled) return { refused: 'notPaid' }
    const last = state.decisions.find(({ unit }) => unit === asked.unit)
    return { facts: last?.give === asked.give ? [] : [decision(ctx, asked, last)] }
  })
}

function hasUnit({ placed }: OrderState, unit: number): boolean {
  return Number.isInteger(unit) && unit >= 0 && unit < (placed?.units ?? 0)
}

function decision({ now }: { now: Now }, { unit, give }: AskedRight, last: Decision | undefined): Fact {
  const at = last && last.at >= now() ? later(last.at, 1) : now()
  const kind = give ? 'right.given' : 'right.withdrawn'
  return { source: 'desk', ext: `right:${newId(at)}`, kind, at, ref: String(unit) }
}
