import { describe, expect, test } from 'vitest'
import { enforce, type Rule } from './rule.ts'
import { rules } from './rules.ts'
import type { Source } from './source.ts'
import { realTree, redTree } from './tree.ts'

const tree = realTree()

function marked(sources: readonly Source[]): string[] {
  return sources
    .flatMap(({ path, text }) =>
      text.split('\n').map((row, index) => (/(\/\/|--) red$/.test(row) ? `${path}:${index + 1}` : '')),
    )
    .filter(Boolean)
    .sort()
}

function reported(rule: Rule, sources: readonly Source[]): string[] {
  return [...new Set(rule.judge(sources).faults.map(({ path, line }) => `${path}:${line}`))].sort()
}

describe.each(Object.entries(rules))('%s', (key, rule) => {
  test('the house as it stands keeps the rule, and there was something to look at', () => {
    const { looked, faults } = enforce(rule, tree)
    expect(faults).toEqual([])
    expect(looked).toBeGreaterThanOrEqual(rule.least)
  })

  test('every sinful line is reported, and no line beside it', () => {
    const sinful = redTree(key)
    expect(marked(sinful).length).toBeGreaterThan(1)
    expect(reported(rule, sinful)).toEqual(marked(sinful))
  })

  test('a sin among the real files is reported', () => {
    const sinful = redTree(key).filter((red) => !tree.some(({ path }) => path === red.path))
    const found = reported(rule, [...tree, ...sinful])
    expect(found).toEqual(expect.arrayContaining(marked(sinful)))
  })

  test('to have looked at nothing is a failure', () => {
    expect(() => enforce(rule, [])).toThrow('looked at 0')
    expect(() => enforce(rule, tree.slice(0, 5))).toThrow('expected at least')
  })
})
