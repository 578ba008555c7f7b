import type { Rule } from '../rule.ts'
import { importsOf } from '../imports.ts'
import { faultAt, isProgram, type Fault, type Source } from '../source.ts'

type Edge = { readonly from: Source; readonly to: string; readonly start: number }

/** No circle of files, type-only imports included. */
export const circles: Rule = {
  name: 'no circles',
  of: 'imports of our own files',
  least: 500,
  judge: (sources) => {
    const edges = sources.filter(isProgram).flatMap(edgesOf)
    const next = new Map<string, string[]>()
    for (const { from, to } of edges) next.set(from.path, [...(next.get(from.path) ?? []), to])
    const faults = edges.flatMap((edge): Fault[] => {
      const way = wayBack(next, edge.to, edge.from.path)
      return way ? [faultAt(edge.from, edge, `is part of a circle: ${[edge.from.path, ...way].join(' → ')}`)] : []
    })
    return { looked: edges.length, faults }
  },
}

function edgesOf(source: Source): Edge[] {
  return importsOf(source).flatMap(({ target, node }) =>
    target === undefined ? [] : [{ from: source, to: target, start: node.start }],
  )
}

/** The shortest way from one file to another, with both ends; undefined when there is none. */
function wayBack(next: ReadonlyMap<string, readonly string[]>, start: string, end: string): string[] | undefined {
  const cameFrom = new Map<string, string | undefined>([[start, undefined]])
  const queue = [start]
  for (const here of queue) {
    if (here === end) return traced(cameFrom, end)
    for (const there of next.get(here) ?? []) {
      if (cameFrom.has(there)) continue
      cameFrom.set(there, here)
      queue.push(there)
    }
  }
  return undefined
}

function traced(cameFrom: ReadonlyMap<string, string | undefined>, end: string): string[] {
  const way: string[] = []
  for (let here: string | undefined = end; here !== undefined; here = cameFrom.get(here)) way.unshift(here)
  return way
}
