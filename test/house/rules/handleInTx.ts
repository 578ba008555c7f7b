import type { Node } from 'oxc-parser'
import { each, type Rule, type Verdict } from '../rule.ts'
import { bare, faultAt, isProgram, nameOf, parsed, walk, type Fault, type Source } from '../source.ts'

type Work = { readonly handle: string | undefined; readonly body: Node; readonly direct: boolean }

/**
 * Inside a transaction only the handle is awaited: anything else could wait for a connection that the transaction itself
 * holds, do work that is not undone with it, or reach outside while rows are locked. Inside is what is given to `.tx(…)`
 * and every function with a parameter of type `Tx`. What is awaited must be a chain begun at the handle, or a call that is
 * given the handle; a function that takes it is itself judged here, so it does not matter which argument it is.
 */
export const handleInTx: Rule = {
  name: 'only the handle inside tx',
  of: 'awaited things',
  least: 60,
  judge: (sources) =>
    each(sources, isProgram, (source) => {
      const verdicts: Verdict[] = []
      walk(parsed(source).program, (node) => {
        const work = workIn(node)
        if (work === 'unreadable') verdicts.push({ looked: 1, faults: [faultAt(source, node, UNREADABLE)] })
        else if (work) verdicts.push(judged(source, work))
      })
      return {
        looked: verdicts.reduce((sum, { looked }) => sum + looked, 0),
        faults: verdicts.flatMap(({ faults }) => faults),
      }
    }),
}

const UNREADABLE = 'gives tx a function that is not written here'

function workIn(node: Node): Work | 'unreadable' | undefined {
  if (isTxCall(node)) {
    const [given] = node.arguments
    const work = given && functionOf(given)
    if (!work) return 'unreadable'
    return { handle: nameOf(work.params[0]), body: work.body, direct: !work.async }
  }
  const work = functionOf(node)
  const handle = work?.params.find(isTx)
  return work && handle ? { handle: nameOf(handle), body: work.body, direct: false } : undefined
}

/** `db.tx(…)` in whatever way it is reached, also after `const { tx } = db`. */
function isTxCall(node: Node): node is Extract<Node, { type: 'CallExpression' }> {
  if (node.type !== 'CallExpression') return false
  const callee = bare(node.callee)
  return nameOf(callee.type === 'MemberExpression' ? callee.property : callee) === 'tx'
}

type Code = { params: Node[]; body: Node; async: boolean }

function functionOf(node: Node): Code | undefined {
  if (
    node.type !== 'ArrowFunctionExpression' &&
    node.type !== 'FunctionExpression' &&
    node.type !== 'FunctionDeclaration'
  )
    return undefined
  return node.body ? { params: [...node.params] as Node[], body: node.body, async: node.async } : undefined
}

function isTx(param: Node): boolean {
  if (param.type !== 'Identifier') return false
  const type = param.typeAnnotation?.typeAnnotation
  return type?.type === 'TSTypeReference' && nameOf(type.typeName) === 'Tx'
}

function judged(source: Source, { handle, body, direct }: Work): Verdict {
  const handles = new Set(handle ? [handle] : [])
  const faults: Fault[] = []
  let looked = 0
  const ask = (node: Node, of: Node): void => {
    looked += 1
    if (!comesFrom(of, handles)) faults.push(faultAt(source, node, 'awaits something that was not given the handle'))
  }
  if (direct && body.type !== 'BlockStatement') ask(body, body)
  walk(body, (node, above) => {
    if (node.type === 'VariableDeclarator' && node.init && isChain(node.init, handles)) {
      const alias = nameOf(node.id)
      if (alias) handles.add(alias)
    }
    if (node.type === 'AwaitExpression') ask(node, node.argument)
    if (node.type === 'ForOfStatement' && node.await) ask(node, node.right)
    if (node.type === 'ReturnStatement' && direct && !above.some((one) => functionOf(one)))
      ask(node, node.argument ?? node)
  })
  return { looked, faults }
}

/** Whether waiting for an expression is waiting for the handle. */
function comesFrom(node: Node, handles: ReadonlySet<string>): boolean {
  const plain = bare(node)
  if (isChain(plain, handles)) return true
  if (plain.type !== 'CallExpression') return false
  if (isAll(plain)) return allOf(plain.arguments[0], handles)
  return plain.arguments.some((one) => handles.has(nameOf(bare(one)) ?? ''))
}

/** `tx`, `tx.a`, `tx.a().b()` and so on. */
function isChain(node: Node, handles: ReadonlySet<string>): boolean {
  const plain = bare(node)
  if (plain.type === 'MemberExpression') return isChain(plain.object, handles)
  if (plain.type === 'CallExpression') return isChain(plain.callee, handles)
  return handles.has(nameOf(plain) ?? '')
}

function isAll(call: Extract<Node, { type: 'CallExpression' }>): boolean {
  const { callee } = call
  return (
    callee.type === 'MemberExpression' &&
    nameOf(callee.object) === 'Promise' &&
    ['all', 'allSettled'].includes(nameOf(callee.property) ?? '')
  )
}

/** A list written out, or one mapped by a function that answers with the handle's work. */
function allOf(list: Node | undefined, handles: ReadonlySet<string>): boolean {
  const plain = list && bare(list)
  if (plain?.type === 'ArrayExpression')
    return plain.elements.every((one) => one !== null && comesFrom(one as Node, handles))
  if (plain?.type !== 'CallExpression' || plain.callee.type !== 'MemberExpression') return false
  const work = plain.arguments[0] && functionOf(plain.arguments[0])
  if (nameOf(plain.callee.property) !== 'map' || !work) return false
  return work.async || (work.body.type !== 'BlockStatement' && comesFrom(work.body, handles))
}
