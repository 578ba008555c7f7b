/** A value of a nested form body. */
export type Nested = string | { [name: string]: Nested }

/** Reads a form body with bracketed names (`a[b][0]=c`) as the processor's API takes them. */
export function nested(body: string): { [name: string]: Nested } {
  const root: { [name: string]: Nested } = {}
  for (const [name, value] of new URLSearchParams(body)) {
    const path = name.replaceAll(']', '').split('[')
    place(root, path, value)
  }
  return root
}

function place(root: { [name: string]: Nested }, path: readonly string[], value: string): void {
  const [first = '', ...rest] = path
  if (rest.length === 0) {
    root[first] = value
    return
  }
  const below = root[first]
  const next = typeof below === 'object' ? below : {}
  root[first] = next
  place(next, rest, value)
}

/** The text at a path, or undefined. */
export function textAt(root: Nested | undefined, ...path: string[]): string | undefined {
  const found = path.reduce<Nested | undefined>((at, name) => (typeof at === 'object' ? at[name] : undefined), root)
  return typeof found === 'string' ? found : undefined
}

/** The pairs at a path. */
export function pairsAt(root: Nested | undefined, ...path: string[]): Record<string, string> {
  const found = path.reduce<Nested | undefined>((at, name) => (typeof at === 'object' ? at[name] : undefined), root)
  if (typeof found !== 'object') return {}
  return Object.fromEntries(
    Object.entries(found).filter((pair): pair is [string, string] => typeof pair[1] === 'string'),
  )
}
