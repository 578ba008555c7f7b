import type { Node } from 'oxc-parser'
import { each, type Rule } from '../rule.ts'
import { importsOf } from '../imports.ts'
import { bare, faultAt, isProgram, nameOf, parsed, walk, type Fault, type Source } from '../source.ts'

const BUILDERS = new Set([
  'insertInto',
  'selectFrom',
  'selectNoFrom',
  'updateTable',
  'deleteFrom',
  'mergeInto',
  'replaceInto',
  'executeQuery',
  'withSchema',
  'transaction',
  'startTransaction',
  'asOwner',
])

/**
 * SQL only in queries.ts, the vault and the floor of the database; the one who opens the desk may act as owner.
 * The vault calls functions of the database and builds no statement on a table, so its handle needs no tables.
 */
export const sqlPlaces: Rule = {
  name: 'SQL in its places',
  of: 'statements',
  least: 80,
  judge: (sources) =>
    each(sources, isProgram, (source) => {
      const places = statementsIn(source)
      const faults = places.filter(({ node }) => !mayHold(source.path, node)).map(({ fault }) => fault)
      return { looked: places.length, faults }
    }),
}

function mayHold(path: string, node: Node): boolean {
  if (path.startsWith('src/db/')) return true
  if (path.startsWith('src/vault/')) return !BUILDERS.has(memberOf(node) ?? '')
  if (path === 'src/desk/open.ts') return memberOf(node) === 'asOwner'
  return path.endsWith('/queries.ts')
}

function statementsIn(source: Source): { node: Node; fault: Fault }[] {
  const found: { node: Node; fault: Fault }[] = []
  const note = (node: Node, says: string): void => void found.push({ node, fault: faultAt(source, node, says) })
  for (const one of importsOf(source)) {
    if (one.from === 'kysely' && one.names.some(({ type }) => !type)) note(one.node, 'imports the query layer')
    if (one.names.some(({ name }) => name === 'sql')) note(one.node, 'imports sql')
  }
  walk(parsed(source).program, (node) => {
    if (node.type === 'TaggedTemplateExpression' && nameOf(bare(node.tag)) === 'sql') note(node, 'writes SQL')
    const member = memberOf(node)
    if (member && BUILDERS.has(member)) note(node, `builds a statement: ${member}`)
  })
  return found
}

/** The name of the method that a call calls. */
function memberOf(node: Node): string | undefined {
  if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') return undefined
  const { property } = node.callee
  return property.type === 'Literal' ? String(property.value) : nameOf(property)
}
