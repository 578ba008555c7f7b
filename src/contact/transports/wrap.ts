/** Breaks a plain text into lines of at most `width` characters at spaces; a longer word, such as a link, keeps a line of its own. */
export function wrapText(text: string, width = 76): string {
  return text
    .split('\n')
    .map((line) => wrapLine(line.trimEnd(), width))
    .join('\n')
}

function wrapLine(line: string, width: number): string {
  if (line.length <= width) return line
  const lines: string[] = []
  let current = ''
  for (const part of line.split(/ +/)) {
    const longer = current === '' ? part : `${current} ${part}`
    if (current !== '' && longer.length > width) {
      lines.push(current)
      current = part
    } else current = longer
  }
  return [...lines, current].join('\n')
}
