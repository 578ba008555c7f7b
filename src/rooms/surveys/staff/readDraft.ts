import { oneText, type FormBody } from '../../../web/index.ts'
import {
  kinds,
  limits,
  readDefinition,
  type Definition,
  type Fault,
  type Question,
  type QuestionKind,
} from '../form/definition.ts'
import { en } from './words.ts'

/** A question as it was typed at the desk. Shape: `options` one a line. */
export type TypedQuestion = {
  readonly kind: QuestionKind
  readonly text: string
  readonly options: string
  readonly place: string
}

/** A draft as it was typed. */
export type TypedDraft = {
  readonly title: string
  readonly intro: string
  readonly questions: readonly TypedQuestion[]
}

/** A draft that was read, or what was typed and what is wrong with it, by the names of the fields. */
export type ReadDraft =
  | { readonly ok: true; readonly definition: Definition }
  | { readonly ok: false; readonly typed: TypedDraft; readonly errors: Readonly<Record<string, string>> }

/** How a stored definition stands in the form. */
export function typedFrom({ title, intro, questions }: Definition): TypedDraft {
  return {
    title,
    intro,
    questions: questions.map((question, at) => ({
      kind: question.kind,
      text: question.text,
      options: 'options' in question ? question.options.join('\n') : '',
      place: String(at + 1),
    })),
  }
}

/** Reads the form in which a draft is written. A question without words is left out; places put them in order. */
export function readDraft(body: FormBody): ReadDraft {
  const typed = typedIn(body)
  const asked = typed.questions
    .map((question, at) => ({ question, at, place: Number(question.place) || at + 1 }))
    .filter(({ question }) => question.text.trim() !== '')
    .toSorted((a, b) => a.place - b.place)
  const built = { title: typed.title, intro: typed.intro, questions: asked.map(({ question }) => asQuestion(question)) }
  const read = readDefinition(built)
  if (read.ok) return { ok: true, definition: read.definition }
  const errors = faultsByField(
    read.faults,
    asked.map(({ at }) => at),
  )
  return { ok: false, typed, errors }
}

function asQuestion({ kind, text, options }: TypedQuestion): unknown {
  if (kind !== 'choice' && kind !== 'choices') return { kind, text }
  const lines = options.split('\n').map((line) => line.trim())
  return { kind, text, options: lines.filter((line) => line !== '') } satisfies Partial<Question>
}

function typedIn(body: FormBody): TypedDraft {
  const text = (name: string): string => oneText(body, name).replaceAll('\r\n', '\n')
  const count = Math.min(limits.questions + 1, Number(text('count')) || 0)
  const questions = Array.from({ length: count }, (_, at): TypedQuestion => {
    const kind = kinds.find((one) => one === text(`kind${at}`)) ?? 'choice'
    return { kind, text: text(`text${at}`), options: text(`options${at}`), place: text(`place${at}`) }
  })
  return { title: text('title'), intro: text('intro'), questions }
}

/** People are told beside the field that they typed into. */
function faultsByField(faults: readonly Fault[], places: readonly number[]): Record<string, string> {
  return Object.fromEntries(faults.map((fault) => fieldOf(fault, places)))
}

function fieldOf({ what, question }: Fault, places: readonly number[]): [field: string, says: string] {
  if (question !== undefined) return [`${what === 'options' ? what : 'text'}${places[question]}`, en.faults[what]]
  return [what === 'title' || what === 'intro' ? what : 'form', en.faults[what]]
}
