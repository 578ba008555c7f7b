import { mm } from './document.ts'

/** A rectangle of a page. Shape: points from the page's top left corner. */
export type Area = { readonly x: number; readonly y: number; readonly width: number; readonly height: number }

/** A sheet for letters. Shape: points; `window` is where an address shows through the envelope, `back` the line above it. */
export type LetterSheet = {
  readonly size: readonly [number, number]
  readonly head: Area
  readonly back: Area
  readonly window: Area
  readonly reference: Area
  readonly text: Area
  readonly folds: readonly number[]
}

const inch = 72
const area = (...[x, y, width, height]: readonly [number, number, number, number]): Area => ({ x, y, width, height })
const a4 = [mm(210), mm(297)] as const
const letter = [8.5 * inch, 11 * inch] as const

/** The papers that a letter can be printed on. */
export type Paper = 'a4' | 'us'

/**
 * Where things stand on a letter, folded in three.
 * Source: A4 by DIN 5008 form B for a window of 90 × 45 mm (address zone from 62.7 to 90 mm), the text held 5 mm off the
 * window's sides; US letter for a #10 envelope with the window 7/8 inch from the left and 1/2 inch from the bottom.
 */
export const LETTER_SHEETS: Readonly<Record<Paper, LetterSheet>> = {
  a4: {
    size: a4,
    head: area(mm(25), mm(15), mm(165), mm(27)),
    back: area(mm(25), mm(57), mm(75), mm(4.5)),
    window: area(mm(25), mm(62.7), mm(75), mm(27.3)),
    reference: area(mm(125), mm(62.7), mm(65), mm(27.3)),
    text: area(mm(25), mm(98.5), mm(165), mm(172)),
    folds: [mm(105), mm(210)],
  },
  us: {
    size: letter,
    head: area(inch, 0.5 * inch, 6.5 * inch, 0.9 * inch),
    back: area(inch, 1.86 * inch, 3.25 * inch, 0.16 * inch),
    window: area(inch, 2.1 * inch, 3.25 * inch, inch),
    reference: area(4.9 * inch, 2.1 * inch, 2.6 * inch, inch),
    text: area(inch, 3.8 * inch, 6.5 * inch, 6.3 * inch),
    folds: [(11 * inch) / 3, (22 * inch) / 3],
  },
}

/** A sheet of labels. Shape: points; the cells run along the rows, from the top. */
export type LabelSheet = { readonly size: readonly [number, number]; readonly cells: readonly Area[] }

type Grid = { readonly left: number; readonly top: number; readonly right: number; readonly down: number }

type Count = { readonly columns: number; readonly rows: number }

function cells({ columns, rows }: Count, grid: Grid, cell: Pick<Area, 'width' | 'height'>): Area[] {
  return Array.from({ length: columns * rows }, (_, at) => ({
    x: grid.left + (at % columns) * grid.right,
    y: grid.top + Math.floor(at / columns) * grid.down,
    ...cell,
  }))
}

/** The label sheets that can be printed. */
export type Labels = 'L7160' | '5160'

/** Source: the makers' measures of Avery L7160 (A4, 3 × 7, 63.5 × 38.1 mm) and 5160 (US letter, 3 × 10, 2 5/8 × 1 inch). */
export const LABEL_SHEETS: Readonly<Record<Labels, LabelSheet>> = {
  L7160: {
    size: a4,
    cells: cells(
      { columns: 3, rows: 7 },
      { left: mm(7.21), top: mm(15.15), right: mm(66.04), down: mm(38.1) },
      { width: mm(63.5), height: mm(38.1) },
    ),
  },
  '5160': {
    size: letter,
    cells: cells(
      { columns: 3, rows: 10 },
      { left: 0.1875 * inch, top: 0.5 * inch, right: 2.75 * inch, down: inch },
      { width: 2.625 * inch, height: inch },
    ),
  },
}
