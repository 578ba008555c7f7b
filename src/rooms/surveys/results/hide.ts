/** The fewest answers that a number shown to anybody may stand for. */
export const FEWEST = 5

/** A number that may be shown, or undefined where it is hidden. */
export type Cell = number | undefined

/**
 * Hides small numbers of a table whose cells add up to a known total, and as many others as it takes that none of the
 * hidden ones can be worked out, also by somebody who knows this rule.
 *
 * If a cell is too small, every cell that is not larger than the smallest of the others is hidden with it. What is hidden
 * then depends only on the values and not on their places: exchanging any two of them gives the same picture, so each might
 * be the one that is large enough. Zero is a small number too: it says that nobody of so many chose it.
 */
export function hideSmall(cells: readonly number[]): readonly Cell[] {
  const enough = cells.filter((cell) => cell >= FEWEST)
  if (enough.length === cells.length) return cells
  const smallest = Math.min(...enough)
  return cells.map((cell) => (cell > smallest && cell >= FEWEST ? cell : undefined))
}
