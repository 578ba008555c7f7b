import type { Adapter, ProcessorState } from '../../core/payments/index.ts'
import { earlier } from '../../lib/index.ts'

const DAY_MS = 86_400_000

/** How a processor does, as one word: `silent` when it did not answer last, `refused` when its last message did not prove itself. */
export type Light = 'well' | 'quiet' | 'refused' | 'silent' | 'unheard' | 'closed'

/** The light of a processor. Shape: quiet is a day without a word from it. */
export function lightOf(adapter: Adapter, state: ProcessorState | undefined, now: Date): Light {
  const [heard, answered, failed, refused] = [
    timeOf(state?.heard_at),
    timeOf(state?.answered_at),
    timeOf(state?.failed_at),
    timeOf(state?.refused_at),
  ]
  const rules: readonly (readonly [boolean, Light])[] = [
    [!adapter.sells, 'closed'],
    [failed > answered, 'silent'],
    [refused > heard, 'refused'],
    [heard + answered === 0, 'unheard'],
    [Math.max(heard, answered) < earlier(now, DAY_MS).getTime(), 'quiet'],
  ]
  return rules.find(([holds]) => holds)?.[1] ?? 'well'
}

function timeOf(at: Date | null | undefined): number {
  return at?.getTime() ?? 0
}
