import type { Node } from 'oxc-parser'
import { lineAt, parsed, walk, type Source } from './source.ts'

/** A function as it is measured. Shape: `lines` from its first to its last; `depth` is how deep its branches and loops nest. */
export type Measured = {
  readonly start: number
  readonly lines: number
  readonly params: number
  readonly depth: number
  /** Whether it has a name of its own, as opposed to a callback within another. */
  readonly named: boolean
}

type Code = Extract<Node, { type: 'FunctionDeclaration' | 'FunctionExpression' | 'ArrowFunctionExpression' }>

const NESTING = new Set([
  'IfStatement',
  'ForStatement',
  'ForOfStatement',
  'ForInStatement',
  'WhileStatement',
  'DoWhileStatement',
  'SwitchStatement',
  'TryStatement',
  'WithStatement',
])

/** Every function of a file. */
export function functionsOf(source: Source): Measured[] {
  const found: Measured[] = []
  walk(parsed(source).program, (node, above) => {
    if (!isFunction(node) || !node.body) return
    found.push({
      start: node.start,
      lines: lineAt(source.text, node.end) - lineAt(source.text, node.start) + 1,
      params: node.params.length,
      depth: depthOf(node.body),
      named: isNamed(node, above.at(-1)),
    })
  })
  return found
}

function isFunction(node: Node): node is Code {
  return (
    node.type === 'FunctionDeclaration' || node.type === 'FunctionExpression' || node.type === 'ArrowFunctionExpression'
  )
}

const NAMING = new Set(['VariableDeclarator', 'MethodDefinition', 'Property', 'PropertyDefinition'])

function isNamed(node: Node, parent: Node | undefined): boolean {
  return node.type === 'FunctionDeclaration' || NAMING.has(parent?.type ?? '')
}

/** How deep the branches and loops of a body nest; an `else if` goes no deeper, and a function within counts for itself. */
function depthOf(body: Node): number {
  let deepest = 0
  walk(body, (node, above) => {
    if (!NESTING.has(node.type) || above.some(isFunction)) return
    const within = [...above, node]
    deepest = Math.max(deepest, within.filter((one, index) => nests(one, within[index - 1])).length)
  })
  return deepest
}

function nests(node: Node, parent: Node | undefined): boolean {
  return NESTING.has(node.type) && !(node.type === 'IfStatement' && isElse(node, parent))
}

function isElse(node: Node, parent: Node | undefined): boolean {
  return parent?.type === 'IfStatement' && parent.alternate === node
}

/** Lines of a file as an editor counts them. */
export function linesOf({ text }: Source): number {
  return text.split('\n').length - (text.endsWith('\n') ? 1 : 0)
}

/** The value below which a share of a list lies. Shape: `share` between 0 and 1; 0 for an empty list. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
}
