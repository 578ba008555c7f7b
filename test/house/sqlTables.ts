import { lineAt, type Source } from './source.ts'

/** A column as a migration makes it. Shape: `table` with its schema, `public` when none is written; `type` the first word of it. */
export type Column = { readonly table: string; readonly column: string; readonly type: string; readonly line: number }

const NAME = String.raw`(?:"[^"]+"|[\w$]+)`
const TABLE = new RegExp(
  String.raw`\bcreate\s+(?:(?:global|local|temp|temporary|unlogged|foreign)\s+)*table\s+(?:if\s+not\s+exists\s+)?(${NAME}(?:\.${NAME})?)\s*(\(|as\b|partition\b|of\b)?`,
  'gi',
)
const ALTER = new RegExp(
  String.raw`\balter\s+table\s+(?:if\s+exists\s+)?(?:only\s+)?(${NAME}(?:\.${NAME})?)([^;]*)`,
  'gi',
)
const ADDED = new RegExp(
  String.raw`\badd\s+(?:column\s+)?(?:if\s+not\s+exists\s+)?(${NAME})|\brename\s+(?:column\s+)?${NAME}\s+to\s+(${NAME})`,
  'gi',
)
const NO_COLUMN = /^(constraint|primary|unique|check|foreign|exclude|like)$/i

/** Every column that a migration makes. Errors: throws on a table whose columns are not written out. */
export function columnsOf(source: Source): Column[] {
  const text = withoutComments(source.text)
  const made = [...text.matchAll(TABLE)].flatMap((found) => {
    if (found[2] !== '(') throw new Error(`${source.path}: the columns of ${found[1] ?? ''} are not written out`)
    const start = found.index + found[0].length
    return listed(text, start).map((one) => column(text, found[1] ?? '', one))
  })
  const added = [...text.matchAll(ALTER)].flatMap((found) => {
    const start = found.index + found[0].length - (found[2] ?? '').length
    return [...(found[2] ?? '').matchAll(ADDED)]
      .map((one) => ({
        name: one[1] ?? one[2] ?? '',
        at: start + one.index + one[0].lastIndexOf(one[1] ?? one[2] ?? ''),
      }))
      .filter(({ name }) => !NO_COLUMN.test(name))
      .map((one) => column(text, found[1] ?? '', one))
  })
  return [...made, ...added]
}

function column(text: string, table: string, { name, at }: { name: string; at: number }): Column {
  const plain = (word: string): string => word.replaceAll('"', '').toLowerCase()
  const full = plain(table)
  return {
    table: full.includes('.') ? full : `public.${full}`,
    column: plain(name),
    type: (/^\s+(\w+)/.exec(text.slice(at + name.length))?.[1] ?? '').toLowerCase(),
    line: lineAt(text, at),
  }
}

/** The first word of each entry of a bracketed list that opens just before `start`. */
function listed(text: string, start: number): { name: string; at: number }[] {
  const entries: { name: string; at: number }[] = []
  let depth = 1
  let from = start
  for (let at = start; depth > 0 && at < text.length; at += 1) {
    const sign = text[at]
    if (sign === '(') depth += 1
    if (sign === ')') depth -= 1
    if (depth > 0 && !(sign === ',' && depth === 1)) continue
    const first = new RegExp(NAME).exec(text.slice(from, at))
    if (first && !NO_COLUMN.test(first[0])) entries.push({ name: first[0], at: from + first.index })
    from = at + 1
  }
  return entries
}

/** Comments and quoted text become blanks, so that lines and places stay what they were. */
function withoutComments(text: string): string {
  return text.replace(/--[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^']|'')*'/g, (found) => found.replace(/[^\n]/g, ' '))
}
