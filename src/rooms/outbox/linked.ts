/** A piece of a text: words, or the address of a link. */
export type Piece = { readonly text: string; readonly href?: string }

const ADDRESS = /https?:\/\/[^\s<>"']+/g
const TAIL = /[).,;:!?\]]+$/

/** Cuts a plain text into words and links, so that a page can make the links work. Together the pieces are the text. */
export function linked(text: string): Piece[] {
  const pieces: Piece[] = []
  let from = 0
  for (const found of text.matchAll(ADDRESS)) {
    const href = found[0].replace(TAIL, '')
    if (found.index > from) pieces.push({ text: text.slice(from, found.index) })
    pieces.push({ text: href, href })
    from = found.index + href.length
  }
  return from < text.length ? [...pieces, { text: text.slice(from) }] : pieces
}
