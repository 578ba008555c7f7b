import type { RefundReason } from '../facts.ts'
import type { Refund } from './state.ts'

/** What a refund does to the right of use: takes it, leaves it, or has staff decide about each unit. */
export type RefundRule = 'revoke' | 'keep' | 'ask'

/** What each reason does, when all the money went back and when a part of it did. Nothing is taken beyond this table. */
export const refundRules: Readonly<Record<RefundReason, Readonly<Record<'full' | 'partial', RefundRule>>>> = {
  asked: { full: 'revoke', partial: 'ask' },
  unknown: { full: 'revoke', partial: 'ask' },
  fraud: { full: 'revoke', partial: 'revoke' },
  duplicate: { full: 'keep', partial: 'keep' },
  incident: { full: 'keep', partial: 'keep' },
  goodwill: { full: 'keep', partial: 'keep' },
}

type Amounts = { readonly capturedMinor: number; readonly totalMinor: number }

/** What the refunds that went through come to. Shape: `toDecide` are the references of those about which staff are asked. */
export function ruling(refunds: readonly Refund[], amounts: Amounts): { revoke: boolean; toDecide: string[] } {
  const gone = refunds.filter(({ state }) => state === 'succeeded')
  const all = gone.reduce((sum, one) => sum + one.amountMinor, 0) >= amounts.capturedMinor
  // What a processor's failure gave back nobody asked for, so it makes no part that was asked for the whole.
  const scope = all && gone.every(({ reason }) => reason !== 'incident') ? 'full' : 'partial'
  const counted = all ? gone : beyondSurplus(gone, amounts)
  const rule = ({ reason }: Refund): RefundRule => refundRules[reason][scope]
  return {
    revoke: counted.some((one) => rule(one) === 'revoke'),
    toDecide: counted.filter((one) => rule(one) === 'ask').map(({ ref }) => ref),
  }
}

/** The refunds after which less than the total was left: giving back only what was paid twice touches no right. */
function beyondSurplus(gone: readonly Refund[], { capturedMinor, totalMinor }: Amounts): Refund[] {
  let left = capturedMinor
  return gone.filter(({ amountMinor }) => {
    left -= amountMinor
    return left < totalMinor
  })
}
