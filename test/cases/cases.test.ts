import { existsSync, readFileSync } from 'node:fs'
import type { CallExpression } from 'oxc-parser'
import { expect, test } from 'vitest'
import { nameOf, parsed, walk } from '../house/source.ts'
import { authenticity } from './authenticity.ts'
import type { Case, Shown } from './case.ts'
import { delivery } from './delivery.ts'
import { keys } from './keys.ts'
import { money } from './money.ts'
import { privacy } from './privacy.ts'

const cases = [...authenticity, ...delivery, ...keys, ...money, ...privacy]

/** The cases that no test of ours can show, and those of which one can show a part. */
const UNSHOWN = [10, 23, 29, 30, 36]
const IN_PART = [24, 43, 45, 47]

/** Whether something is a call of `test`, `test.each(…)` or `testOn(…)`; one that is skipped or still to be written is none. */
function isTest({ callee }: CallExpression): boolean {
  if (nameOf(callee) === 'test') return true
  if (callee.type !== 'CallExpression') return false
  const outer = callee.callee
  if (outer.type !== 'MemberExpression') return nameOf(outer) === 'testOn'
  return nameOf(outer.object) === 'test' && nameOf(outer.property) === 'each'
}

/** The titles of all tests of a file. */
function titlesIn(path: string, text: string): string[] {
  const found: string[] = []
  walk(parsed({ path, text }).program, (node) => {
    const [title] = node.type === 'CallExpression' && isTest(node) ? node.arguments : []
    if (title?.type === 'Literal' && typeof title.value === 'string') found.push(title.value)
  })
  return found
}

const known = new Map<string, string[]>()
function titlesOf(file: string): string[] {
  const titles = known.get(file) ?? titlesIn(file, readFileSync(file, 'utf8'))
  known.set(file, titles)
  return titles
}

/** How often a test of that name stands in that file. */
const standing = ({ file, test }: Shown): number =>
  existsSync(file) ? titlesOf(file).filter((title) => title === test).length : 0

test('the cases are numbered from 1 to 60, each once, and each is said in a sentence of its own', () => {
  expect(cases.map(({ number }) => number)).toEqual(Array.from({ length: 60 }, (_, index) => index + 1))
  expect(new Set(cases.map(({ says }) => says)).size).toBe(60)
  for (const { says, notKnown = '.' } of cases)
    expect([says, notKnown]).toEqual([expect.stringMatching(/\.$/), expect.stringMatching(/\.$/)])
})

test('every test that is said to show a case stands under that name in that file, once', () => {
  const shown = cases.flatMap(({ number, shownBy }) => shownBy.map((one) => ({ number, ...one })))
  expect(shown.length).toBeGreaterThan(60)
  expect(shown.filter((one) => standing(one) !== 1)).toEqual([])
})

test('what no test shows says by name what is not known or not sold here, and there is no more of it', () => {
  const numbers = (isIt: (one: Case) => boolean): number[] => cases.filter(isIt).map(({ number }) => number)
  expect(numbers(({ shownBy }) => shownBy.length === 0)).toEqual(UNSHOWN)
  expect(numbers(({ notKnown }) => notKnown !== undefined)).toEqual([...UNSHOWN, ...IN_PART].sort((a, b) => a - b))
})

test('a name that is only near, that is commented out, skipped, or of something else is no test', () => {
  const text = `
    test('one', () => {}); test.each([1])('each %s', () => {}); testOn('postgres')('on one', () => {})
    test.skip('skipped', () => {}); test.todo('to do'); describe('many', () => {}); expect('said')
    // test('a comment', () => {})
    const name = 'test'; name.test('elsewhere')`
  expect(titlesIn('a.test.ts', text)).toEqual(['one', 'each %s', 'on one'])
  const [first] = cases.flatMap(({ shownBy }) => shownBy)
  if (first)
    expect([
      standing(first),
      standing({ ...first, test: first.test.slice(1) }),
      standing({ ...first, file: 'no.test.ts' }),
    ]).toEqual([1, 0, 0])
})
