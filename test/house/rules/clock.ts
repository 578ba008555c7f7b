import type { Node } from 'oxc-parser'
import { each, type Rule } from '../rule.ts'
import { faultAt, isProgram, nameOf, parsed, walk, type Source } from '../source.ts'

const CLOCKS = new Set(['Date', 'performance', 'Temporal'])
const OF_PROCESS = new Set(['hrtime', 'uptime'])
const IN_SQL =
  /(?<!vault\.)\b(now|clock_timestamp|statement_timestamp|transaction_timestamp)\s*\(|\bcurrent_(timestamp|date|time)\b/i
const MAY: ReadonlySet<string> = new Set(['src/lib/clock.ts', 'sim/clock.ts'])

/** No clock outside lib/clock: everyone else is told what time it is. `instanceof Date` asks nothing and is free. */
export const clock: Rule = {
  name: 'one clock',
  of: 'files',
  least: 150,
  judge: (sources) =>
    each(sources, isProgram, (source) => ({ looked: 1, faults: MAY.has(source.path) ? [] : looksAtClock(source) })),
}

function looksAtClock(source: Source) {
  const faults: ReturnType<typeof faultAt>[] = []
  walk(parsed(source).program, (node, above) => {
    const says = clockIn(node, above)
    if (says) faults.push(faultAt(source, node, says))
  })
  return faults
}

function clockIn(node: Node, above: readonly Node[]): string | undefined {
  const name = nameOf(node)
  const parent = above.at(-1)
  if (name && CLOCKS.has(name) && isValue(node, parent)) return `uses ${name}`
  if (node.type === 'MemberExpression' && isGlobal(node)) return `uses ${nameOf(node.property) ?? ''} of the platform`
  if (node.type === 'Literal' && node.value === 'node:perf_hooks') return 'imports node:perf_hooks'
  if (node.type === 'TemplateElement' && inSql(above) && IN_SQL.test(node.value.raw))
    return 'asks the database for the time'
  return undefined
}

function isValue(node: Node, parent: Node | undefined): boolean {
  if (!parent || parent.type.startsWith('TS')) return false
  if (parent.type === 'MemberExpression') return parent.object === node || parent.computed
  if (parent.type === 'Property') return parent.value === node && parent.key !== node
  return !(parent.type === 'BinaryExpression' && parent.operator === 'instanceof')
}

function isGlobal(node: Extract<Node, { type: 'MemberExpression' }>): boolean {
  const object = nameOf(node.object)
  const property = node.property.type === 'Literal' ? String(node.property.value) : (nameOf(node.property) ?? '')
  if (object === 'globalThis') return CLOCKS.has(property)
  return object === 'process' && OF_PROCESS.has(property)
}

function inSql(above: readonly Node[]): boolean {
  return above.some((node) => node.type === 'TaggedTemplateExpression' && nameOf(node.tag) === 'sql')
}
