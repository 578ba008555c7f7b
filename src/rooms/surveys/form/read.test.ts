import { describe, expect, test } from 'vitest'
import { readFileText } from './definition.ts'
import { readAnswers } from './read.ts'

const asked = { title: 'T', intro: '', questions: [{ kind: 'text', text: 'What is missing?' }] } as const

test.each(['4111 1111 1111 1111', '4111\u0000 1111 1111 1111', '41\u200711111\t1111\uFFFD11111'])(
  'a card number is cut out of a free text, also with signs between its digits that nobody sees: %j',
  (card) => {
    const { answers, errors } = readAnswers(asked as never, { q0: `Mine is ${card}, take it.` })
    expect(errors).toEqual({})
    expect(String(answers[0]).replaceAll(/\D/g, '')).not.toContain('11111111')
    expect(answers[0]).toContain('Mine is')
  },
)

describe('what is wrong with a survey from a file is said as a word, and with which question', () => {
  const twice = { kind: 'text', text: 'Twice?' }
  test.each<[fault: object, file: string]>([
    [{ what: 'unreadable' }, '{"title":'],
    [{ what: 'tooLarge' }, ' '.repeat(64_001)],
    [{ what: 'other' }, JSON.stringify({ ...asked, person: 'x' })],
    [{ what: 'other' }, '7'],
    [{ what: 'other' }, JSON.stringify({ title: 'T', intro: '' })],
    [{ what: 'title' }, JSON.stringify({ ...asked, title: '' })],
    [{ what: 'intro' }, JSON.stringify({ ...asked, intro: 1 })],
    [{ what: 'twice' }, JSON.stringify({ ...asked, questions: [twice, twice] })],
    [
      { what: 'many' },
      JSON.stringify({ ...asked, questions: Array.from({ length: 21 }, (_, n) => ({ ...twice, text: `${n}` })) }),
    ],
    [{ what: 'kind', question: 0 }, JSON.stringify({ ...asked, questions: [{ kind: 'rate', text: 'Q' }] })],
    [{ what: 'text', question: 1 }, JSON.stringify({ ...asked, questions: [twice, { kind: 'scale', text: '' }] })],
    [
      { what: 'options', question: 0 },
      JSON.stringify({ ...asked, questions: [{ kind: 'choice', text: 'Q', options: ['a', 'a'] }] }),
    ],
    [{ what: 'other', question: 0 }, JSON.stringify({ ...asked, questions: [{ ...twice, who: 'x' }] })],
  ])('%j', (fault, file) => {
    expect(readFileText(file)).toEqual({ ok: false, faults: [fault] })
  })
})
