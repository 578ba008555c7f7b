import { cutCards } from '../../../lib/index.ts'
import { printableLines, type FormBody } from '../../../web/index.ts'
import { limits, optionsOf, type Definition, type Question } from './definition.ts'
import { en } from '../words.ts'

/** What was said to one question: places of the chosen options, or a text. */
export type Said = readonly number[] | string

/** What was said to every question, in their order; null where nothing was said. */
export type Answers = readonly (Said | null)[]

/** A sheet of answers that was read, or what was sent (to show it again) and what is wrong with it. */
export type ReadAnswers = { readonly answers: Answers; readonly errors: Readonly<Record<string, string>> }

/** The name under which a question's answer is sent. */
export const nameOf = (place: number): string => `q${place}`

/** The names of all answers of a survey. */
export const namesOf = ({ questions }: Definition): string[] => questions.map((_, place) => nameOf(place))

/**
 * Reads what was sent as answers. Everything may be left empty, but not everything at once.
 * Shape: what cannot be read comes back shortened or left out, with an error beside its question.
 */
export function readAnswers(definition: Definition, body: FormBody): ReadAnswers {
  const errors: Record<string, string> = {}
  const answers = definition.questions.map((question, place): Said | null => {
    const { said, error } = readOne(question, [body[nameOf(place)] ?? []].flat())
    if (error) errors[nameOf(place)] = error
    return said
  })
  if (Object.keys(errors).length === 0 && answers.every((said) => said === null)) errors['form'] = en.nothingSaid
  return { answers, errors }
}

type One = { readonly said: Said | null; readonly error?: string }

function readOne(question: Question, sent: readonly string[]): One {
  const given = sent.filter((text) => text.trim() !== '')
  if (given.length === 0) return { said: null }
  if (question.kind === 'text') return given.length === 1 ? readText(given[0] ?? '') : bad
  const most = optionsOf(question).length
  const places = [...new Set(given)].map((text) => (/^\d{1,2}$/.test(text) ? Number(text) : most))
  if (places.some((place) => place >= most)) return bad
  if (question.kind !== 'choices' && places.length > 1) return bad
  return { said: places.toSorted((a, b) => a - b) }
}

const bad: One = { said: null, error: en.notAnOption }

function readText(sent: string): One {
  const text = cutCards(printableLines(sent)).text.trim()
  if (text === '') return { said: null }
  if (text.length <= limits.text) return { said: text }
  const kept = text.slice(0, limits.text).replace(/[\uD800-\uDBFF]$/, '')
  return { said: kept, error: en.textTooLong(limits.text, text.length) }
}
