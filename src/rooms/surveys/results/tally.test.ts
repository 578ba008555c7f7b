import fc from 'fast-check'
import { expect, test } from 'vitest'
import { shuffled, type Ballot } from '../box/box.ts'
import { without } from '../answer/withdraw.ts'
import type { Definition } from '../form/definition.ts'
import type { Answers } from '../form/read.ts'
import { mayName } from './flag.ts'
import { FEWEST } from './hide.ts'
import { tally } from './tally.ts'

const definition: Definition = {
  title: 'Tally',
  intro: '',
  questions: [
    { kind: 'choice', text: 'Which?', options: ['A', 'B', 'C'] },
    { kind: 'choices', text: 'Which of them?', options: ['X', 'Y'] },
    { kind: 'scale', text: 'How good?' },
    { kind: 'text', text: 'What else?' },
  ],
}

const maybe = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: null })
const sheet: fc.Arbitrary<Answers> = fc.tuple(
  maybe(fc.nat(2).map((place) => [place])),
  maybe(fc.subarray([0, 1], { minLength: 1 })),
  maybe(fc.nat(4).map((place) => [place])),
  maybe(fc.constantFrom('more', 'less')),
)

const same = (place: number, times: number): Answers[] =>
  Array.from({ length: times }, () => [[place], null, null, null])

test('four answers show nothing', () => {
  expect(tally(definition, same(0, 4))).toEqual({ outcome: 'tooFew' })
})

test('six answers that split five to one show neither number, and how many left a question empty is no way round', () => {
  const counted = tally(definition, [...same(0, 5), ...same(1, 1)])
  expect(counted).toMatchObject({ outcome: 'counted', answers: 6 })
  if (counted.outcome === 'counted')
    expect(counted.questions[0]).toMatchObject({ cells: [undefined, undefined, undefined] })
})

test('numbers that are large enough are shown as they are', () => {
  const counted = tally(definition, [
    ...same(0, 9),
    ...same(1, 7),
    ...same(2, 6),
    ...Array<Answers>(5).fill([null, null, null, 'x']),
  ])
  if (counted.outcome !== 'counted') throw new Error('nothing was counted')
  expect(counted.questions[0]).toMatchObject({ cells: [9, 7, 6], empty: 5 })
})

test('no number that is shown, no difference to the number of answers and none between two shown numbers of one question leads to fewer than five', () => {
  fc.assert(
    fc.property(fc.array(sheet, { minLength: 0, maxLength: 60 }), (sheets) => {
      const counted = tally(definition, sheets)
      expect(counted.outcome).toBe(sheets.length < FEWEST ? 'tooFew' : 'counted')
      if (counted.outcome === 'tooFew') return
      for (const { question, cells, empty } of counted.questions) {
        const shown = [...cells, empty].filter((cell) => cell !== undefined)
        for (const cell of shown) expect([cell, cell === 0 || cell >= FEWEST]).toEqual([cell, true])
        if (question.kind === 'choices')
          for (const cell of shown) expect(counted.answers - cell).toBeGreaterThanOrEqual(FEWEST)
        const rest = counted.answers - shown.reduce((all, cell) => all + cell, 0)
        const hides = [...cells, empty].filter((cell) => cell === undefined).length
        if (question.kind !== 'choices' && question.kind !== 'text')
          expect([0, true]).toContain(hides === 0 ? rest : hides >= 2 && rest >= FEWEST)
      }
    }),
    { numRuns: 2000 },
  )
})

test('two looks at results are the same, or a whole group apart, whatever is taken back in between', () => {
  const seeded = (seed: number) => (below: number) => (seed = (seed * 1103515245 + 12345) % 2 ** 31) % below
  fc.assert(
    fc.property(
      fc.integer({ min: 10, max: 60 }),
      fc.array(fc.nat(59), { maxLength: 12 }),
      fc.nat(),
      (count, gone, seed) => {
        const draw = seeded(seed)
        let ballots: readonly Ballot[] = Array.from({ length: count }, (_, one) => ({
          said: [[0]],
          receipt: `r${one}`,
        }))
        const looks = [shownOf(ballots)]
        for (const one of gone) {
          ballots = shuffled(without(ballots, `r${one}`, { shown: true, draw }) ?? ballots, draw)
          looks.push(shownOf(ballots))
          expect(shownOf(ballots).has(`r${one}`)).toBe(false)
        }
        for (const [at, first] of looks.entries())
          for (const second of looks.slice(at + 1)) {
            const apart = [...first].filter((receipt) => !second.has(receipt)).length
            if (second.size >= FEWEST) expect(apart === 0 || apart >= FEWEST).toBe(true)
          }
      },
    ),
  )
})

const shownOf = (ballots: readonly Ballot[]): Set<string> =>
  new Set(ballots.filter(({ held }) => !held).map(({ receipt }) => receipt))

test.each([
  'write to me: ada@quill.example',
  'ada (at) quill.example',
  'call +32 470 91 73 55 after six',
  '0470/91.73.55',
  'see https://quill.example/ada',
  'I am @adaloves on there',
])('“%s” is looked at before anybody else sees it', (text) => expect(mayName(text)).toBe(true))

test.each(['Version 5.2.1 is fast', 'I use 3 machines with 16 GB', 'between 2019 and 2024', 'Ada says hello'])(
  '“%s” is not',
  (text) => expect(mayName(text)).toBe(false),
)
