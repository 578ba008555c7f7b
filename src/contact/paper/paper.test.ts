import type { Readable } from 'node:stream'
import { expect, test } from 'vitest'
import { ADDRESSES } from '../../../test/addresses.ts'
import { everythingIn, readPdf, type PdfPage, type Run } from '../../../test/pdf.ts'
import { addressLines, labelsPdf, lettersPdf, type Letter, type LetterRun } from './index.ts'
import { LABEL_SHEETS, LETTER_SHEETS, type Area, type Labels, type Paper } from './sizes.ts'

const madeAt = new Date('2026-11-25T09:00:00Z')
const mm = (length: number): number => (length * 72) / 25.4
const rows = ADDRESSES.map((place) => addressLines(place, 'BE'))
const run: LetterRun = {
  sender: ['Higosoft Studio', 'Kraanlei 12', '9000 Gent', 'Belgium'],
  paper: 'a4',
  language: 'en',
  madeAt,
}
const letter: Letter = {
  to: ['Ada Quill', 'Kraanlei 1', '9000 Gent'],
  date: '25 November 2026',
  reference: 'L-1',
  subject: 'Your letter',
  paragraphs: ['Dear Ada Quill,', 'thank you for your letter.'],
  small: ['We keep your letter for 30 days.'],
}

async function bytes(pdf: Readable): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of pdf) parts.push(part as Buffer)
  return Buffer.concat(parts)
}

async function pagesOf(pdf: Readable): Promise<PdfPage[]> {
  return readPdf(await bytes(pdf))
}

function isIn(one: Run, area: Area): boolean {
  return (
    one.left >= area.x &&
    one.right <= area.x + area.width + 0.01 &&
    one.top >= area.y - 0.01 &&
    one.bottom <= area.y + area.height + 0.01
  )
}

function touching(runs: readonly Run[]): string[] {
  return runs.slice(1).flatMap((one, at) => (one.top < (runs[at]?.bottom ?? 0) - 0.01 ? [one.text] : []))
}

/** The text without the places where lines were broken. */
const joined = (lines: readonly string[]): string => lines.join('').replaceAll(' ', '')

test.each<Labels>(['L7160', '5160'])(
  'on %s every line of the longest of 500 addresses stands in its own cell, whole',
  async (labels) => {
    const { cells, size } = LABEL_SHEETS[labels]
    const { pdf, left } = labelsPdf(rows, labels, madeAt)
    expect(left).toEqual([])
    const pages = await pagesOf(pdf)
    expect(pages).toHaveLength(Math.ceil(rows.length / cells.length))
    const found = pages.flatMap((page) => {
      expect([page.width, page.height]).toEqual(size.map((side) => expect.closeTo(side, 3)))
      return cells.map((cell) => page.runs.filter((one) => isIn(one, cell)))
    })
    expect(found.flat()).toHaveLength(pages.flatMap((page) => page.runs).length)
    for (const [at, lines] of rows.entries()) {
      const runs = found[at] ?? []
      expect(joined(runs.map(({ text }) => text))).toBe(joined(lines))
      expect(touching(runs)).toEqual([])
      expect(Math.min(...runs.map((one) => one.size))).toBeGreaterThanOrEqual(5)
    }
  },
)

test('label sheets have the measures of their makers', () => {
  const last = LABEL_SHEETS.L7160.cells.at(-1)
  expect(LABEL_SHEETS.L7160.cells).toHaveLength(21)
  expect((last?.x ?? 0) + (last?.width ?? 0)).toBeCloseTo(mm(210 - 7.21), 0)
  expect((last?.y ?? 0) + (last?.height ?? 0)).toBeCloseTo(mm(297 - 15.15), 1)
  const inch = LABEL_SHEETS['5160'].cells.at(-1)
  expect(LABEL_SHEETS['5160'].cells).toHaveLength(30)
  expect([(inch?.x ?? 0) + (inch?.width ?? 0), (inch?.y ?? 0) + (inch?.height ?? 0)]).toEqual([598.5, 756])
})

test('a short address is printed large, and a long one shrinks before it is broken', async () => {
  const long = 'Prof. dr. Bela Széchenyi-Wojciechowska'
  const [page] = await pagesOf(labelsPdf([['Ada Quill'], [long]], 'L7160', madeAt).pdf)
  expect(page?.runs.map(({ text }) => text)).toEqual(['Ada Quill', long])
  expect(page?.runs.map(({ size }) => size)).toEqual([10, 9.25])
})

test('what has no room or no sign is named and left out, never cut', async () => {
  const rows = [['Ada Quill'], ['x'.repeat(3000)], ['王小明', '台北市'], ['أدا'], ['Bela Kovács']]
  const { pdf, left } = labelsPdf(rows, 'L7160', madeAt)
  expect(left).toEqual([
    { at: 1, because: 'too-long', signs: [] },
    { at: 2, because: 'unprintable', signs: ['王', '小', '明', '台', '北', '市'] },
    { at: 3, because: 'unprintable', signs: ['أ', 'د', 'ا'] },
  ])
  const [page] = await pagesOf(pdf)
  expect(page?.runs.map(({ text }) => text)).toEqual(['Ada Quill', 'Bela Kovács'])
})

/** What shows through the window wherever the sheet lies in the envelope. Source: DIN 5008 form B; #10 envelope. */
const WINDOWS: Readonly<Record<Paper, Area>> = {
  a4: { x: mm(25), y: mm(57), width: mm(80), height: mm(33) },
  us: { x: 63, y: 132, width: 252, height: 92 },
}

test.each<Paper>(['a4', 'us'])('on %s the address and nothing of the text stands in the window', async (paper) => {
  const letters = rows.map((to) => ({ ...letter, to }))
  const { pdf, left } = lettersPdf(letters, { ...run, paper })
  expect(left).toEqual([])
  const pages = await pagesOf(pdf)
  expect(pages).toHaveLength(rows.length)
  for (const [at, { runs }] of pages.entries()) {
    const seen = runs.filter((one) => isIn(one, LETTER_SHEETS[paper].window))
    expect(joined(seen.map(({ text }) => text))).toBe(joined(rows[at] ?? []))
    expect(seen.filter((one) => !isIn(one, WINDOWS[paper]))).toEqual([])
    expect(touching(seen)).toEqual([])
    const others = runs.filter((one) => !seen.includes(one) && isOver(one, WINDOWS[paper]))
    expect(others.map(({ text }) => text)).toEqual(['Higosoft Studio · Kraanlei 12 · 9000 Gent · Belgium'])
  }
})

function isOver(one: Run, area: Area): boolean {
  const beside = one.right < area.x || one.left > area.x + area.width
  return !beside && one.bottom > area.y && one.top < area.y + area.height
}

test('a long letter goes on over the pages, in order, inside its margins, and loses no word', async () => {
  const words = Array.from({ length: 3000 }, (_, at) => `word${at}`)
  const paragraphs = Array.from({ length: 30 }, (_, at) => words.slice(at * 100, at * 100 + 100).join(' '))
  const pages = await pagesOf(lettersPdf([{ ...letter, paragraphs }], run).pdf)
  expect(pages.length).toBeGreaterThan(3)
  const runs = pages.flatMap((page) => page.runs)
  expect(runs.flatMap(({ text }) => text.split(' ')).filter((word) => word.startsWith('word'))).toEqual(words)
  expect(runs.filter((one) => one.right > mm(190.1) || one.bottom > mm(297 - 20))).toEqual([])
  expect(pages.slice(1).map((page) => page.runs[0]?.text)).toEqual(pages.slice(1).map((_, at) => String(at + 2)))
  expect(runs.at(-1)?.text).toBe('We keep your letter for 30 days.')
})

test('the lines that somebody typed stay lines', async () => {
  const [page] = await pagesOf(lettersPdf([{ ...letter, paragraphs: ['1. one\n2. two'] }], run).pdf)
  expect(page?.runs.map(({ text }) => text)).toEqual(expect.arrayContaining(['1. one', '2. two']))
})

test('a sign that the fonts lack in the text keeps the letter back, and says which', () => {
  const { left } = lettersPdf([letter, { ...letter, paragraphs: ['漢字 \u{1fae0}'] }], run)
  expect(left).toEqual([{ at: 1, because: 'unprintable', signs: ['漢', '字', '\u{1fae0}'] }])
})

test('the same letter is the same file, and the file says nothing about the person', async () => {
  const [first, second] = [await bytes(lettersPdf([letter], run).pdf), await bytes(lettersPdf([letter], run).pdf)]
  expect(first.equals(second)).toBe(true)
  const other = await bytes(lettersPdf([{ ...letter, to: ['Bela Kovács'] }], run).pdf)
  expect(first.equals(other)).toBe(false)
  const said = everythingIn(first)
  expect(said).toContain('/Lang (en)')
  expect(said).toContain('/MarkInfo')
  expect(said).toContain('D:20261125090000Z')
  for (const word of ['Ada', 'Quill', 'Kraanlei 1', 'Your letter']) expect(said).not.toContain(word)
})

test('nobody reading the file stops its making', async () => {
  const { pdf } = lettersPdf(
    Array.from({ length: 2000 }, () => letter),
    run,
  )
  pdf.destroy()
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect(pdf.destroyed).toBe(true)
})
