import type { Money } from '../../../lib/index.ts'
import type { Fact } from '../facts.ts'
import type { OrderState, Payment } from './state.ts'
import { ranked, winners, type Rank } from './winners.ts'

type Paid = Pick<
  OrderState,
  'payment' | 'paidAt' | 'wasPaid' | 'voided' | 'capturedMinor' | 'surplus' | 'foreign' | 'payments'
>

/** What came in, and whether it covers the total. */
export function paymentsOf(facts: readonly Fact[], placed: OrderState['placed'], rank: Rank): Paid {
  const best = winners(facts, 'pay.', rank)
  const captured = best.filter((fact) => fact.kind === 'pay.captured')
  const isOurs = ({ currency }: Fact): boolean => !placed || currency === undefined || currency === placed.currency
  const ours = captured.filter(isOurs)
  const total = placed?.totalMinor
  const gone = voidedIn(facts, rank).filter(isOurs)
  const { sum, paidAt, surplus } = credit(ours, total)
  const kept = keptOf(facts, rank)
  return {
    payment: paymentOf(best, sum, total),
    paidAt,
    wasPaid: credit([...ours, ...gone], total).paidAt !== undefined,
    voided: gone.map(pieceOf),
    capturedMinor: sum,
    surplus,
    foreign: captured.filter((fact) => !ours.includes(fact)).map((fact) => fact.ref ?? ''),
    payments: ours.map((fact) => paymentOfFact(fact, placed?.currency ?? '', kept)),
  }
}

/** The payments that were said to have come in, of which the processor says since that their money never comes. */
function voidedIn(facts: readonly Fact[], rank: Rank): Fact[] {
  return ranked(facts, 'pay.', rank).flatMap((group) => {
    const came = group.find(({ kind }) => kind === 'pay.captured')
    return came && group[0].kind === 'pay.voided' ? [came] : []
  })
}

type Piece = { ref: string; amountMinor: number }

function pieceOf(fact: Fact): Piece {
  return { ref: fact.ref ?? '', amountMinor: fact.amountMinor ?? 0 }
}

/** Counts payments towards the total; what comes after it is covered is surplus. */
function credit(
  ours: readonly Fact[],
  total: number | undefined,
): { sum: number; paidAt: Date | undefined; surplus: Piece[] } {
  const covered = (sum: number): boolean => total !== undefined && sum >= total
  let sum = 0
  let paidAt: Date | undefined
  const surplus: Piece[] = []
  for (const fact of ours) {
    const piece = pieceOf(fact)
    if (covered(sum)) surplus.push(piece)
    sum += piece.amountMinor
    if (covered(sum)) paidAt ??= fact.at
  }
  return { sum, paidAt, surplus }
}

function paymentOf(best: readonly Fact[], sum: number, total: number | undefined): OrderState['payment'] {
  if (total !== undefined && sum >= total) return sum > total ? 'overpaid' : 'paid'
  if (sum > 0) return 'partlyPaid'
  if (best.some((fact) => fact.kind === 'pay.authorised')) return 'authorised'
  if (best.some((fact) => fact.kind === 'pay.pending')) return 'pending'
  return best.some(({ kind }) => kind === 'pay.failed' || kind === 'pay.voided') ? 'failed' : 'awaiting'
}

type Kept = Readonly<Record<'fee' | 'tax', ReadonlyMap<string, Fact>>>

function keptOf(facts: readonly Fact[], rank: Rank): Kept {
  const of = (kind: 'money.fee' | 'money.tax'): Map<string, Fact> =>
    new Map(winners(facts, kind, rank).map((fact) => [fact.ref ?? '', fact]))
  return { fee: of('money.fee'), tax: of('money.tax') }
}

function paymentOfFact(fact: Fact, currency: string, kept: Kept): Payment {
  const piece = pieceOf(fact)
  const amount = (one: Fact | undefined): Money | undefined =>
    one && { minor: one.amountMinor ?? 0, currency: one.currency ?? currency }
  const [fee, tax] = [amount(kept.fee.get(piece.ref)), amount(kept.tax.get(piece.ref))]
  return {
    ...piece,
    source: fact.source,
    at: fact.at,
    fee,
    tax,
    netMinor: netOf(piece.amountMinor, currency, { fee, tax }),
  }
}

/** A fee in another currency cannot be taken off without a rate that nobody told us. */
function netOf(minor: number, currency: string, { fee, tax }: Pick<Payment, 'fee' | 'tax'>): number | undefined {
  if (!fee || fee.currency !== currency || (tax && tax.currency !== currency)) return undefined
  return minor - fee.minor - (tax?.minor ?? 0)
}
