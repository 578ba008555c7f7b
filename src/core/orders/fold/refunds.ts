import type { Fact, FactKind, RefundReason } from '../facts.ts'
import type { OrderState, Refund } from './state.ts'
import { ranked, type Rank } from './winners.ts'

const states: Readonly<Partial<Record<FactKind, Refund['state']>>> = {
  'refund.succeeded': 'succeeded',
  'refund.failed': 'failed',
  'refund.cancelled': 'cancelled',
}

/** The refunds of an order, by the time at which each came to stand as it does. */
export function refundsOf(facts: readonly Fact[], rank: Rank): Refund[] {
  const told = toldOf(facts, rank)
  return [...told, ...reportedBeyond(facts, told)]
}

/** What reports say went back beyond what was told: of each payment the most that any of them says, so one that comes late or twice adds nothing. */
function reportedBeyond(facts: readonly Fact[], told: readonly Refund[]): Refund[] {
  const most = new Map<string, Fact>()
  for (const fact of facts.filter(({ kind }) => kind === 'refund.reported').sort(byReport))
    most.set(fact.of ?? '', fact)
  return [...most].flatMap(([of, { amountMinor = 0, currency, at }]) => {
    const gone = told.filter((one) => one.state === 'succeeded' && one.of === of)
    const beyond = amountMinor - gone.reduce((sum, one) => sum + one.amountMinor, 0)
    const refund = { ref: `reported:${of}`, of, amountMinor: beyond, currency, at }
    return beyond > 0 ? [{ ...refund, state: 'succeeded', reason: 'unknown', by: 'processor' } as const] : []
  })
}

/** The smaller first; of two that say the same, the earlier last. */
function byReport(a: Fact, b: Fact): number {
  const byAmount = (a.amountMinor ?? 0) - (b.amountMinor ?? 0)
  return byAmount || b.at.getTime() - a.at.getTime() || (a.ext < b.ext ? 1 : -1)
}

function toldOf(facts: readonly Fact[], rank: Rank): Refund[] {
  const told = facts.filter(({ kind }) => kind !== 'refund.reported')
  return ranked(told, 'refund.', rank).map((group) => {
    const [best] = group
    const known = <K extends keyof Fact>(name: K): Fact[K] | undefined =>
      group.find((fact) => fact[name] !== undefined)?.[name]
    return {
      ref: best.ref ?? '',
      of: known('of'),
      amountMinor: known('amountMinor') ?? 0,
      currency: known('currency'),
      state: states[best.kind] ?? 'requested',
      reason: reasonOf(group),
      by: group.some(isOfDesk) ? 'desk' : 'processor',
      at: best.at,
    }
  })
}

const isOfDesk = ({ source }: Fact): boolean => source === 'desk'

/** Whoever asked for it at our desk knows better than the processor why. */
function reasonOf(group: readonly Fact[]): RefundReason {
  const said = group.filter((fact) => fact.reason !== undefined)
  return (said.find(isOfDesk) ?? said[0])?.reason ?? 'unknown'
}

/** Whether a refund gives back money that counts for the order: not that of a payment in another currency. */
export function countsFor(
  { placed, foreign }: Pick<OrderState, 'placed' | 'foreign'>,
  { of, currency }: Pick<Refund, 'of' | 'currency'>,
): boolean {
  if (of !== undefined && foreign.includes(of)) return false
  return !placed || currency === undefined || currency === placed.currency
}

/** How much went back, and how much is asked back. */
export function moneyBack(
  refunds: readonly Refund[],
  capturedMinor: number,
): Pick<OrderState, 'refund' | 'refundedMinor' | 'askedBackMinor'> {
  const sumOf = (state: Refund['state']): number =>
    refunds.filter((one) => one.state === state).reduce((sum, one) => sum + one.amountMinor, 0)
  const [refundedMinor, askedBackMinor] = [sumOf('succeeded'), sumOf('requested')]
  const amounts = { refundedMinor, askedBackMinor }
  if (refundedMinor > 0 && refundedMinor >= capturedMinor) return { refund: 'full', ...amounts }
  if (askedBackMinor > 0 && refundedMinor + askedBackMinor >= capturedMinor) return { refund: 'pending', ...amounts }
  if (refundedMinor > 0) return { refund: 'partial', ...amounts }
  return { refund: askedBackMinor > 0 ? 'pending' : 'none', ...amounts }
}
