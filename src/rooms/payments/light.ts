import type { Adapter, ProcessorState } from '../../core/payments/index.ts'
import { earlier } from '../../lib/index.ts'

const DAY_MS = 86_400_000

/** How a processor does, as one word: `silent` when it did not answer last, `refused` when its last message did not prove itself. */
export type Light = 'well' | 'quiet' | 'refused' | 'silent' | 'unheard' | 'closed'

/** The light of a processor. Shape: quiet is a day without a word from it. */
export function lightOf(adapter: Adapter, state: ProcessorState | undefined, now: Date): Light {
  if (!adapter.sells) return 'closed'
  const heard = newest(state?.heard_at, state?.answered_at)
  if (isAfter(state?.failed_at, state?.answered_at)) return 'silent'
  if (isAfter(state?.refused_at, state?.heard_at)) return 'refused'
  if (!heard) return 'unheard'
  return heard < earlier(now, DAY_MS) ? 'quiet' : 'well'
}

function isAfter(one: Date | null | undefined, other: Date | null | undefined): boolean {
  return one != null && (other == null || one > other)
}

function newest(...all: readonly (Date | null | undefined)[]): Date | undefined {
  return all.filter((one) => one != null).sort((a, b) => b.getTime() - a.getTime())[0]
}
