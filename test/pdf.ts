import { inflateSync } from 'node:zlib'

/** A piece of text on a page. Shape: points from the page's top left corner; `top` and `bottom` are the font's own. */
export type Run = {
  readonly text: string
  readonly left: number
  readonly right: number
  readonly top: number
  readonly baseline: number
  readonly bottom: number
  readonly size: number
}

/** A page as it will be printed. */
export type PdfPage = { readonly width: number; readonly height: number; readonly runs: readonly Run[] }

type Objects = ReadonlyMap<number, { readonly head: string; readonly stream?: Buffer }>
type Font = {
  readonly unicode: readonly string[]
  readonly widths: readonly number[]
  readonly ascent: number
  readonly descent: number
}

/** Reads back where every text of a PDF made by our own program stands. It knows the shapes pdfkit writes, no others. */
export function readPdf(file: Buffer): PdfPage[] {
  const objects = objectsOf(file)
  const fonts = new Map<number, Font>()
  const pages = [...objects.values()].filter(({ head }) => /\/Type \/Page\b(?!s)/.test(head))
  return pages.map(({ head }) => {
    const [, , width = 0, height = 0] = numbers(/\/MediaBox \[([^\]]*)\]/.exec(head)?.[1] ?? '')
    const resources = objects.get(ref(head, 'Resources') ?? -1)?.head ?? head
    const named = new Map<string, Font>()
    for (const [, name = '', id = ''] of resources.matchAll(/\/(F\d+) (\d+) 0 R/g)) {
      const known = fonts.get(Number(id)) ?? fontOf(objects, Number(id))
      fonts.set(Number(id), known)
      named.set(name, known)
    }
    const content = objects.get(ref(head, 'Contents') ?? -1)?.stream?.toString('latin1') ?? ''
    return { width, height, runs: runsOf(content, named, height) }
  })
}

/** What a PDF says in all its parts that are not compressed, and in those that are. */
export function everythingIn(file: Buffer): string {
  return [...objectsOf(file).values()].map(({ head, stream }) => head + (stream?.toString('latin1') ?? '')).join('\n')
}

function objectsOf(file: Buffer): Objects {
  const text = file.toString('latin1')
  const found = new Map<number, { head: string; stream?: Buffer }>()
  for (const match of text.matchAll(/(?<=^|\n)(\d+) 0 obj\n/g)) {
    const start = match.index + match[0].length
    const end = text.indexOf('\nendobj', start)
    const at = text.indexOf('\nstream\n', start)
    if (at < 0 || at > end) {
      found.set(Number(match[1]), { head: text.slice(start, end) })
      continue
    }
    const head = text.slice(start, at)
    const raw = file.subarray(at + 8, at + 8 + Number(/\/Length (\d+)/.exec(head)?.[1]))
    found.set(Number(match[1]), { head, stream: head.includes('FlateDecode') ? inflateSync(raw) : raw })
  }
  return found
}

function fontOf(objects: Objects, id: number): Font {
  const font = objects.get(id)?.head ?? ''
  const inner = objects.get(Number(/\/DescendantFonts \[(\d+) 0 R/.exec(font)?.[1]))?.head ?? ''
  const shape = objects.get(ref(inner, 'FontDescriptor') ?? -1)?.head ?? ''
  const widths = numbers(/\/W \[0 \[([^\]]*)\]/.exec(inner)?.[1] ?? '')
  const map = objects.get(ref(font, 'ToUnicode') ?? -1)?.stream?.toString('latin1') ?? ''
  const unicode: string[] = []
  for (const [, first = '', list = ''] of map.matchAll(/<([0-9a-f]+)> <[0-9a-f]+> \[([^\]]*)\]/g))
    for (const [index, [, hex = '']] of [...list.matchAll(/<([0-9a-f ]*)>/g)].entries())
      unicode[parseInt(first, 16) + index] = String.fromCharCode(
        ...(hex.replaceAll(' ', '').match(/.{4}/g) ?? []).map((four) => parseInt(four, 16)),
      )
  const [ascent = 0] = numbers(/\/Ascent ([-\d.]+)/.exec(shape)?.[1] ?? '')
  const [descent = 0] = numbers(/\/Descent ([-\d.]+)/.exec(shape)?.[1] ?? '')
  return { unicode, widths, ascent, descent }
}

function ref(head: string, name: string): number | undefined {
  const id = new RegExp(`/${name} (\\d+) 0 R`).exec(head)?.[1]
  return id === undefined ? undefined : Number(id)
}

function numbers(text: string): number[] {
  return (text.match(/-?[\d.]+/g) ?? []).map(Number)
}

function runsOf(content: string, fonts: ReadonlyMap<string, Font>, height: number): Run[] {
  const runs: Run[] = []
  let font: Font | undefined
  let size = 0
  let at = [0, 0]
  for (const line of content.split('\n')) {
    const [, x, y] = /^1 0 0 1 (-?[\d.]+) (-?[\d.]+) Tm$/.exec(line) ?? []
    if (x !== undefined) at = [Number(x), Number(y)]
    const [, name, points] = /^\/(F\d+) ([\d.]+) Tf$/.exec(line) ?? []
    if (name) [font, size] = [fonts.get(name), Number(points)]
    const [, shown] = /^\[(.*)\] TJ$/.exec(line) ?? []
    if (shown === undefined || !font) continue
    const [left = 0, up = 0] = at
    const { text, width } = read(shown, font, size)
    const baseline = height - up
    const bounds = { top: baseline - (font.ascent * size) / 1000, bottom: baseline - (font.descent * size) / 1000 }
    runs.push({ text, left, right: left + width, baseline, size, ...bounds })
  }
  return runs
}

function read(shown: string, font: Font, size: number): { text: string; width: number } {
  let text = ''
  let width = 0
  for (const [, hex, gap] of shown.matchAll(/<([0-9a-f]*)>|(-?[\d.]+)/g)) {
    if (gap !== undefined) width -= (Number(gap) * size) / 1000
    for (const four of hex?.match(/.{4}/g) ?? []) {
      const glyph = parseInt(four, 16)
      text += font.unicode[glyph] ?? '\ufffd'
      width += ((font.widths[glyph] ?? 0) * size) / 1000
    }
  }
  return { text, width }
}
