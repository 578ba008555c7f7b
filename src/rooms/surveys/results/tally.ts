import { optionsOf, type Definition, type Question } from '../form/definition.ts'
import type { Answers } from '../form/read.ts'
import { FEWEST, hideSmall, type Cell } from './hide.ts'

/** One question counted. Shape: `cells` in the order of its options; `empty` is how many left it empty. Undefined is hidden. */
export type Counted = {
  readonly question: Question
  readonly cells: readonly Cell[]
  readonly empty: Cell
}

/** A survey counted, when there is enough to count. Shape: every question is counted over the same `answers`. */
export type Tally =
  | { readonly outcome: 'tooFew' }
  | { readonly outcome: 'counted'; readonly answers: number; readonly questions: readonly Counted[] }

/**
 * Counts answers, and hides what would tell too much about a few. Each question is a table over all answers, those that left
 * it empty included, so that no total but the number of answers is ever shown.
 */
export function tally(definition: Definition, all: readonly Answers[]): Tally {
  if (all.length < FEWEST) return { outcome: 'tooFew' }
  const questions = definition.questions.map((question, place) =>
    counted(
      question,
      all.map((answers) => answers[place] ?? null),
    ),
  )
  return { outcome: 'counted', answers: all.length, questions }
}

function counted(question: Question, said: readonly Answers[number][]): Counted {
  const times = (wanted: (one: Answers[number]) => boolean): number => said.filter(wanted).length
  const chose = optionsOf(question).map((_, place) => times((one) => Array.isArray(one) && one.includes(place)))
  if (question.kind === 'text') return { question, cells: [], empty: undefined }
  // Who may choose several is counted for each option by itself, against all who did not choose it.
  if (question.kind === 'choices')
    return { question, cells: chose.map((yes) => hideSmall([yes, said.length - yes])[0]), empty: undefined }
  const shown = hideSmall([...chose, times((one) => one === null)])
  return { question, cells: shown.slice(0, -1), empty: shown.at(-1) }
}
