import { posix } from 'node:path'
import type { Node } from 'oxc-parser'
import { nameOf, parsed, walk, type Source } from './source.ts'

/** One import, in whatever form: statement, re-export, `import()`, or `import('…')` in a type. */
export type Import = {
  readonly node: Node
  /** As it is written; undefined when it is not plain text. */
  readonly from: string | undefined
  /** The file it means, from the root of the tree; undefined for a package. */
  readonly target: string | undefined
  /** The names that are taken, with whether only as a type; `*` for all. */
  readonly names: readonly { readonly name: string; readonly type: boolean }[]
}

/** Every import of a file, type-only ones included. */
export function importsOf(source: Source): Import[] {
  const found: Import[] = []
  walk(parsed(source).program, (node) => {
    const one = importIn(node)
    if (one) found.push({ ...one, node, target: targetOf(source.path, one.from) })
  })
  return found
}

type Plain = Pick<Import, 'from' | 'names'>

type Readers = { readonly [T in Node['type']]?: (node: Extract<Node, { type: T }>) => Plain | undefined }

const all = (type: boolean): Import['names'] => [{ name: '*', type }]

const readers: Readers = {
  ImportDeclaration: (node) => ({ from: node.source.value, names: namesOf(node) }),
  ExportNamedDeclaration: (node) =>
    node.source ? { from: node.source.value, names: all(node.exportKind === 'type') } : undefined,
  ExportAllDeclaration: (node) => ({ from: node.source.value, names: all(node.exportKind === 'type') }),
  ImportExpression: (node) => ({ from: textOf(node.source), names: all(false) }),
  TSImportType: (node) => ({ from: textOf(node.source), names: all(true) }),
  CallExpression: (node) =>
    nameOf(node.callee) === 'require' ? { from: textOf(node.arguments[0]), names: all(false) } : undefined,
}

function importIn(node: Node): Plain | undefined {
  return (readers[node.type] as ((node: Node) => Plain | undefined) | undefined)?.(node)
}

function namesOf(node: Extract<Node, { type: 'ImportDeclaration' }>): Import['names'] {
  return node.specifiers.map((one) => ({
    name: one.type === 'ImportSpecifier' && one.imported.type === 'Identifier' ? one.imported.name : '*',
    type: node.importKind === 'type' || (one.type === 'ImportSpecifier' && one.importKind === 'type'),
  }))
}

function textOf(node: Node | undefined): string | undefined {
  return node?.type === 'Literal' && typeof node.value === 'string' ? node.value : undefined
}

function targetOf(path: string, from: string | undefined): string | undefined {
  return from?.startsWith('.') ? posix.normalize(posix.join(posix.dirname(path), from)) : undefined
}
