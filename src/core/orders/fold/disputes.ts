import type { Fact, FactKind } from '../facts.ts'
import type { Dispute, OrderState, Payment } from './state.ts'
import { ranked, type Rank } from './winners.ts'

const states: Readonly<Partial<Record<FactKind, Dispute['state']>>> = {
  'dispute.warned': 'warned',
  'dispute.won': 'won',
  'dispute.lost': 'lost',
}

/** The disputes of an order, by the time at which each came to stand as it does. */
export function disputesOf(facts: readonly Fact[], rank: Rank): Dispute[] {
  return ranked(facts, 'dispute.', rank).map((group) => ({
    ref: group[0].ref ?? '',
    of: group.find((fact) => fact.of !== undefined)?.of,
    amountMinor: group.find((fact) => fact.amountMinor !== undefined)?.amountMinor,
    state: states[group[0].kind] ?? 'open',
    at: group[0].at,
  }))
}

/** Where the disputes of an order stand together: one that is open comes first. */
export function disputeOf(disputes: readonly Dispute[]): OrderState['dispute'] {
  const states = disputes.map(({ state }) => state)
  return (['open', 'lost', 'won'] as const).find((state) => states.includes(state)) ?? 'none'
}

type Left = { readonly keptMinor: number; readonly totalMinor: number; readonly payments: readonly Payment[] }

/** What disputes do to the right. A bank that took back only what was paid twice took no right with it. */
export function disputed(
  disputes: readonly Dispute[],
  { keptMinor, totalMinor, payments }: Left,
): 'revoked' | 'suspended' | undefined {
  const lost = disputes.filter(({ state }) => state === 'lost')
  if (lost.length > 0 && keptMinor - takenBy(lost, payments) < totalMinor) return 'revoked'
  return disputes.some(({ state }) => state === 'open') ? 'suspended' : undefined
}

/** What banks took. Of a loss without an amount it is the whole payment, once: a report says again what was told, under another name. */
function takenBy(lost: readonly Dispute[], payments: readonly Payment[]): number {
  const taken = [...new Set(lost.map(({ of }) => of))].map((of) => {
    const amounts = lost.filter((one) => one.of === of).map(({ amountMinor }) => amountMinor)
    const told = amounts.reduce<number>((sum, amount) => sum + (amount ?? 0), 0)
    if (!amounts.includes(undefined)) return told
    return Math.max(told, payments.find(({ ref }) => ref === of)?.amountMinor ?? Infinity)
  })
  return taken.reduce((sum, amount) => sum + amount, 0)
}
