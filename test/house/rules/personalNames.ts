import type { Node } from 'oxc-parser'
import { fields } from '../../../src/policy/fields.ts'
import { columnsOf } from '../sqlTables.ts'
import { each, type Rule, type Verdict } from '../rule.ts'
import { faultAt, parsed, walk, type Fault, type Source } from '../source.ts'

/** Other spellings of what the policy calls personal, and its near kin. One entry may be several words in a row. */
const ALSO =
  'e mail, mail address, phone, mobile, fax, tel, ip, user agent, addr, address, postal, post code, zip, zipcode, town, ' +
  'province, house number, firstname, lastname, fullname, surname, forename, username, birth, birthday, dob, gender, ' +
  'customer, buyer, body, comment, note, passport, iban, bic'

/** Never anywhere, the vault included. Source: promises card-for-payment-only and categories. */
const CARD = 'card, pan, cvc, cvv, csc, expiry, exp month, exp year, cardholder'.split(', ')

/** Names that look personal and are not, each with its reason. */
const MAY: Readonly<Record<string, string>> = {
  product_name: 'the name of what is sold',
  message_id: 'the reference of a mail, a keyed hash',
  value_names: 'names of the values that were passed on, never the values',
}

/** A column without a shape of its own could hold anything. */
const BAG = /^(jsonb?|hstore|xml)$/
const BAGS: Readonly<Record<string, string>> = {
  'public.job.ids': 'opaque ids and small numbers, typed as JobIds where a job is asked for',
  'public.policy_change.clauses': 'a policy that was announced, which speaks of no person',
  'public.policy_version.clauses': 'the published policy, which speaks of no person',
}

const personal = [...Object.keys(fields).map((field) => wordsOf(field).join(' ')), ...ALSO.split(', ')]

/** No personal field outside of the vault: no column of a table type or a migration is named like one; no card column at all. */
export const personalNames: Rule = {
  name: 'nothing personal outside the vault',
  of: 'columns',
  least: 150,
  judge: (sources) => {
    const types = each(sources, ({ path }) => /^src\/.*\/tables\.ts$/.test(path), inTypes)
    const made = each(sources, ({ path }) => /^src\/db\/migrations\/[^/]+\.sql$/.test(path), inMigration)
    const halfBlind = types.looked === 0 || made.looked === 0
    return { looked: halfBlind ? 0 : types.looked + made.looked, faults: [...types.faults, ...made.faults] }
  },
}

function inTypes(source: Source): Verdict {
  const faults: Fault[] = []
  let looked = 0
  walk(parsed(source).program, (node) => {
    const name = memberName(node)
    if (name === undefined) return
    looked += 1
    const says = speaksOf(name, true)
    if (says) faults.push(faultAt(source, node, says))
  })
  return { looked, faults }
}

function memberName(node: Node): string | undefined {
  if (node.type !== 'TSPropertySignature') return undefined
  const { key } = node
  return key.type === 'Identifier' ? key.name : key.type === 'Literal' ? String(key.value) : undefined
}

function inMigration(source: Source): Verdict {
  const columns = columnsOf(source)
  const faults = columns.flatMap(({ table, column, type, line }): Fault[] => {
    const bag = BAG.test(type) && !(`${table}.${column}` in BAGS) ? `${column} may hold anything` : undefined
    const says = speaksOf(column, !table.startsWith('vault.')) ?? bag
    return says ? [{ path: source.path, line, says: `${table}: ${says}` }] : []
  })
  return { looked: columns.length, faults }
}

function speaksOf(name: string, outside: boolean): string | undefined {
  if (name in MAY) return undefined
  const words = ` ${wordsOf(name).join(' ')} `
  const card = CARD.find((term) => words.includes(` ${term} `))
  if (card) return `${name} speaks of card data`
  const found = outside ? personal.find((term) => words.includes(` ${term} `)) : undefined
  return found ? `${name} is named like the personal field ${found}` : undefined
}

/** `e_mails`, `eMail` and `E-Mail` are all `e mail`. */
function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .split(/[^A-Za-z\d]+/)
    .filter(Boolean)
    .map((word) => word.toLowerCase().replace(/(?<=[a-z]{3})s$/, ''))
}
