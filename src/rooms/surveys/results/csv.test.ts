import { expect, test } from 'vitest'
import { countsCsv } from './csv.ts'

test('nothing in the file of counts is read as a formula, and what is hidden is empty', () => {
  const question = {
    kind: 'choice',
    text: '=HYPERLINK("http://evil.example")',
    options: ['+1', '@A', 'Plain, with "marks"'],
  } as const
  const csv = countsCsv({
    outcome: 'counted',
    answers: 20,
    questions: [
      { question: { ...question, options: [...question.options] }, cells: [9, undefined, undefined], empty: 0 },
    ],
  })
  const cells = csv.split('\n').slice(1).filter(Boolean)
  expect(cells).toEqual([
    `"'=HYPERLINK(""http://evil.example"")",'+1,9`,
    `"'=HYPERLINK(""http://evil.example"")",'@A,`,
    `"'=HYPERLINK(""http://evil.example"")","Plain, with ""marks""",`,
    `"'=HYPERLINK(""http://evil.example"")",Left empty,0`,
  ])
})
