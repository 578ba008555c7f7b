import { posix } from 'node:path'
import { functionsOf, linesOf, quantile } from '../measure.ts'
import type { Rule } from '../rule.ts'
import { faultAt, isCode, isTest, type Fault, type Source } from '../source.ts'

/** The budget. Source: architecture, the house. A cap is raised only by a decision record. */
export const budget = {
  fileLines: 300,
  functionLines: 50,
  params: 3,
  depth: 3,
  filesInFolder: 12,
  fileMedian: 80,
  functionMedian: 8,
  functionP90: 25,
} as const

/** Size budget: caps for each file, function and folder, and medians for the whole. */
export const size: Rule = {
  name: 'size budget',
  of: 'functions',
  least: 600,
  judge: (sources) => {
    const files = sources.filter(isMeasured)
    const functions = files.flatMap(functionsOf)
    return {
      looked: functions.length,
      faults: [
        ...sources.filter(isSql).flatMap(tooLong),
        ...files.flatMap(ofFile),
        ...ofFolders(files),
        ...ofWhole(files),
      ],
    }
  },
}

function isMeasured({ path }: Source): boolean {
  return isCode(path) && !isTest(path) && /^(src|sim|scripts)\//.test(path)
}

function isSql({ path }: Source): boolean {
  return path.endsWith('.sql')
}

function tooLong(source: Source): Fault[] {
  const lines = linesOf(source)
  return lines > budget.fileLines ? [{ path: source.path, line: 1, says: `has ${lines} lines` }] : []
}

function ofFile(source: Source): Fault[] {
  const within = functionsOf(source).flatMap((one): Fault[] => {
    const over: [string, number, number][] = [
      ['lines', one.lines, budget.functionLines],
      ['parameters', one.params, budget.params],
      ['levels of branches', one.depth, budget.depth],
    ]
    return over
      .filter(([, is, cap]) => is > cap)
      .map(([what, is]) => faultAt(source, one, `is a function with ${is} ${what}`))
  })
  return [...tooLong(source), ...within]
}

function ofFolders(files: readonly Source[]): Fault[] {
  const folders = new Map<string, string[]>()
  for (const { path } of files) folders.set(posix.dirname(path), [...(folders.get(posix.dirname(path)) ?? []), path])
  return [...folders].flatMap(([folder, paths]): Fault[] => {
    const many = paths.length > budget.filesInFolder ? `${folder} has ${paths.length} files` : undefined
    const deep = folder.split('/').length > 4 ? `${folder} lies more than three folders below the top` : undefined
    const at = paths.find((path) => path.endsWith('/index.ts')) ?? paths[0] ?? folder
    return [many, deep].flatMap((says) => (says ? [{ path: at, line: 1, says }] : []))
  })
}

/** What the whole measures: the middle file, the middle function and the one of which nine in ten are shorter. */
export function measures(files: readonly Source[]) {
  const counted = files.filter(isMeasured)
  const functions = counted.flatMap(functionsOf).filter(({ named }) => named)
  const lines = functions.map((one) => one.lines)
  return {
    fileMedian: quantile(counted.map(linesOf), 0.5),
    functionMedian: quantile(lines, 0.5),
    functionP90: quantile(lines, 0.9),
  }
}

function ofWhole(files: readonly Source[]): Fault[] {
  const is = measures(files)
  return (Object.keys(is) as (keyof typeof is)[])
    .filter((key) => is[key] > budget[key])
    .map((key) => ({ path: 'src', line: 1, says: `${key} is ${is[key]}, the budget says ${budget[key]}` }))
}
