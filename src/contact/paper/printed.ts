import type { Readable } from 'node:stream'
import { drawAll, unprintable, type Doc } from './document.ts'
import { fit, LEADING, type Fitted, type Measure, type Room } from './fit.ts'
import type { Area } from './sizes.ts'

/** What could not be printed, by its place in what was given: somebody must see to it by hand. */
export type Left = {
  readonly at: number
  readonly because: 'too-long' | 'unprintable'
  /** The signs that the print fonts lack. */
  readonly signs: readonly string[]
}

/** A file to print, and what is not in it. */
export type Printed = { readonly pdf: Readable; readonly left: readonly Left[] }

/** Something to print whose address has found its size. */
export type Ready<T> = { readonly thing: T; readonly address: Fitted }

/** Something to print: its address, and all its other texts. */
export type Asked<T> = { readonly thing: T; readonly address: readonly string[]; readonly texts: readonly string[] }

/** Finds the size of every address; what has no room or no sign is left out and named. */
export function fitAll<T>(
  asked: readonly Asked<T>[],
  room: Room,
  measure: Measure,
): { ready: Ready<T>[]; left: Left[] } {
  const ready: Ready<T>[] = []
  const left: Left[] = []
  for (const [at, { thing, address, texts }] of asked.entries()) {
    const signs = [...new Set([...address, ...texts].flatMap(unprintable))]
    const fitted = signs.length > 0 ? undefined : fit(address, room, measure)
    if (fitted) ready.push({ thing, address: fitted })
    else left.push({ at, because: signs.length > 0 ? 'unprintable' : 'too-long', signs })
  }
  return { ready, left }
}

/** Draws what is ready while the file is read. */
export function print<T>(doc: Doc, ready: readonly T[], draw: (one: T, index: number) => void): Readable {
  drawAll(doc, ready, draw).catch((error: unknown) => doc.destroy(error instanceof Error ? error : undefined))
  return doc
}

/** Draws fitted lines in the middle of an area's height, from its left side. */
export function drawLines(doc: Doc, { lines, size }: Fitted, { x, y, height }: Area): void {
  const top = y + (height - lines.length * size * LEADING) / 2
  doc.font('plain', size)
  for (const [index, line] of lines.entries()) doc.text(line, x, top + index * size * LEADING, { lineBreak: false })
}
