import type { Clock } from '../clock.ts'
import type { Random } from '../random.ts'

/** The name of a fault. */
export type FaultName =
  | 'drop'
  | 'delay'
  | 'duplicate'
  | 'reorder'
  | 'corrupt'
  | 'wrongSecret'
  | 'staleTime'
  | 'futureTime'
  | 'answer500'
  | 'answerTimeout'
  | 'slowBody'
  | 'disableEndpoint'
  | 'clockSkew'
  | 'apiDown'
  | 'apiHangs'
  | 'apiDisagrees'
  | 'refundPending'
  | 'refundFails'
  | 'massRefund'
  | 'payoutLate'
  | 'payoutPartial'
  | 'payoutWrongCurrency'

/** What a fault does, and how much of it when nobody says. */
export type Fault = { readonly says: string; readonly by?: number; readonly unit?: string }

/** Every fault there is. */
export const faults: Readonly<Record<FaultName, Fault>> = {
  drop: { says: 'A message is lost on its way, and nobody sends it again' },
  delay: { says: 'A message comes late', by: 5000, unit: 'ms' },
  duplicate: { says: 'A message comes more than once, all at the same time', by: 2, unit: 'more' },
  reorder: { says: 'Messages are gathered for a while and then sent in a random order', by: 1000, unit: 'ms' },
  corrupt: { says: 'One byte of a message is another when it arrives' },
  wrongSecret: { says: 'A message is signed with another secret' },
  staleTime: { says: 'A message is signed for a time long past', by: 600_000, unit: 'ms' },
  futureTime: { says: 'A message is signed for a time to come', by: 600_000, unit: 'ms' },
  answer500: { says: 'The shop took the message, and the processor heard an error' },
  answerTimeout: { says: 'The shop took the message, and the processor heard nothing' },
  slowBody: { says: 'A message comes in pieces', by: 200, unit: 'ms apart' },
  disableEndpoint: { says: 'The processor sends nothing more after failures in a row', by: 10, unit: 'failures' },
  clockSkew: { says: 'The processor’s clock is wrong; less than 0 is behind', by: -120_000, unit: 'ms' },
  apiDown: { says: 'The processor answers 503' },
  apiHangs: { says: 'The processor answers late, with 504', by: 30_000, unit: 'ms' },
  apiDisagrees: { says: 'Asked, the processor says unpaid of what it has told to be paid' },
  refundPending: { says: 'A refund is pending for a while, then done', by: 5000, unit: 'ms' },
  refundFails: { says: 'A refund fails after a while, though it seemed done', by: 5000, unit: 'ms' },
  massRefund: { says: 'The processor pays everything back at once, or the next so many payments' },
  payoutLate: { says: 'A payout comes late', by: 30 * 86_400_000, unit: 'ms' },
  payoutPartial: { says: 'A payout holds only a part of the money', by: 50, unit: 'per cent' },
  payoutWrongCurrency: { says: 'A payout comes in another currency' },
}

/** When a fault strikes. Shape: without face and kind everywhere (`*` at the end of a kind stands for the rest); `share` 0 to 1; `next` so many times and then never more. */
export type Rule = {
  readonly id: string
  readonly fault: FaultName
  readonly face?: string
  readonly kind?: string
  readonly share: number
  readonly by: number
  readonly until?: number
  next?: number
}

/** What a fault may strike. */
export type Target = { readonly face: string; readonly kind: string }

/** The faults of one run. */
export type FaultDesk = {
  readonly rules: Map<string, Rule>
  /** What is held to be sent in another order. */
  readonly bag: (() => Promise<unknown>)[]
  /** Failures in a row, by face. */
  readonly failures: Map<string, number>
  /** The faces that send nothing more. */
  readonly disabled: Set<string>
}

/** What judging a fault needs. */
export type Faulty = { readonly clock: Clock; readonly random: Random; readonly faults: FaultDesk }

/** A desk without faults. */
export function noFaults(): FaultDesk {
  return { rules: new Map(), bag: [], failures: new Map(), disabled: new Set() }
}

/** What is asked of the fault desk. Shape: `forMs` how long the rule stands. */
export type Asked = {
  readonly fault: FaultName
  readonly face?: string
  readonly kind?: string
  readonly share?: number
  readonly next?: number
  readonly by?: number
  readonly forMs?: number
}

/** Adds a fault. */
export function addFault(on: Faulty, asked: Asked): Rule {
  const { fault, face, kind, share = 1, next, forMs } = asked
  const rule: Rule = {
    id: on.random.id('fault', 8),
    fault,
    share,
    by: asked.by ?? faults[fault].by ?? 0,
    ...(face && { face }),
    ...(kind && { kind }),
    ...(next !== undefined && { next }),
    ...(forMs !== undefined && { until: on.clock.now() + forMs }),
  }
  on.faults.rules.set(rule.id, rule)
  return rule
}

/** Whether a fault strikes now, and how hard: the sum of `by` of all rules that strike. Chance is drawn only where a rule leaves something to chance. */
export function strikes(on: Faulty, fault: FaultName, target: Target): number | undefined {
  const hit = [...on.faults.rules.values()].filter((rule) => rule.fault === fault && hits(on, rule, target))
  return hit.length === 0 ? undefined : hit.reduce((sum, rule) => sum + rule.by, 0)
}

function hits(on: Faulty, rule: Rule, target: Target): boolean {
  if (rule.until !== undefined && on.clock.now() >= rule.until) {
    on.faults.rules.delete(rule.id)
    return false
  }
  if (!covers(rule, target)) return false
  if (rule.share < 1 && on.random.next() >= rule.share) return false
  if (rule.next !== undefined && (rule.next -= 1) <= 0) on.faults.rules.delete(rule.id)
  return true
}

function covers({ face, kind }: Rule, target: Target): boolean {
  if (face && face !== target.face) return false
  if (!kind) return true
  return kind.endsWith('*') ? target.kind.startsWith(kind.slice(0, -1)) : target.kind === kind
}

/** How wrong a processor's clock is. Shape: milliseconds ahead. */
export function skewOf(on: Faulty, face: string): number {
  return strikes(on, 'clockSkew', { face, kind: 'clock' }) ?? 0
}

/** The time as a processor has it. Shape: milliseconds. */
export function timeAt(on: Faulty, face: string): number {
  return on.clock.now() + skewOf(on, face)
}

/** The time as a processor has it. Shape: whole seconds. */
export function secondsAt(on: Faulty, face: string): number {
  return Math.floor(timeAt(on, face) / 1000)
}
