/** How wide a text is in size one; a line of text is as wide as its words and the spaces between them. */
export type Measure = (text: string) => number

/** Lines that stand inside a box in one size. Shape: points. */
export type Fitted = { readonly size: number; readonly lines: readonly string[] }

/** A box for lines and the sizes they may have. Shape: points; `small` is the last size before lines are broken. */
export type Room = {
  readonly width: number
  readonly height: number
  readonly most: number
  readonly small: number
  readonly least: number
}

/** Line to line, as a part of the size; more than the font's own height, so that no line touches the next. */
export const LEADING = 1.2
const STEP = 0.25

/**
 * Finds the largest size in which every line stands inside the box: first the lines as they are, then broken ones.
 * Nothing is ever cut. Errors: undefined when they do not fit in the least size either.
 */
export function fit(lines: readonly string[], room: Room, measure: Measure): Fitted | undefined {
  const { width, height, most, small, least } = room
  const widths = lines.map(measure)
  const highest = height / (lines.length * LEADING)
  const whole = Math.min(most, width / Math.max(...widths), highest)
  if (whole >= small) return { size: inSteps(whole), lines }
  // Broken lines cover at least as much of the box as whole ones would, so larger sizes need no try.
  const covered = widths.reduce((sum, one) => sum + one, 0) * LEADING
  for (
    let size = inSteps(Math.min(most, highest, Math.sqrt((width * height) / covered)));
    size >= least;
    size -= STEP
  ) {
    const broken = lines.flatMap((line) => wrap(line, width / size, measure))
    if (broken.length * size * LEADING <= height) return { size, lines: broken }
  }
  return undefined
}

function inSteps(size: number): number {
  return Math.floor(size / STEP) * STEP
}

/** Breaks one line at spaces; a word that is wider than the line is broken where the line ends. Shape: width in size one. */
export function wrap(line: string, width: number, measure: Measure): string[] {
  const space = measure(' ')
  const lines: string[] = []
  let used = width
  for (const word of line.split(' ').flatMap((one) => pieces(one, width, measure))) {
    const wide = measure(word)
    const joins = lines.length > 0 && used + space + wide <= width
    if (joins) lines.push(`${lines.pop() ?? ''} ${word}`)
    else lines.push(word)
    used = joins ? used + space + wide : wide
  }
  return lines
}

function pieces(word: string, width: number, measure: Measure): string[] {
  if (measure(word) <= width) return [word]
  const found = ['']
  for (const sign of word) {
    const longer = `${found.at(-1) ?? ''}${sign}`
    if (measure(longer) <= width || found.at(-1) === '') found[found.length - 1] = longer
    else found.push(sign)
  }
  return found
}
