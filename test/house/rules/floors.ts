import { each, type Rule } from '../rule.ts'
import { importsOf, type Import } from '../imports.ts'
import { faultAt, isProgram, type Source } from '../source.ts'

type Place = { readonly name: string; readonly floor: number }

/** From the roof down. A place with a star is one room for each folder there. Source: ARCHITECTURE.md, floors. */
const FLOORS: readonly (readonly [string, number])[] = [
  ['src/main.ts', 8],
  ['src/cli', 8],
  ['src/desk', 7],
  ['src/rooms/*', 6],
  ['src/core/*', 5],
  ['src/web', 4],
  ['src/contact', 3],
  ['src/partners', 3],
  ['src/vault', 2],
  ['src/policy', 1],
  ['src/db', 1],
  ['src/lib', 0],
]

/** Who may use a place of the same floor, by its door. main.ts and cli are one place. */
const BESIDE: readonly (readonly [string, string])[] = [
  ['src/main.ts', 'src/cli'],
  ['src/contact', 'src/partners'],
  ['src/core/payments', 'src/core/orders'],
  ['src/core/licences', 'src/core/orders'],
]

/** What speaks to outside hosts gets released values only: it knows neither vault nor, but for one type, partners. */
const OUTSIDE = /^src\/(core\/payments\/(?!(?:inbound|checkout|asking)\/)[^/]+\/|contact\/transports\/)/

/** Floors and doors: imports go down only, and into another room only through its index.ts. */
export const floors: Rule = {
  name: 'floors and doors',
  of: 'imports of our own files',
  least: 500,
  judge: (sources) =>
    each(sources, isProgram, (source) => {
      const imports = importsOf(source)
      const own = imports.filter((one) => one.target !== undefined)
      const faults = imports.flatMap((one) => {
        const says = wrong(source, one)
        return says ? [faultAt(source, one.node, says)] : []
      })
      const homeless = placeOf(source.path)
        ? []
        : [{ path: source.path, line: 1, says: 'stands in no room of the house' }]
      return { looked: own.length, faults: [...homeless, ...faults] }
    }),
}

function placeOf(path: string): Place | undefined {
  if (path.startsWith('sim/')) return { name: 'sim', floor: 0 }
  for (const [pattern, floor] of FLOORS) {
    const steps = pattern.split('/').length
    const start = path.split('/').slice(0, steps)
    const named = start.join('/') === pattern
    const inRow = pattern.endsWith('/*') && path.startsWith(pattern.slice(0, -1)) && path.split('/').length > steps
    if (named || inRow) return { name: start.join('/'), floor }
  }
  return undefined
}

function wrong({ path }: Source, one: Import): string | undefined {
  const here = placeOf(path)
  if (one.from === undefined) return here?.floor === 8 ? undefined : 'imports something that is not named in plain text'
  if (/^([#/]|src\/|file:)/.test(one.from)) return `imports ${one.from}: our own files are named by relative paths`
  if (!here || one.target === undefined) return undefined
  const there = placeOf(one.target)
  if (here.name === 'sim') return there?.name === 'sim' ? undefined : `the simulator imports ${one.target}`
  if (!there || there.name === 'sim') return `imports ${one.target}, which is outside of the house`
  return released(path, there, one) ?? direction(here, there) ?? door(here, there, one.target)
}

function released(path: string, there: Place, one: Import): string | undefined {
  if (!OUTSIDE.test(path)) return undefined
  if (there.name === 'src/vault') return 'an adapter or transport imports the vault'
  const typeOnly = one.names.every(({ name, type }) => type && name === 'Released')
  return there.name === 'src/partners' && !typeOnly
    ? 'an adapter or transport takes more than the type Released'
    : undefined
}

function direction(here: Place, there: Place): string | undefined {
  if (here.name === there.name) return undefined
  if (there.floor > here.floor) return `${here.name} (floor ${here.floor}) imports ${there.name} (floor ${there.floor})`
  const beside = BESIDE.some(([from, to]) => from === here.name && to === there.name)
  return there.floor === here.floor && !beside ? `${here.name} imports ${there.name}, its equal` : undefined
}

function door(here: Place, there: Place, target: string): string | undefined {
  const free = here.name === there.name || there.name === 'src/cli'
  return free || target === `${there.name}/index.ts`
    ? undefined
    : `enters ${there.name} by ${target}, not by its index.ts`
}
