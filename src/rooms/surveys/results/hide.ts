/** The fewest answers that a number shown to anybody may stand for. */
export const FEWEST = 5

/** A number that may be shown, or undefined where it is hidden. */
export type Cell = number | undefined

/**
 * Hides small numbers of a table whose cells add up to a known total, and as many others as it takes that none of the
 * hidden ones can be worked out, also by somebody who knows this rule.
 *
 * A table without small groups is shown whole, zeros too, unless all answers are the same: then it says of everybody what they
 * said. In any other, every cell that is not larger than the smallest large one is hidden. What is hidden then depends only on
 * the values and not on their places: exchanging any two of them gives the same picture, so each might be the large one.
 */
export function hideSmall(cells: readonly number[]): readonly Cell[] {
  const groups = cells.filter((cell) => cell > 0)
  const large = groups.filter((cell) => cell >= FEWEST)
  if (groups.length === large.length && groups.length > 1) return cells
  const smallest = Math.min(...large)
  return cells.map((cell) => (cell > smallest && cell >= FEWEST ? cell : undefined))
}
