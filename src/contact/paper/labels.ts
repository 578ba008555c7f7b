import { measureIn, mm, newDocument, type Doc } from './document.ts'
import type { Fitted, Room } from './fit.ts'
import { drawLines, fitAll, print, type Printed } from './printed.ts'
import { LABEL_SHEETS, type Labels, type LabelSheet } from './sizes.ts'

/** Printers are off by up to two millimetres. */
const INSET = { x: mm(3), y: mm(2) }
const SIZES = { most: 10, small: 7, least: 5 }

/** Prints each address into a cell of its own, sheet after sheet. What has no room or no sign is named, never cut. */
export function labelsPdf(rows: readonly (readonly string[])[], labels: Labels, madeAt: Date): Printed {
  const sheet = LABEL_SHEETS[labels]
  const doc = newDocument({ title: 'Labels', language: 'en', madeAt }, sheet.size)
  const asked = rows.map((address) => ({ thing: undefined, address, texts: [] }))
  const { ready, left } = fitAll(asked, roomOf(sheet), measureIn(doc, 'plain'))
  return { pdf: print(doc, ready, ({ address }, index) => drawCell(doc, sheet, { address, index })), left }
}

function roomOf({ cells }: LabelSheet): Room {
  const { width = 0, height = 0 } = cells[0] ?? {}
  return { width: width - 2 * INSET.x, height: height - 2 * INSET.y, ...SIZES }
}

function drawCell(doc: Doc, { cells, size }: LabelSheet, one: { address: Fitted; index: number }): void {
  const place = one.index % cells.length
  if (place === 0) doc.addPage({ size: [...size], margin: 0 })
  const cell = cells[place]
  if (cell) doc.addStructure(doc.struct('P', {}, () => drawLines(doc, one.address, { ...cell, x: cell.x + INSET.x })))
}
