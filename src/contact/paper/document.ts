import { readFileSync } from 'node:fs'
import { setImmediate, setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import PDFDocument from 'pdfkit'
import { instant } from '../../lib/index.ts'
import type { Measure } from './fit.ts'

/** The faces that paper is printed in. */
export type Face = 'plain' | 'strong'

/** A document that is being drawn. Shape: sizes in points. */
export type Doc = InstanceType<typeof PDFDocument>

/** What a file says of itself: never anything about the person it is for. */
export type About = { readonly title: string; readonly language: string; readonly madeAt: Date }

/** Written left to right and without joining, so that one sign after the other is right. */
const PLAIN_SCRIPTS =
  /^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Armenian}\p{Script=Georgian}\p{Script=Common}\p{Script=Inherited}]$/u
const AT_A_TIME = 25
const WAITING_MOST = 1 << 20

let faces: Readonly<Record<Face, Buffer>> | undefined

function bytesOf(): Readonly<Record<Face, Buffer>> {
  faces ??= {
    plain: readFileSync(fileURLToPath(import.meta.resolve('dejavu-fonts-ttf/ttf/DejaVuSansCondensed.ttf'))),
    strong: readFileSync(fileURLToPath(import.meta.resolve('dejavu-fonts-ttf/ttf/DejaVuSansCondensed-Bold.ttf'))),
  }
  return faces
}

/** Millimetres in points. */
export function mm(length: number): number {
  return (length * 72) / 25.4
}

/** Begins a document with the print fonts in it. The same drawing with the same `madeAt` gives the same bytes. */
export function newDocument({ title, language, madeAt }: About, size: readonly [number, number]): Doc {
  const doc = new PDFDocument({
    size: [...size],
    margin: 0,
    autoFirstPage: false,
    font: '',
    lang: language,
    tagged: true,
    displayTitle: true,
    pdfVersion: '1.7',
    info: { Title: title, Producer: 'Avow', Creator: 'Avow', CreationDate: madeAt },
  })
  for (const [face, bytes] of Object.entries(bytesOf())) doc.registerFont(face, bytes)
  return doc
}

/** How wide text is in a face of this document, in size one. A word is measured once. */
export function measureIn(doc: Doc, face: Face): Measure {
  const known = new Map<string, number>()
  const wordWidth = (word: string): number => {
    const width = known.get(word) ?? doc.font(face, 1000).widthOfString(word) / 1000
    known.set(word, width)
    return width
  }
  return (text) => {
    if (text === ' ' || !text.includes(' ')) return wordWidth(text)
    const words = text.split(' ')
    return words.reduce((sum, word) => sum + wordWidth(word), (words.length - 1) * wordWidth(' '))
  }
}

type Peek = { readonly _font: { readonly font: { hasGlyphForCodePoint(point: number): boolean } } }

/** Signs that were looked at once, and whether they can be set. */
const signs = new Map<string, boolean>()
let hasGlyph: ((point: number) => boolean) | undefined

function canSet(sign: string): boolean {
  const known = signs.get(sign)
  if (known !== undefined) return known
  if (!hasGlyph) {
    const doc = newDocument({ title: '', language: 'en', madeAt: instant('1970-01-01T00:00:00Z') }, [1, 1]).font(
      'plain',
    )
    const { font } = (doc as unknown as Peek)._font
    hasGlyph = (point) => font.hasGlyphForCodePoint(point)
  }
  const can = PLAIN_SCRIPTS.test(sign) && hasGlyph(sign.codePointAt(0) ?? 0)
  signs.set(sign, can)
  return can
}

const ODD = /[^\x20-\x7e]/gu

/** The signs of a text that the print fonts cannot set, each once. White space is no sign. */
export function unprintable(text: string): string[] {
  const odd = text.match(ODD)
  return odd ? [...new Set(odd)].filter((sign) => !/\s/.test(sign) && !canSet(sign)) : []
}

/** Draws one thing after the other without holding up the program, and waits for whoever reads. */
export async function drawAll<T>(
  doc: Doc,
  things: readonly T[],
  draw: (thing: T, index: number) => void,
): Promise<void> {
  for (const [index, thing] of things.entries()) {
    if (doc.destroyed) return
    draw(thing, index)
    if (index % AT_A_TIME === AT_A_TIME - 1) await setImmediate()
    while (doc.readableLength > WAITING_MOST && !doc.destroyed) await setTimeout(5)
  }
  doc.end()
}
