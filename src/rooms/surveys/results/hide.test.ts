import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { FEWEST, hideSmall, type Cell } from './hide.ts'

const cellsOf = (length: number, most: number) => fc.array(fc.nat(most), { minLength: length, maxLength: length })
const table = fc.integer({ min: 2, max: 12 }).chain((length) => cellsOf(length, 30))
const sum = (cells: readonly number[]): number => cells.reduce((all, cell) => all + cell, 0)

/** Every table of as many cells that adds up to the same and looks the same to somebody who knows the rule. */
function lookAlikes(cells: readonly number[]): number[][] {
  const wanted = JSON.stringify(picture(hideSmall(cells)))
  return tablesOf(cells.length, sum(cells)).filter((other) => JSON.stringify(picture(hideSmall(other))) === wanted)
}

const picture = (cells: readonly Cell[]): (number | null)[] => cells.map((cell) => cell ?? null)

function tablesOf(length: number, total: number): number[][] {
  if (length === 1) return [[total]]
  return Array.from({ length: total + 1 }, (_, first) => first).flatMap((first) =>
    tablesOf(length - 1, total - first).map((rest) => [first, ...rest]),
  )
}

test('six answers that split five to one hide both', () => {
  expect(hideSmall([5, 1])).toEqual([undefined, undefined])
})

test.each([
  [
    [10, 8, 0],
    [10, 8, 0],
  ],
  [
    [10, 8, 1],
    [10, undefined, undefined],
  ],
  [
    [10, 8, 7, 2, 0],
    [10, 8, undefined, undefined, undefined],
  ],
  [
    [10, 7, 7, 2],
    [10, undefined, undefined, undefined],
  ],
  [
    [5, 6],
    [5, 6],
  ],
  [
    [20, 0],
    [undefined, undefined],
  ],
  [
    [4, 4, 4],
    [undefined, undefined, undefined],
  ],
])('%j is shown as %j', (cells, shown) => expect(hideSmall(cells)).toEqual(shown))

describe('over random tables', () => {
  test('no group of one to four is shown, and what is shown is true', () => {
    fc.assert(
      fc.property(table, (cells) => {
        for (const [place, cell] of hideSmall(cells).entries()) {
          if (cell === undefined) continue
          expect(cell).toBe(cells[place])
          expect([cell, cell === 0 || cell >= FEWEST]).toEqual([cell, true])
        }
      }),
      { numRuns: 5000 },
    )
  })

  test('never is one number hidden alone, so none is the difference to the total', () => {
    fc.assert(
      fc.property(table, (cells) => {
        expect(hideSmall(cells).filter((cell) => cell === undefined)).not.toHaveLength(1)
      }),
      { numRuns: 5000 },
    )
  })

  test('whoever knows the rule and the total cannot tell of any hidden number that it is under five, nor what it is', () => {
    const small = fc.integer({ min: 2, max: 4 }).chain((length) => cellsOf(length, 9))
    const enough = small.filter((cells) => sum(cells) >= FEWEST)
    let hidden = 0
    fc.assert(
      fc.property(enough, (cells) => {
        const alikes = lookAlikes(cells)
        for (const [place, cell] of hideSmall(cells).entries()) {
          if (cell !== undefined) continue
          hidden += 1
          const mayBe = new Set(alikes.map((other) => other[place] ?? 0))
          expect([cells, place, Math.max(...mayBe) >= FEWEST, mayBe.size > 1]).toEqual([cells, place, true, true])
        }
      }),
      { numRuns: 400 },
    )
    expect(hidden).toBeGreaterThan(100)
  })

  test('the same look finds what a simpler rule gives away', () => {
    const simple = (cells: readonly number[]): readonly Cell[] =>
      cells.map((cell) => (cell < FEWEST ? undefined : cell))
    expect(simple([6, 2])).toEqual([6, undefined])
    const alikes = tablesOf(2, 8).filter((other) => JSON.stringify(picture(simple(other))) === '[6,null]')
    expect(alikes).toEqual([[6, 2]])
  })
})
