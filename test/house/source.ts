import { parseSync, visitorKeys, type Comment, type Node, type Program } from 'oxc-parser'

/** One file to judge. Shape: `path` from the root of the tree, with forward slashes. */
export type Source = { readonly path: string; readonly text: string }

/** What a rule found. Shape: `line` counts from 1. */
export type Fault = { readonly path: string; readonly line: number; readonly says: string }

/** A file that was read as code. */
export type Parsed = { readonly program: Program; readonly comments: readonly Comment[] }

const read = new WeakMap<Source, Parsed>()

/** Reads a file as code, once. Errors: throws on a file that cannot be read, so that none is passed over in silence. */
export function parsed(source: Source): Parsed {
  const known = read.get(source)
  if (known) return known
  const { program, comments, errors } = parseSync(source.path, source.text)
  if (errors.length > 0) throw new Error(`${source.path} cannot be read: ${errors[0]?.message ?? ''}`)
  const fresh = { program, comments }
  read.set(source, fresh)
  return fresh
}

/** Goes through a piece of code from the outside in; `above` is what a node stands in, the nearest last. */
export function walk(start: Node, see: (node: Node, above: readonly Node[]) => void): void {
  const above: Node[] = []
  const step = (node: Node): void => {
    see(node, above)
    above.push(node)
    for (const child of childrenOf(node)) step(child)
    above.pop()
  }
  step(start)
}

function childrenOf(node: Node): Node[] {
  return (visitorKeys[node.type] ?? [])
    .flatMap((key) => (node as unknown as Record<string, unknown>)[key])
    .filter((child): child is Node => typeof child === 'object' && child !== null && 'type' in child)
}

/** The line on which a place in a text stands. */
export function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length
}

/** A fault at a node of a file. */
export function faultAt(source: Source, node: { readonly start: number }, says: string): Fault {
  return { path: source.path, line: lineAt(source.text, node.start), says }
}

/** Whether a file is code of the program, its simulator or its scripts, as opposed to a test of them. */
export function isTest(path: string): boolean {
  return /\.test\.tsx?$/.test(path)
}

/** Whether a file holds code. */
export function isCode(path: string): boolean {
  return /\.[tj]sx?$/.test(path) && !path.endsWith('.d.ts')
}

/** Code of the program and its simulator, without tests. */
export function isProgram({ path }: Source): boolean {
  return isCode(path) && !isTest(path) && /^(src|sim)\//.test(path)
}

/** The nearest word of an expression that wraps nothing: `(x as T)!` is `x`. */
export function bare(node: Node): Node {
  return 'expression' in node &&
    (node.type === 'TSAsExpression' ||
      node.type === 'TSNonNullExpression' ||
      node.type === 'TSSatisfiesExpression' ||
      node.type === 'ParenthesizedExpression' ||
      node.type === 'ChainExpression')
    ? bare(node.expression)
    : node
}

/** The name of a plain identifier, else undefined. */
export function nameOf(node: Node | null | undefined): string | undefined {
  return node?.type === 'Identifier' ? node.name : undefined
}
