import type { Node } from 'oxc-parser'
import { columnsOf } from '../sqlTables.ts'
import { each, type Rule, type Verdict } from '../rule.ts'
import { faultAt, isProgram, parsed, walk, type Fault, type Source } from '../source.ts'

/** What is printed on a card or stored in it. One entry may be several words in a row. Source: promises card-for-payment-only and card-deleted; PCI DSS. */
const CARD_DATA =
  'card number, card no, pan, primary account number, cvc, cvc2, cvv, cvv2, csc, cid, security code, card code, verification code, ' +
  'card expiry, card expiration, expiry, expiration date, expiration month, expiration year, exp month, exp year, exp date, ' +
  'card holder, cardholder, name on card, cc number, cc exp, cc csc, cc name, track data, magnetic stripe'
const TERMS = CARD_DATA.split(', ')

/** The words by which card data is told from all else: they name it so that it has no place. */
const KNOWS =
  /^src\/(lib\/(cards|cardNumber)\.ts$|lib\/index\.ts$|core\/cards\/|policy\/(fields\.ts|noCards\.ts|vendor\/readable\.ts)$|rooms\/promises\/probes\.ts$)/

/** What an adapter reads or an address asks for: the attributes and keys that name a value. */
const NAMING = new Set(['name', 'id', 'for', 'autocomplete', 'key', 'field'])

/** Nothing of ours is named like card data: no variable, key, column or form field. The words of pages are free. The simulator plays the processor, who has them. */
export const cardNames: Rule = {
  name: 'no card data by any name',
  of: 'names',
  least: 20_000,
  judge: (sources) => {
    const code = each(sources, (source) => isProgram(source) && isOurs(source.path), inCode)
    const made = each(sources, ({ path }) => /^src\/db\/migrations\/[^/]+\.sql$/.test(path), inMigration)
    const halfBlind = code.looked === 0 || made.looked === 0
    return { looked: halfBlind ? 0 : code.looked + made.looked, faults: [...code.faults, ...made.faults] }
  },
}

const isOurs = (path: string): boolean => path.startsWith('src/') && !KNOWS.test(path)

function inCode(source: Source): Verdict {
  const faults: Fault[] = []
  let looked = 0
  walk(parsed(source).program, (node, above) => {
    const name = nameIn(node, above.at(-1))
    if (name === undefined) return
    looked += 1
    const says = speaksOf(name)
    if (says) faults.push(faultAt(source, node, says))
  })
  return { looked, faults }
}

/** A name that code gives: an identifier, a quoted key, or the value of an attribute that names a field. */
function nameIn(node: Node, parent: Node | undefined): string | undefined {
  if (node.type === 'Identifier' || node.type === 'JSXIdentifier' || node.type === 'PrivateIdentifier') return node.name
  if (node.type !== 'Literal' || typeof node.value !== 'string' || !parent) return undefined
  if (parent.type === 'Property' || parent.type === 'TSPropertySignature')
    return parent.key === node || isNaming(parent.key) ? node.value : undefined
  if (parent.type === 'JSXAttribute') return isNaming(parent.name) ? node.value : undefined
  return parent.type === 'MemberExpression' || parent.type === 'TSLiteralType' ? node.value : undefined
}

const isNaming = (key: Node): boolean =>
  (key.type === 'Identifier' || key.type === 'JSXIdentifier') && NAMING.has(key.name)

function inMigration(source: Source): Verdict {
  const columns = columnsOf(source)
  const faults = columns.flatMap(({ column, line }): Fault[] => {
    const says = speaksOf(column)
    return says ? [{ path: source.path, line, says }] : []
  })
  return { looked: columns.length, faults }
}

function speaksOf(name: string): string | undefined {
  const words = ` ${wordsOf(name)} `
  const term = TERMS.find((one) => words.includes(` ${one} `) || words.includes(` ${one.replaceAll(' ', '')} `))
  return term ? `${name} names card data (${term})` : undefined
}

/** `cardNumber`, `card_number` and `CARD-NUMBER` are all `card number`. */
function wordsOf(name: string): string {
  return name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .split(/[^A-Za-z\d]+/)
    .filter(Boolean)
    .map((word) => word.toLowerCase())
    .join(' ')
}
