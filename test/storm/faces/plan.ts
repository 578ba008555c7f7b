import type { Misfortune } from '../../../sim/faults/drill.ts'
import { seeded, type Random } from '../../../sim/random.ts'

/** What one buyer does. Shape: `cards` are typed one after the other as long as the page asks; none is a buyer who goes away. */
export type Plan = {
  readonly face: string
  readonly product: string
  readonly pieces: number
  readonly cards: readonly string[]
  readonly comesBack: boolean
  readonly after: Misfortune | 'vendorRefund' | 'nothing'
}

/** A processor as a plan needs it. */
export type Played = {
  readonly id: string
  readonly knows: readonly Misfortune[]
  readonly products: readonly string[]
}

/** What is sold at every processor alike. */
export const DOWNLOADS = ['tally-download', 'plumbline-download'] as const

const APPROVED = '4242 4242 4242 4242'
const DECLINED = '4000 0000 0000 0002'
const PENDING = '4000 0025 0000 3155'
const NEVER = '4000 0000 0000 9995'
const TAB = '4000 0000 0000 0101'
const TWICE = '4000 0000 0000 0119'
const LATE = '4000 0000 0000 0127'

/** By chance, so many of a hundred. */
const STORIES: readonly (readonly [number, readonly string[]])[] = [
  [55, [APPROVED]],
  [8, [DECLINED, APPROVED]],
  [6, [PENDING]],
  [4, [NEVER]],
  [7, [TAB]],
  [4, [TWICE]],
  [6, [LATE]],
  [4, [DECLINED]],
  [6, []],
]

/** The plan of one buyer: the same for the same seed and number, whatever else happens. */
export function planOf(seed: number, number: number, faces: readonly Played[]): Plan {
  const random = seeded((seed ^ Math.imul(number + 1, 0x9e3779b1)) >>> 0)
  const face = pick(random, faces)
  const fate = random.below(100)
  return {
    face: face.id,
    product: pick(random, face.products),
    pieces: random.below(8) === 0 ? 3 : 1,
    cards: storyOf(random.below(100)),
    comesBack: random.below(3) > 0,
    after: fate < 6 ? 'vendorRefund' : fate < 16 && face.knows.length > 0 ? pick(random, face.knows) : 'nothing',
  }
}

function storyOf(chance: number): readonly string[] {
  let left = chance
  for (const [share, cards] of STORIES) {
    if (left < share) return cards
    left -= share
  }
  return []
}

function pick<T>(random: Random, list: readonly T[]): T {
  return list[random.below(list.length)] as T
}
