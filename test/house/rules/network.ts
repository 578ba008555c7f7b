import type { Node } from 'oxc-parser'
import { each, type Rule } from '../rule.ts'
import { importsOf } from '../imports.ts'
import { faultAt, isProgram, nameOf, parsed, walk, type Fault, type Source } from '../source.ts'

/** Who may import what can reach out or be reached. Source: ARCHITECTURE.md; whatever is in neither list is a fault. */
const REACHING: Readonly<Record<string, RegExp>> = {
  pg: /^src\/db\//,
  'node:net': /^src\/db\/(lock|claim|control)\.ts$/, // sockets of this machine: the lock, and the command line's way in
  nodemailer: /^src\/contact\/transports\//,
  imapflow: /^src\/contact\/transports\/imap\.ts$/,
  stripe: /^src\/core\/payments\/stripe\//,
  jose: /^(src\/core\/payments|sim)\/sealed\//, // it could fetch keys; we give it those that we have
  '@hono/node-server': /^(src\/cli\/|src\/main\.ts$|sim\/main\.ts$)/,
  'node:child_process': /^src\/cli\/simulator\.ts$/,
  'node:worker_threads': /^src\/db\/pglite\//,
  '@electric-sql/pglite': /^src\/db\/pglite\//,
}

/** What stays within the process, its files and its answers. */
const HARMLESS =
  /^(hono(\/(jsx|html|route|body-limit|utils\/html|utils\/http-status))?|isbot|kysely|zod|html-to-text|postal-mime|localized-address-format|pdfkit|csv-(parse|stringify)\/sync|node:(async_hooks|crypto|fs|fs\/promises|os|path|stream|timers\/promises|url|zlib))$/

const GLOBALS = new Set(['fetch', 'WebSocket', 'EventSource', 'XMLHttpRequest'])
/** A processor is spoken to from its own folder; the simulator plays one, so it sends notifications. */
const MAY_FETCH = /^(src\/core\/payments\/(?!(?:inbound|checkout|asking)\/)[^/]+\/|sim\/)/

/** Network only where it is allowed: every package is known, and what can reach out has its place. */
export const network: Rule = {
  name: 'network in its places',
  of: 'imports of packages',
  least: 90,
  judge: (sources) =>
    each(sources, isProgram, (source) => {
      const packages = importsOf(source).filter((one) => one.from !== undefined && one.target === undefined)
      const faults = packages.flatMap(({ from = '', node }) => {
        const says = misplaced(source.path, from)
        return says ? [faultAt(source, node, says)] : []
      })
      return { looked: packages.length, faults: [...faults, ...globalsIn(source)] }
    }),
}

function misplaced(path: string, from: string): string | undefined {
  if (HARMLESS.test(from)) return undefined
  const places = REACHING[from]
  if (!places) return `imports ${from}, of which nobody has said whether it reaches the network`
  return places.test(path) ? undefined : `imports ${from} here`
}

function globalsIn(source: Source): Fault[] {
  if (MAY_FETCH.test(source.path)) return []
  const faults: Fault[] = []
  walk(parsed(source).program, (node, above) => {
    const name = nameOf(node)
    if (name && GLOBALS.has(name) && isReach(node, above.at(-1)))
      faults.push(faultAt(source, node, `uses ${name} here`))
  })
  return faults
}

/** `app.fetch` and a key `fetch:` are not the platform's; `fetch(…)`, a bare `fetch` and `globalThis.fetch` are. */
function isReach(node: Node, parent: Node | undefined): boolean {
  if (!parent || parent.type.startsWith('TS')) return false
  if (parent.type === 'MemberExpression')
    return parent.object === node || parent.computed || nameOf(parent.object) === 'globalThis'
  return parent.type === 'Property' ? parent.value === node && parent.key !== node : true
}
