import type { Fact, FactKind } from '../facts.ts'
import { disputed, disputeOf, disputesOf } from './disputes.ts'
import { paymentsOf } from './payments.ts'
import { countsFor, moneyBack, refundsOf } from './refunds.ts'
import { ruling } from './rules.ts'
import { rightOf, UNDER_WAY, type Decision, type Headline, type OrderState, type Right } from './state.ts'
import { shippedRank, winners, type Rank } from './winners.ts'

/**
 * The state of an order: a pure function of the set of its facts, so arrival order, duplicates and replays cannot matter.
 * For each reference the fact with the highest (rank, time, source, ext) counts.
 */
export function fold(facts: readonly Fact[], rank: Rank = shippedRank): OrderState {
  const placed = placedOf(facts)
  const money = paymentsOf(facts, placed, rank)
  const paid = money.paidAt !== undefined
  const refunds = refundsOf(facts, rank)
  const back = refunds.filter((one) => countsFor({ placed, foreign: money.foreign }, one))
  const refund = moneyBack(back, money.capturedMinor)
  const disputes = disputesOf(facts, rank)
  const flags = flagsOf(facts)
  const amounts = { capturedMinor: money.capturedMinor, totalMinor: placed?.totalMinor ?? 0 }
  const { revoke, toDecide } = ruling(back, amounts)
  const { totalMinor } = amounts
  const left = { keptMinor: money.capturedMinor - refund.refundedMinor, totalMinor, payments: money.payments }
  const counted = disputes.filter(({ of }) => of === undefined || !money.foreign.includes(of))
  const { wasPaid } = money
  const rest = restOf({ paid, wasPaid, revoke, cancelled: flags.cancelled, disputed: disputed(counted, left) })
  const decisions = decisionsOf(facts, rank)
  const right = bestRight({ rest, decisions }, placed?.units ?? 0)
  const goods = goodsOf(facts, { boxes: placed?.boxes ?? 0, paid })
  const more = { refunds, toDecide: paid ? toDecide : [], disputes, dispute: disputeOf(counted) }
  const parts = { placed, ...money, ...refund, ...more, ...goods, ...flags, rest, decisions, right }
  return { ...parts, headline: headlineOf(parts) }
}

function placedOf(facts: readonly Fact[]): OrderState['placed'] {
  const fact = facts.find(({ kind }) => kind === 'order.placed')
  if (!fact) return undefined
  const { amountMinor: totalMinor = 0, currency = '', units = 0, boxes = 0, at } = fact
  return { totalMinor, currency, units, boxes, at }
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
    turns: new Set(facts.filter(canTurn).map(({ source, ext }) => `${source} ${ext}`)).size,
    eraseAfterDelivery: facts.some((fact) => fact.kind === 'erase.afterDelivery'),
    fulfilledElsewhere: facts.some((fact) => fact.kind === 'order.fulfilledElsewhere'),
  }
}

function canTurn({ kind }: Fact): boolean {
  return kind === 'pay.captured' || kind === 'pay.voided' || /^(refund|dispute|right)\./.test(kind)
}

/** Money that came for a cancelled order buys nothing. Of what was paid once and is not any more, every right is taken. */
function restOf(of: {
  paid: boolean
  wasPaid: boolean
  revoke: boolean
  cancelled: boolean
  disputed: ReturnType<typeof disputed>
}): Right {
  if (!of.paid) return of.wasPaid ? 'revoked' : 'none'
  if (of.revoke || of.disputed === 'revoked') return 'revoked'
  return of.cancelled ? 'none' : (of.disputed ?? 'active')
}

/** What staff decided last about each unit. */
function decisionsOf(facts: readonly Fact[], rank: Rank): Decision[] {
  return winners(facts, 'right.', rank).map(({ ref, kind, at }) => ({
    unit: Number(ref),
    give: kind === 'right.given',
    at,
  }))
}

function bestRight(state: Pick<OrderState, 'rest' | 'decisions'>, units: number): Right {
  const decided = state.decisions.filter(({ unit }) => unit < units)
  const rights = new Set(decided.map(({ unit }) => rightOf(state, unit)))
  if (decided.length < units || units === 0) rights.add(state.rest)
  return (['active', 'suspended', 'revoked'] as const).find((right) => rights.has(right)) ?? 'none'
}

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
