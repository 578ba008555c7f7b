import { randomInt } from 'node:crypto'

/** All chance of one run. The same seed and the same calls give the same values. */
export type Random = {
  readonly seed: number
  /** Shape: from 0 up to and not including 1. */
  readonly next: () => number
  /** Shape: a whole number from 0 up to and not including `end`. */
  readonly below: (end: number) => number
  /** An id in a processor's manner, for instance `pi_…`. */
  readonly id: (prefix: string, length?: number) => string
  readonly shuffled: <T>(list: readonly T[]) => T[]
}

const SIGNS = '0123456789abcdefghijklmnopqrstuvwxyz'

/** Chance that grows from a seed. Shape: a whole number of 32 bits. */
export function seeded(seed: number): Random {
  const spread = splitMix(seed)
  const draw = xoshiro([spread(), spread(), spread(), spread()])
  const next = (): number => draw() / 2 ** 32
  const below = (end: number): number => Math.floor(next() * end)
  return {
    seed,
    next,
    below,
    id: (prefix, length = 24) => `${prefix}_${Array.from({ length }, () => SIGNS[below(SIGNS.length)]).join('')}`,
    shuffled: (list) => {
      const mixed = [...list]
      for (let last = mixed.length - 1; last > 0; last -= 1) mixed.push(...mixed.splice(below(last + 1), 1))
      return mixed
    },
  }
}

/** A seed that nobody chose. */
export function anySeed(): number {
  return randomInt(2 ** 32)
}

/** The generator xoshiro128**. Shape: four words in, a function that draws 32 bits out. Source: Blackman and Vigna, prng.di.unimi.it. */
export function xoshiro(words: readonly [number, number, number, number]): () => number {
  let [a, b, c, d] = words
  return () => {
    const drawn = Math.imul(turned(Math.imul(b, 5), 7), 9) >>> 0
    const shifted = b << 9
    c ^= a
    d ^= b
    b ^= c
    a ^= d
    c ^= shifted
    d = turned(d, 11)
    return drawn
  }
}

function turned(word: number, by: number): number {
  return (word << by) | (word >>> (32 - by))
}

function splitMix(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x9e3779b9) | 0
    let word = state
    word = Math.imul(word ^ (word >>> 16), 0x85ebca6b)
    word = Math.imul(word ^ (word >>> 13), 0xc2b2ae35)
    return word ^ (word >>> 16)
  }
}
