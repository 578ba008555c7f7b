import { measureIn, newDocument, type Doc, type Face } from './document.ts'
import { wrap, type Measure } from './fit.ts'
import { drawLines, fitAll, print, type Printed, type Ready } from './printed.ts'
import { LETTER_SHEETS, type Area, type LetterSheet, type Paper } from './sizes.ts'

/** A letter to print. Shape: `to` are the lines of the address; `small` is what is said about the data, below the text. */
export type Letter = {
  readonly to: readonly string[]
  readonly date: string
  readonly reference?: string
  readonly subject: string
  readonly paragraphs: readonly string[]
  readonly small?: readonly string[]
}

/** What all letters of a run have in common. Shape: `sender` is the vendor's name and then the lines of its address. */
export type LetterRun = {
  readonly sender: readonly string[]
  readonly paper: Paper
  readonly language: string
  readonly madeAt: Date
}

type Style = { readonly face: Face; readonly size: number; readonly tag: 'P' | 'H1'; readonly after: number }

const ADDRESS = { most: 10.5, small: 8, least: 5.5 }
const LINE = 1.35
const subject: Style = { face: 'strong', size: 11, tag: 'H1', after: 12 }
const plain: Style = { face: 'plain', size: 10.5, tag: 'P', after: 9 }
const small: Style = { face: 'plain', size: 8, tag: 'P', after: 4 }
const INK = '#000000'
const GREY = '#555555'

/**
 * Prints letters, each with its address inside a window envelope, and as many pages as its text needs.
 * A letter that cannot be printed whole is left out and named; nothing is cut.
 */
export function lettersPdf(letters: readonly Letter[], run: LetterRun): Printed {
  const sheet = LETTER_SHEETS[run.paper]
  const doc = newDocument({ title: 'Letter', language: run.language, madeAt: run.madeAt }, sheet.size)
  const asked = letters.map((thing) => ({ thing, address: thing.to, texts: textsOf(thing, run) }))
  const measures = { plain: measureIn(doc, 'plain'), strong: measureIn(doc, 'strong') }
  const { ready, left } = fitAll(asked, { ...sheet.window, ...ADDRESS }, measures.plain)
  return { pdf: print(doc, ready, (one) => drawLetter({ doc, sheet, run, measures }, one)), left }
}

function textsOf(letter: Letter, { sender }: LetterRun): string[] {
  const { date, reference = '', subject: about, paragraphs, small: below = [] } = letter
  return [...sender, date, reference, about, ...paragraphs, ...below]
}

type Frame = {
  readonly doc: Doc
  readonly sheet: LetterSheet
  readonly run: LetterRun
  readonly measures: Readonly<Record<Face, Measure>>
}

function drawLetter(frame: Frame, { thing, address }: Ready<Letter>): void {
  const { doc, sheet } = frame
  doc.addPage({ size: [...sheet.size], margin: 0 })
  artifact(doc, () => drawFrame(frame))
  doc.addStructure(doc.struct('P', {}, () => drawLines(doc, address, sheet.window)))
  const { date, reference } = thing
  const beside = [date, ...(reference ? [reference] : [])]
  doc.addStructure(doc.struct('P', {}, () => drawRows(doc, beside, { ...sheet.reference, ...plain })))
  drawText(frame, [
    [thing.subject, subject],
    ...thing.paragraphs.map((text) => [text, plain] as const),
    ...(thing.small ?? []).map((text) => [text, small] as const),
  ])
}

/** Marks what is not part of the text, so that a reader that speaks passes over it. */
function artifact(doc: Doc, draw: () => void): void {
  doc.markContent('Artifact', { type: 'Layout' })
  draw()
  doc.endMarkedContent()
}

function drawFrame({ doc, sheet, run, measures }: Frame): void {
  const { head, back, folds, size } = sheet
  const [name = '', ...lines] = run.sender
  drawRows(doc, [name], { ...head, face: 'strong', size: 13 })
  drawRows(doc, lines, { ...head, y: head.y + 18, face: 'plain', size: 8.5 })
  const line = run.sender.join(' · ')
  const fits = [7, 6.5, 6, 5.5, 5].find((one) => measures.plain(line) * one <= back.width)
  if (fits) drawRows(doc, [line], { ...back, face: 'plain', size: fits, ink: GREY })
  for (const y of folds)
    doc
      .moveTo(size[0] * 0.015, y)
      .lineTo(size[0] * 0.03, y)
      .lineWidth(0.4)
      .stroke(GREY)
}

type Rows = Pick<Area, 'x' | 'y'> & { readonly face: Face; readonly size: number; readonly ink?: string }

function drawRows(doc: Doc, rows: readonly string[], { x, y, face, size, ink = INK }: Rows): void {
  doc.font(face, size).fillColor(ink)
  for (const [index, row] of rows.entries()) doc.text(row, x, y + index * size * LINE, { lineBreak: false })
  doc.fillColor(INK)
}

type Pen = { readonly doc: Doc; readonly sheet: LetterSheet; y: number; page: number }

/** Sets the blocks one below the other, over as many pages as they need. */
function drawText({ doc, sheet, measures }: Frame, blocks: readonly (readonly [string, Style])[]): void {
  const pen: Pen = { doc, sheet, y: sheet.text.y, page: 1 }
  for (const [block, style] of blocks) {
    const width = sheet.text.width / style.size
    const lines = block.split('\n').flatMap((line) => wrap(line.trim(), width, measures[style.face]))
    setRows(pen, lines, style)
  }
}

/** A block that meets the end of the page goes on at the top of the next. */
function setRows(pen: Pen, rows: readonly string[], style: Style): void {
  const { doc, sheet, y } = pen
  const room = Math.floor((sheet.text.y + sheet.text.height - y) / (style.size * LINE))
  const now = rows.slice(0, Math.max(0, room))
  const rest = rows.slice(now.length)
  if (now.length > 0)
    doc.addStructure(doc.struct(style.tag, {}, () => drawRows(doc, now, { x: sheet.text.x, y, ...style })))
  pen.y += now.length * style.size * LINE + style.after
  if (rest.length === 0) return
  nextPage(pen)
  setRows(pen, rest, style)
}

function nextPage(pen: Pen): void {
  const { doc, sheet } = pen
  const { text, head } = sheet
  pen.page += 1
  pen.y = head.y + 30
  doc.addPage({ size: [...sheet.size], margin: 0 })
  const at = { x: text.x + text.width - 20, y: head.y, face: 'plain', size: 9 } as const
  artifact(doc, () => drawRows(doc, [String(pen.page)], at))
}
