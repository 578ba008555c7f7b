import { ranks, type Fact, type FactKind } from './facts.ts'

/** Where an order stands, on five axes and in one headline. Shape: amounts in minor units. */
export type OrderState = {
  readonly placed:
    | {
        readonly totalMinor: number
        readonly currency: string
        readonly units: number
        readonly boxes: number
        readonly at: Date
      }
    | undefined
  readonly payment: 'awaiting' | 'pending' | 'authorised' | 'partlyPaid' | 'paid' | 'overpaid' | 'failed'
  readonly refund: 'none' | 'pending' | 'partial' | 'full'
  readonly dispute: 'none' | 'open' | 'won' | 'lost'
  readonly goods: 'nothingToDo' | 'toPack' | 'handedOver' | 'delivered' | 'returned'
  readonly right: 'none' | 'active' | 'suspended' | 'revoked'
  readonly cancelled: boolean
  readonly expired: boolean
  readonly paidAt: Date | undefined
  readonly handedOverAt: Date | undefined
  readonly capturedMinor: number
  readonly refundedMinor: number
  /** Asked to go back and not gone yet. */
  readonly askedBackMinor: number
  /** How often something happened that can give a withdrawn right back: it only grows. */
  readonly turns: number
  /** Payments beyond the first that already covers the total: money to give back. */
  readonly surplus: readonly { readonly ref: string; readonly amountMinor: number }[]
  /** Payments in another currency than the order's; they cover nothing. */
  readonly foreign: readonly string[]
  readonly payments: readonly { readonly ref: string; readonly amountMinor: number }[]
  readonly attempts: number
  readonly eraseAfterDelivery: boolean
  /** Sold and delivered by somebody else, and taken in from a report. */
  readonly fulfilledElsewhere: boolean
  readonly headline: Headline
}

/** The one thing people read first about an order. */
export type Headline =
  | 'awaiting'
  | 'pending'
  | 'failed'
  | 'paid'
  | 'toPack'
  | 'onItsWay'
  | 'delivered'
  | 'refunded'
  | 'partlyRefunded'
  | 'disputed'
  | 'cancelled'
  | 'expired'

/** How facts about one reference are ranked; given only by the drill that proves the rank is needed. */
export type Rank = (kind: FactKind) => number

const shippedRank: Rank = (kind) => ranks[kind] ?? 0

/**
 * The state of an order: a pure function of the set of its facts, so arrival order, duplicates and replays cannot matter.
 * For each reference the fact with the highest (rank, time, source, ext) counts.
 */
export function fold(facts: readonly Fact[], rank: Rank = shippedRank): OrderState {
  const placedFact = facts.find((fact) => fact.kind === 'order.placed')
  const placed = placedFact
    ? {
        totalMinor: placedFact.amountMinor ?? 0,
        currency: placedFact.currency ?? '',
        units: placedFact.units ?? 0,
        boxes: placedFact.boxes ?? 0,
        at: placedFact.at,
      }
    : undefined
  const money = payments(facts, placed, rank)
  const refund = refunds(facts, money.capturedMinor, rank)
  const dispute = disputes(facts, rank)
  const goods = goodsOf(facts, { boxes: placed?.boxes ?? 0, paid: money.covered })
  const flags = flagsOf(facts)
  const right = rightOf({ paid: money.covered, cancelled: flags.cancelled, refund: refund.refund, dispute })
  const parts = { placed, ...money.shown, ...refund, dispute, ...goods, ...flags, right }
  return { ...parts, headline: headlineOf(parts) }
}

function winners(facts: readonly Fact[], prefix: 'pay.' | 'refund.' | 'dispute.', rank: Rank): Fact[] {
  const best = new Map<string, Fact>()
  for (const fact of facts) {
    if (!fact.kind.startsWith(prefix)) continue
    const known = best.get(fact.ref ?? '')
    if (!known || outranks(fact, known, rank)) best.set(fact.ref ?? '', fact)
  }
  return [...best.values()].sort((a, b) => a.at.getTime() - b.at.getTime() || compare(a.ref ?? '', b.ref ?? ''))
}

function outranks(a: Fact, b: Fact, rank: Rank): boolean {
  const order =
    rank(a.kind) - rank(b.kind) ||
    a.at.getTime() - b.at.getTime() ||
    compare(a.source, b.source) ||
    compare(a.ext, b.ext)
  return order > 0
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

type Money = Pick<OrderState, 'payment' | 'paidAt' | 'capturedMinor' | 'surplus' | 'foreign' | 'payments'>

function payments(
  facts: readonly Fact[],
  placed: OrderState['placed'],
  rank: Rank,
): { shown: Money; covered: boolean; capturedMinor: number } {
  const best = winners(facts, 'pay.', rank)
  const captured = best.filter((fact) => fact.kind === 'pay.captured')
  const ours = captured.filter((fact) => !placed || fact.currency === undefined || fact.currency === placed.currency)
  const total = placed?.totalMinor
  const { sum, paidAt, surplus } = credit(ours, total)
  const shown: Money = {
    payment: paymentOf(best, { sum, total, surplus: surplus.length }),
    paidAt,
    capturedMinor: sum,
    surplus,
    foreign: captured.filter((fact) => !ours.includes(fact)).map((fact) => fact.ref ?? ''),
    payments: ours.map(pieceOf),
  }
  return { shown, covered: paidAt !== undefined, capturedMinor: sum }
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

function paymentOf(
  best: readonly Fact[],
  money: { sum: number; total: number | undefined; surplus: number },
): OrderState['payment'] {
  if (money.total !== undefined && money.sum >= money.total) return money.sum > money.total ? 'overpaid' : 'paid'
  if (money.sum > 0) return 'partlyPaid'
  if (best.some((fact) => fact.kind === 'pay.authorised')) return 'authorised'
  if (best.some((fact) => fact.kind === 'pay.pending')) return 'pending'
  return best.some((fact) => fact.kind === 'pay.failed') ? 'failed' : 'awaiting'
}

function refunds(
  facts: readonly Fact[],
  capturedMinor: number,
  rank: Rank,
): Pick<OrderState, 'refund' | 'refundedMinor' | 'askedBackMinor'> {
  const best = winners(facts, 'refund.', rank)
  const sumOf = (kind: FactKind): number =>
    best.filter((fact) => fact.kind === kind).reduce((sum, fact) => sum + (fact.amountMinor ?? 0), 0)
  const refundedMinor = Math.max(sumOf('refund.succeeded'), reportedBack(facts))
  const askedBackMinor = sumOf('refund.requested')
  const amounts = { refundedMinor, askedBackMinor }
  if (refundedMinor > 0 && refundedMinor >= capturedMinor) return { refund: 'full', ...amounts }
  if (askedBackMinor > 0 && refundedMinor + askedBackMinor >= capturedMinor) return { refund: 'pending', ...amounts }
  if (refundedMinor > 0) return { refund: 'partial', ...amounts }
  return { refund: askedBackMinor > 0 ? 'pending' : 'none', ...amounts }
}

/** What reports say went back in all: of each payment the most that any of them says, so one that comes late or twice adds nothing. */
function reportedBack(facts: readonly Fact[]): number {
  const most = new Map<string, number>()
  for (const { kind, of = '', amountMinor = 0 } of facts)
    if (kind === 'refund.reported') most.set(of, Math.max(most.get(of) ?? 0, amountMinor))
  return [...most.values()].reduce((sum, amount) => sum + amount, 0)
}

function disputes(facts: readonly Fact[], rank: Rank): OrderState['dispute'] {
  const kinds = winners(facts, 'dispute.', rank).map((fact) => fact.kind)
  if (kinds.includes('dispute.opened')) return 'open'
  if (kinds.includes('dispute.lost')) return 'lost'
  return kinds.includes('dispute.won') ? 'won' : 'none'
}

function goodsOf(
  facts: readonly Fact[],
  order: { boxes: number; paid: boolean },
): Pick<OrderState, 'goods' | 'handedOverAt'> {
  const handedOver = facts.filter((fact) => fact.kind === 'ship.handedOver').map((fact) => fact.at)
  const handedOverAt = handedOver.sort((a, b) => a.getTime() - b.getTime())[0]
  const has = (kind: FactKind): boolean => facts.some((fact) => fact.kind === kind)
  if (has('ship.returned')) return { goods: 'returned', handedOverAt }
  if (has('ship.delivered') || has('order.fulfilledElsewhere')) return { goods: 'delivered', handedOverAt }
  if (handedOverAt) return { goods: 'handedOver', handedOverAt }
  return { goods: order.boxes > 0 && order.paid ? 'toPack' : 'nothingToDo', handedOverAt }
}

function flagsOf(
  facts: readonly Fact[],
): Pick<OrderState, 'cancelled' | 'expired' | 'attempts' | 'turns' | 'eraseAfterDelivery' | 'fulfilledElsewhere'> {
  return {
    cancelled: facts.some((fact) => fact.kind === 'order.cancelled'),
    expired: facts.some((fact) => fact.kind === 'order.expired'),
    attempts: Math.max(0, ...facts.filter((fact) => fact.kind === 'checkout.attempt').map((fact) => fact.attempt ?? 0)),
    turns: new Set(facts.filter((fact) => TURNS.has(fact.kind)).map((fact) => `${fact.kind} ${fact.ref}`)).size,
    eraseAfterDelivery: facts.some((fact) => fact.kind === 'erase.afterDelivery'),
    fulfilledElsewhere: facts.some((fact) => fact.kind === 'order.fulfilledElsewhere'),
  }
}

const TURNS: ReadonlySet<FactKind> = new Set(['pay.captured', 'refund.failed', 'refund.cancelled', 'dispute.won'])

/** Money that came for a cancelled order buys nothing. */
function rightOf({
  paid,
  cancelled,
  refund,
  dispute,
}: Pick<OrderState, 'cancelled' | 'refund' | 'dispute'> & { paid: boolean }): OrderState['right'] {
  if (!paid) return 'none'
  if (refund === 'full' || dispute === 'lost') return 'revoked'
  if (cancelled) return 'none'
  return dispute === 'open' ? 'suspended' : 'active'
}

/** Whether nothing will be delivered any more, by cancelling or because the money went back. */
export function isOver(state: Pick<OrderState, 'cancelled' | 'right'>): boolean {
  return state.cancelled || state.right === 'revoked'
}

/** A payment that is neither there nor over. */
export const UNDER_WAY: ReadonlySet<OrderState['payment']> = new Set(['pending', 'authorised', 'partlyPaid'])

/** Whether less than the total is left after what was paid back; giving a second payment back leaves the order paid. */
function isShort({ refund, capturedMinor, refundedMinor, placed }: Omit<OrderState, 'headline'>): boolean {
  return refund === 'partial' && capturedMinor - refundedMinor < (placed?.totalMinor ?? 0)
}

/** First match, from what matters most. Late expiry or cancellation never hides a payment. */
function headlineOf(state: Omit<OrderState, 'headline'>): Headline {
  const paid = state.paidAt !== undefined
  const rules: readonly (readonly [boolean, Headline])[] = [
    [state.dispute === 'open' || state.dispute === 'lost', 'disputed'],
    [paid && state.refund === 'full', 'refunded'],
    [state.cancelled, 'cancelled'],
    [paid && isShort(state), 'partlyRefunded'],
    [paid && state.goods === 'delivered', 'delivered'],
    [paid && state.goods === 'handedOver', 'onItsWay'],
    [paid && state.goods === 'toPack', 'toPack'],
    [paid, 'paid'],
    [UNDER_WAY.has(state.payment), 'pending'],
    [state.expired, 'expired'],
    [state.payment === 'failed', 'failed'],
  ]
  return rules.find(([holds]) => holds)?.[1] ?? 'awaiting'
}
