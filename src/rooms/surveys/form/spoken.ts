import { optionsOf, type Definition } from './definition.ts'
import type { Answers, Said } from './read.ts'

/** Answers as their giver reads them: each question that was answered, with what was said. Shape: JSON, by the question's own words. */
export function spoken(definition: Definition, answers: Answers): string {
  const said = definition.questions.flatMap((question, place): [string, string | string[]][] => {
    const one = answers[place] ?? null
    if (one === null) return []
    if (typeof one === 'string') return [[question.text, one]]
    const labels = one.map((option) => optionsOf(question)[option] ?? '')
    return [[question.text, question.kind === 'choices' ? labels : (labels[0] ?? '')]]
  })
  return JSON.stringify(Object.fromEntries(said), null, 1)
}

/** The same answers as places, to be counted. Shape: what does not fit the definition counts as left empty. */
export function heard(definition: Definition, text: string): Answers {
  const said = JSON.parse(text) as Readonly<Record<string, string | readonly string[]>>
  return definition.questions.map((question): Said | null => {
    const one = Object.hasOwn(said, question.text) ? said[question.text] : undefined
    if (one === undefined) return null
    if (question.kind === 'text') return typeof one === 'string' ? one : null
    const places = [one].flat().map((label) => optionsOf(question).indexOf(label))
    return places.every((place) => place >= 0) ? places : null
  })
}
