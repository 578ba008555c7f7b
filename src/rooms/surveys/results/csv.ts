import { stringify } from 'csv-stringify/sync'
import { en } from '../staff/words.ts'
import { optionsOf } from '../form/definition.ts'
import type { Tally } from './tally.ts'

/** The counts as a file for a spreadsheet, no text of anybody in it. Shape: hidden numbers are empty; nothing in it is read as a formula. */
export function countsCsv(tally: Extract<Tally, { outcome: 'counted' }>): string {
  const rows = tally.questions.flatMap(({ question, cells, empty }) => {
    if (question.kind === 'text') return []
    const options = optionsOf(question).map((label, place) => [question.text, label, cells[place] ?? ''])
    return question.kind === 'choices' ? options : [...options, [question.text, en.leftEmpty, empty ?? '']]
  })
  return stringify([en.csvHead as readonly (string | number)[], ...rows], { escape_formulas: true, bom: true })
}
