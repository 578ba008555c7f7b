/** A value of a nested form body. */
export type Nested = string | { [name: string]: Nested }

/** A whole form body. */
export type Form = { [name: string]: Nested }

/** Reads a form body with bracketed names (`a[b][0]=c`) as the processor's API takes them. */
export function nested(body: string): Form {
  const root = empty()
  for (const [name, value] of new URLSearchParams(body)) {
    const path = name.replaceAll(']', '').split('[')
    place(root, path, value)
  }
  return root
}

/** Without the names that every object has. */
function empty(): Form {
  return Object.create(null) as Form
}

function place(root: { [name: string]: Nested }, path: readonly string[], value: string): void {
  const [first = '', ...rest] = path
  if (rest.length === 0) {
    root[first] = value
    return
  }
  const below = root[first]
  const next = typeof below === 'object' ? below : empty()
  root[first] = next
  place(next, rest, value)
}

function at(root: Nested | undefined, path: readonly string[]): Nested | undefined {
  return path.reduce<Nested | undefined>((here, name) => (typeof here === 'object' ? here[name] : undefined), root)
}

/** The text at a path, or undefined. */
export function textAt(root: Nested | undefined, ...path: string[]): string | undefined {
  const found = at(root, path)
  return typeof found === 'string' ? found : undefined
}

/** What lies below a path. */
export function nestedAt(root: Nested | undefined, ...path: string[]): Form {
  const found = at(root, path)
  return typeof found === 'object' ? found : {}
}

/** The pairs at a path. */
export function pairsAt(root: Nested | undefined, ...path: string[]): Record<string, string> {
  const pairs = Object.entries(nestedAt(root, ...path))
  return Object.fromEntries(pairs.filter((pair): pair is [string, string] => typeof pair[1] === 'string'))
}
