import { ranks, type Fact, type FactKind } from '../facts.ts'

/** How facts about one reference are ranked; given only by the drill that proves the rank is needed. */
export type Rank = (kind: FactKind) => number

/** The rank that counts. */
export const shippedRank: Rank = (kind) => ranks[kind] ?? 0

type Prefix = 'pay.' | 'refund.' | 'dispute.' | 'right.' | 'money.fee' | 'money.tax'

/** The facts about each reference, the one that counts first; the references by its time. */
export function ranked(facts: readonly Fact[], prefix: Prefix, rank: Rank): [Fact, ...Fact[]][] {
  // A refund is named by our desk and by its processor alike; a payment only by the one at which it was made.
  const nameOf = ({ source, ref = '' }: Fact): string => (prefix === 'pay.' ? `${source} ${ref}` : ref)
  const groups = new Map<string, [Fact, ...Fact[]]>()
  for (const fact of facts) {
    if (!fact.kind.startsWith(prefix)) continue
    const known = groups.get(nameOf(fact))
    if (known) known.push(fact)
    else groups.set(nameOf(fact), [fact])
  }
  for (const group of groups.values()) group.sort((a, b) => order(b, a, rank))
  return [...groups.values()].sort(([a], [b]) => a.at.getTime() - b.at.getTime() || compare(a.ref ?? '', b.ref ?? ''))
}

/** Of each reference the fact that counts: the one with the highest rank, time, source and name. */
export function winners(facts: readonly Fact[], prefix: Prefix, rank: Rank): Fact[] {
  return ranked(facts, prefix, rank).map(([best]) => best)
}

function order(a: Fact, b: Fact, rank: Rank): number {
  return (
    rank(a.kind) - rank(b.kind) ||
    a.at.getTime() - b.at.getTime() ||
    compare(a.source, b.source) ||
    compare(a.ext, b.ext)
  )
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
